<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * What is the same for all of our routes: no answer may come from a cache, and the checks can be asked for where somebody
 * has closed REST.
 */
final class Rest {
	public const ACTION = 'slashimage_rest';

	/** The header with each answer's revision: when it was given, never twice the same. */
	public const REVISION = 'X-SlashImage-Revision';

	/** Why the browser could not ask by REST, in this request. */
	private static string $refusal = '';

	/** What admin-ajax.php stands in for: finding out what is wrong. */
	private const WITHOUT_REST = '~^/(doctor(/\w+)?|report)$~D';

	/**
	 * Tells page caches, before anything is done, that this is no page.
	 *
	 * @param mixed $answer
	 * @param mixed $server
	 * @param mixed $request
	 * @return mixed The answer, unchanged.
	 */
	public static function begin( $answer = null, $server = null, $request = null ) {
		if ( self::is_ours( $request ) && ! defined( 'DONOTCACHEPAGE' ) ) {
			define( 'DONOTCACHEPAGE', true );
		}
		return $answer;
	}

	/**
	 * Says the same to what stands before the site.
	 *
	 * @param mixed $response
	 * @param mixed $server
	 * @param mixed $request
	 * @return mixed The response, with headers.
	 */
	public static function end( $response = null, $server = null, $request = null ) {
		if ( $response instanceof \WP_REST_Response && self::is_ours( $request ) ) {
			foreach ( wp_get_nocache_headers() as $name => $value ) {
				// Last-Modified is false: not to be sent.
				$value && $response->header( $name, $value );
			}
			$response->header( 'X-LiteSpeed-Cache-Control', 'no-cache' );
			$response->header( self::REVISION, self::now() . '-' . wp_rand() );
		}
		return $response;
	}

	/** Says how new an answer is, in unix milliseconds: a screen does not go back to an older one. */
	public static function now(): int {
		return (int) ( 1000 * microtime( true ) );
	}

	/** Answers a question of the checks by admin-ajax.php, with the same permissions. */
	public static function by_ajax(): void {
		$route = self::posted( 'route' );
		if ( ! check_ajax_referer( 'wp_rest', false, false ) || ! preg_match( self::WITHOUT_REST, $route ) ) {
			wp_send_json( array( 'code' => 'rest_cookie_invalid_nonce', 'message' => '' ), 403 );
		}
		self::$refusal = sanitize_key( self::posted( 'code' ) );

		$request  = new \WP_REST_Request( 'POST' === self::posted( 'method' ) ? 'POST' : 'GET', '/' . Decisions::manifest( 'restNamespace' ) . $route );
		$response = rest_do_request( $request );
		nocache_headers();
		wp_send_json( $response->get_data(), $response->get_status() );
	}

	/** Why the browser could not ask by REST, as the code that came; empty: it could. */
	public static function refusal(): string {
		return self::$refusal;
	}

	/** Whose code decides who may use REST here, WordPress's own aside, as a list for a person; empty: nobody's. */
	public static function guards(): string {
		$owners = array_map( static fn( Foreign_Hook $hook ): string => $hook->owner(), Foreign_Hook::on( 'rest_authentication_errors' ) );
		return implode( ', ', array_unique( $owners ) );
	}

	/** @param mixed $request */
	private static function is_ours( $request ): bool {
		return $request instanceof \WP_REST_Request && 0 === strpos( $request->get_route(), '/' . Decisions::manifest( 'restNamespace' ) . '/' );
	}

	private static function posted( string $name ): string {
		$value = wp_unslash( $_POST[ $name ] ?? '' ); // phpcs:ignore WordPress.Security -- by_ajax() looks at the nonce; compared only.
		return is_string( $value ) ? $value : '';
	}
}
