<?php
declare( strict_types=1 );

namespace SlashImage;

/** What on this site itself holds back, changes or answers requests to the service. */
final class Probe_Site {
	/** @return array<int, string[]> */
	public static function site(): array {
		$found = array_values( array_filter( array( self::blocked(), self::silent_proxy(), self::missing() ) ) );
		$found = array_merge( $found, Probe_Front::closed(), $found ? array() : Probe_Hooks::findings() );
		// Asked by requests, which what was found so far may stop.
		$found = array_merge( $found, $found ? array() : Probe_Front::findings() );
		return $found ? $found : array( array( 'site_ok' ) );
	}

	/** The proxy that requests to the service go through, `host:port`; empty without one. */
	public static function proxy(): string {
		$proxy = new \WP_HTTP_Proxy();
		return $proxy->is_enabled() && $proxy->send_through_proxy( Service::url() . '/' )
			? $proxy->host() . ':' . $proxy->port()
			: '';
	}

	/** Why the proxy does not answer; empty when it does. */
	public static function proxy_error(): string {
		$proxy  = new \WP_HTTP_Proxy();
		$number = 0;
		$error  = '';
		$socket = @fsockopen( $proxy->host(), (int) $proxy->port(), $number, $error, Decisions::get( 'doctor_limits', 'connect' ) ); // phpcs:ignore
		if ( $socket ) {
			fclose( $socket ); // phpcs:ignore
			return '';
		}
		return '' === $error ? (string) $number : $error;
	}

	/** @return string[] */
	private static function blocked(): array {
		return ( new \WP_Http() )->block_request( Service::url() . '/' ) ? array( 'blocked_external', Probe_Way::host() ) : array();
	}

	/** @return string[] */
	private static function silent_proxy(): array {
		$proxy = self::proxy();
		$error = '' === $proxy ? '' : self::proxy_error();
		return '' === $error ? array() : array( 'proxy_silent', $proxy, $error );
	}

	/** @return string[] */
	private static function missing(): array {
		$curl = function_exists( 'curl_init' ) && function_exists( 'curl_exec' );
		$withheld = Service::withheld();
		if ( $curl ) {
			return $withheld ? array( 'curl_function', implode( ', ', $withheld ) ) : array();
		}
		return array( extension_loaded( 'openssl' ) && function_exists( 'openssl_x509_parse' ) ? 'no_curl' : 'no_openssl' );
	}
}
