<?php
declare( strict_types=1 );

namespace SlashImage;

/** What a person may decide besides the key: whether to hear of a pause by e-mail. On a network, the network decides. */
final class Settings {
	public const OPTION = 'slashimage_preferences';

	public static function register(): void {
		register_rest_route(
			Decisions::manifest( 'restNamespace' ),
			'/settings',
			array(
				'methods'             => 'POST',
				'callback'            => array( self::class, 'save' ),
				'permission_callback' => array( Connection_Controller::class, 'allowed' ),
				'args'                => Decisions::get( 'schemas', 'settings_request', 'properties' ),
			)
		);
	}

	/** Whether e-mails are wanted, whom they go to, and whether that is decided here. */
	public static function get(): array {
		$stored = is_multisite() ? Network::get() : get_option( self::OPTION );
		return array(
			'emails'   => (bool) ( is_array( $stored ) ? $stored['emails'] ?? true : true ),
			'address'  => (string) get_site_option( 'admin_email' ),
			'settable' => ! is_multisite(),
		);
	}

	/** @return array|\WP_Error */
	public static function save( \WP_REST_Request $request ) {
		if ( is_multisite() ) {
			return Rest_Error::request( 'settings_managed', 409 );
		}
		if ( is_bool( $request['emails'] ) ) {
			update_option( self::OPTION, array( 'emails' => $request['emails'] ), false );
		}
		return self::get();
	}
}
