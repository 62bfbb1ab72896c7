<?php
declare( strict_types=1 );

namespace SlashImage;

/** What stands between a browser and this site's REST: a plugin that closes it, a cache that keeps it, a firewall. */
final class Probe_Front {
	/** @return array<int, string[]> */
	public static function findings(): array {
		return array_values( array_filter( array( self::cached(), self::bare() ) ) );
	}

	/** @return array<int, string[]> The browser could not ask by REST, and says why. */
	public static function closed(): array {
		$code   = Rest::refusal();
		$guards = Rest::guards();
		if ( '' === $code ) {
			return array();
		}
		return array( '' === $guards ? array( 'rest_closed_outside', $code ) : array( 'rest_closed', $guards, $code ) );
	}

	/** @return string[] Two questions at the same address get the same answer. */
	private static function cached(): array {
		$url    = add_query_arg( 'check', wp_rand(), rest_url( Decisions::manifest( 'restNamespace' ) . '/notice' ) );
		$first  = self::answer( 'GET', $url );
		$second = '' === $first ? '' : self::answer( 'GET', $url );
		return '' !== $first && $first === $second ? array( 'rest_cached', (string) wp_parse_url( rest_url(), PHP_URL_PATH ) ) : array();
	}

	/** @return string[] A request without a body does not arrive, though one with it does. */
	private static function bare(): array {
		$url = rest_url( Decisions::manifest( 'restNamespace' ) . '/work' );
		return '' === self::answer( 'POST', $url ) && '' !== self::answer( 'POST', $url, array( 'ping' => '1' ) ) ? array( 'front_bare' ) : array();
	}

	/** Which answer of ours came; empty: none of ours. */
	private static function answer( string $method, string $url, array $body = array() ): string {
		$answer = wp_remote_request(
			$url,
			array(
				'method'    => $method,
				'timeout'   => Decisions::get( 'doctor_limits', 'connect' ),
				'body'      => $body,
				/** This filter is documented in wp-includes/class-wp-http-streams.php */
				'sslverify' => apply_filters( 'https_local_ssl_verify', false ),
			)
		);
		$name = wp_remote_retrieve_header( $answer, Rest::REVISION );
		return is_string( $name ) ? $name : '';
	}
}
