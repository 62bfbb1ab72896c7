<?php
declare( strict_types=1 );

namespace SlashImage;

/** What a person may decide besides the key: e-mails, and what becomes of the originals. On a network, the network decides. */
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
				// One at a time, or several.
				'args'                => Decisions::get( 'schemas', 'settings_request', 'properties' ),
			)
		);
	}

	/** What is decided, and whether that is done here; whom e-mails go to, and where the originals are. */
	public static function get(): array {
		$stored = is_multisite() ? Network::get() : get_option( self::OPTION );
		$stored = is_array( $stored ) ? $stored : array();
		return array(
			'emails'        => (bool) ( $stored['emails'] ?? true ),
			'keep_backups'  => (bool) ( $stored['keep_backups'] ?? true ),
			'address'       => (string) get_site_option( 'admin_email' ),
			'backup_folder' => Files\Vault::shown(),
			'settable'      => ! is_multisite(),
		);
	}

	/** @return array|\WP_Error */
	public static function save( \WP_REST_Request $request ) {
		if ( is_multisite() ) {
			return Rest_Error::request( 'settings_managed', 409 );
		}
		$decided = array_intersect_key( self::get(), array_flip( array( 'emails', 'keep_backups' ) ) );
		foreach ( $decided as $name => $value ) {
			$decided[ $name ] = is_bool( $request[ $name ] ) ? $request[ $name ] : $value;
		}
		update_option( self::OPTION, $decided, false );
		return self::get();
	}
}
