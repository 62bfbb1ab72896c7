<?php
declare( strict_types=1 );

namespace SlashImage;

/** What every open page of the administration is told again and again. Costs no query. */
final class News {
	public static function all(): array {
		return array(
			'revision'   => Rest::now(),
			'connection' => Connection::get()['state'],
			// The media library's screens show it, and the dashboard while it stands there.
			'notice'     => Notice::due( 'upload' ),
			'bubble'     => Bubble::get(),
		);
	}

	public static function register(): void {
		register_rest_route(
			Decisions::manifest( 'restNamespace' ),
			'/notice',
			array(
				'methods'             => 'GET',
				'callback'            => array( self::class, 'all' ),
				'permission_callback' => array( Connection_Controller::class, 'allowed' ),
			)
		);
	}
}
