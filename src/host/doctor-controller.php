<?php
declare( strict_types=1 );

namespace SlashImage;

/** REST: the doctor's checks and the report about them. */
final class Doctor_Controller {
	public static function register(): void {
		$namespace = Decisions::manifest( 'restNamespace' );
		register_rest_route( $namespace, '/doctor', self::route( 'GET', 'results' ) );
		register_rest_route( $namespace, '/doctor/(?P<check>[^/]+)', self::route( 'POST', 'run' ) );
		register_rest_route( $namespace, '/report', self::route( 'GET', 'report' ) );
	}

	public static function results(): array {
		return array( 'results' => Doctor::results() );
	}

	/** @return array|\WP_Error */
	public static function run( \WP_REST_Request $request ) {
		$check = (string) ( $request->get_url_params()['check'] ?? '' );
		return in_array( $check, Decisions::get( 'checks' ), true ) ? Doctor::run( $check ) : Rest_Error::request( 'action_unknown', 400 );
	}

	public static function report(): array {
		return Report::all();
	}

	private static function route( string $method, string $callback ): array {
		return array(
			'methods'             => $method,
			'callback'            => array( self::class, $callback ),
			'permission_callback' => array( Connection_Controller::class, 'allowed' ),
		);
	}
}
