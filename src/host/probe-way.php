<?php
declare( strict_types=1 );

namespace SlashImage;

use WpOrg\Requests\Hooks;
use WpOrg\Requests\Requests;

/** The way to the service: its name, the connection, the certificate, the clock. No key is sent on it. */
final class Probe_Way {
	/** @return array<int, string[]> */
	public static function address( Doctor_Log $log ): array {
		$url   = Service::url();
		$host  = self::host();
		$proxy = Probe_Site::proxy();
		if ( 'insecure' === ( Service::not_allowed( $url )->kind ?? '' ) ) {
			return array( array( 'address_insecure', $url, Decisions::manifest( 'service', 'urlConstant' ) ) );
		}
		if ( '' !== $proxy ) {
			return array( array( 'address_by_proxy', $proxy ) );
		}
		if ( filter_var( $host, FILTER_VALIDATE_IP ) ) {
			return array( array( 'address_number', $host ) );
		}
		$found = self::resolve( $host );
		$log->note( Report::words( 'short', Report::words( 'lookup', $host ), $found ? implode( ' ', $found ) : Report::words( 'nothing' ) ) );
		if ( ! $found ) {
			return array( array( 'address_unknown', $host ) );
		}
		$own = defined( Decisions::manifest( 'service', 'urlConstant' ) );
		return array( array( $own || ! self::is_private( $found ) ? 'address_ok' : 'address_private', $host, implode( ', ', $found ) ) );
	}

	/** @return array<int, string[]> */
	public static function reach( Doctor_Log $log ): array {
		$proxy = Probe_Site::proxy();
		if ( '' !== $proxy && '' !== Probe_Site::proxy_error() ) {
			return array( array( 'reach_by_proxy', $proxy ) );
		}
		$seen = self::look( true );
		$came = '' === $seen['error'] ? Report::words( 'reached' ) : $seen['error'];
		$log->note( Report::words( 'keyless', 'HEAD ' . Service::url() . '/', $came, (string) $seen['ms'] ) );
		if ( '' === $seen['error'] ) {
			return array_merge( array( self::reached( $seen ) ), self::clock( $seen ) );
		}
		$code = self::code( $seen['error'] );
		if ( 0 !== strpos( $code, 'cert_' ) ) {
			return array( self::failed( $code, $seen['error'] ) );
		}
		// Once more without believing the certificate, only to read what it says, and the clock beside it.
		$seen = self::look( false );
		$read = $seen['certificate'] ? $seen['certificate'] : self::peer();
		return array_merge( array( self::certificate( $code, $read ) ), self::clock( $seen ) );
	}

	/** What the certificate says, as cURL names it, where there is no cURL to tell. */
	private static function peer(): array {
		if ( ! function_exists( 'stream_socket_client' ) || ! function_exists( 'openssl_x509_parse' ) ) {
			return array();
		}
		$parts   = wp_parse_url( Service::url() );
		$number  = 0;
		$error   = '';
		$context = stream_context_create(
			array(
				'ssl' => array(
					'verify_peer'       => false,
					'verify_peer_name'  => false,
					'capture_peer_cert' => true,
				),
			)
		);
		$socket  = @stream_socket_client( 'ssl://' . $parts['host'] . ':' . ( $parts['port'] ?? 443 ), $number, $error, Decisions::get( 'doctor_limits', 'connect' ), STREAM_CLIENT_CONNECT, $context ); // phpcs:ignore -- what fails is nothing read.
		$read    = $socket ? openssl_x509_parse( stream_context_get_params( $context )['options']['ssl']['peer_certificate'] ?? '' ) : false;
		if ( ! is_array( $read ) ) {
			return array();
		}
		return array(
			'Start date'                      => gmdate( 'c', (int) $read['validFrom_time_t'] ),
			'Expire date'                     => gmdate( 'c', (int) $read['validTo_time_t'] ),
			'Subject'                         => 'CN = ' . ( $read['subject']['CN'] ?? '' ),
			'Issuer'                          => 'CN = ' . ( $read['issuer']['CN'] ?? $read['issuer']['O'] ?? '' ),
			'X509v3 Subject Alternative Name' => (string) ( $read['extensions']['subjectAltName'] ?? '' ),
		);
	}

	/** The service's host, an IPv6 number without its brackets. */
	public static function host(): string {
		return trim( (string) wp_parse_url( Service::url(), PHP_URL_HOST ), '[]' );
	}

	/** @return string[] */
	private static function reached( array $seen ): array {
		// In microseconds, and not known without cURL.
		$tcp = (int) round( ( $seen['info']['connect_time_us'] ?? 1000 * $seen['ms'] ) / 1000 );
		$tls = (int) round( ( $seen['info']['appconnect_time_us'] ?? 1000 * $seen['ms'] ) / 1000 );
		if ( max( $tcp, $tls ) > Decisions::get( 'doctor_limits', 'slow' ) ) {
			return array( 'reach_slow', self::host(), number_format_i18n( max( $tcp, $tls ) ) );
		}
		return 'https' === wp_parse_url( Service::url(), PHP_URL_SCHEME )
			? array( 'reach_ok', self::host(), number_format_i18n( $tcp ), number_format_i18n( $tls ) )
			: array( 'reach_ok_plain', self::host(), number_format_i18n( $tcp ) );
	}

	/** @return string[] */
	private static function failed( string $code, string $error ): array {
		$parts = wp_parse_url( Service::url() );
		$port  = (string) ( $parts['port'] ?? ( 'https' === $parts['scheme'] ? 443 : 80 ) );
		return 'reach_failed' === $code
			? array( $code, self::host(), $error )
			: array( $code, self::host(), $port, (string) Decisions::get( 'doctor_limits', 'connect' ) );
	}

	/** @return string[] */
	private static function certificate( string $code, array $certificate ): array {
		$of = array(
			'cert_expired'    => self::date( $certificate['Expire date'] ?? '' ),
			'cert_not_yet'    => self::date( $certificate['Start date'] ?? '' ),
			'cert_wrong_name' => self::name( $certificate['X509v3 Subject Alternative Name'] ?? $certificate['Subject'] ?? '' ),
			'cert_unknown'    => self::name( $certificate['Issuer'] ?? '' ),
		);
		return array( $code, self::host(), '' === $of[ $code ] ? '?' : $of[ $code ] );
	}

	/** Compares this server's clock with the one in the answer. */
	private static function clock( array $seen ): array {
		$theirs = strtotime( $seen['date'] );
		$off    = $theirs ? time() - $theirs : 0;
		if ( abs( $off ) <= Decisions::get( 'doctor_limits', 'clock' ) ) {
			return array();
		}
		return array( array( 'clock_wrong', human_time_diff( time(), $theirs ), Moment::full( time() ), Moment::full( $theirs ) ) );
	}

	private static function code( string $error ): string {
		foreach ( Decisions::get( 'transport_errors' ) as $rule ) {
			if ( preg_match( $rule['pattern'], $error ) ) {
				return $rule['finding'];
			}
		}
		return 'reach_failed';
	}

	/**
	 * Asks for the service's first page without a key, straight through the transport, past what plugins hook into
	 * WordPress's requests: those are the next check's.
	 *
	 * @return array{error: string, ms: int, info: array, certificate: array, date: string}
	 */
	private static function look( bool $verified ): array {
		$seconds = Decisions::get( 'doctor_limits', 'connect' );
		$url     = Service::url() . '/';
		$info    = array();
		$hooks   = new Hooks();
		$hooks->register(
			'curl.before_send',
			static function ( $handle ): void {
				curl_setopt( $handle, CURLOPT_CERTINFO, true );
			}
		);
		$hooks->register(
			'curl.after_request',
			static function ( $headers, $seen ) use ( &$info ): void {
				$info = is_array( $seen ) ? $seen : array();
			}
		);
		$options = array(
			'hooks'           => $hooks,
			'timeout'         => $seconds,
			'connect_timeout' => $seconds,
			'protocol_version' => 1.1,
		) + ( $verified ? array() : array(
			'verify'     => false,
			'verifyname' => false,
		) ) + Service::options( $url );
		$from  = microtime( true );
		$error = '';
		$date  = '';
		try {
			$date = (string) Requests::request( $url, array(), null, Requests::HEAD, $options )->headers['date'];
		} catch ( \Exception $failure ) {
			$error = $failure->getMessage();
		}
		return array(
			'error'       => $error,
			'ms'          => (int) round( 1000 * ( microtime( true ) - $from ) ),
			'info'        => $info,
			'certificate' => $info['certinfo'][0] ?? array(),
			'date'        => $date,
		);
	}

	/** @return string[] */
	private static function resolve( string $host ): array {
		$found = gethostbynamel( $host );
		if ( $found ) {
			return $found;
		}
		$records = function_exists( 'dns_get_record' ) ? @dns_get_record( $host, DNS_AAAA ) : array(); // phpcs:ignore
		return array_column( is_array( $records ) ? $records : array(), 'ipv6' );
	}

	private static function is_private( array $addresses ): bool {
		$public = FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE;
		return (bool) array_filter( $addresses, static fn( string $ip ): bool => ! filter_var( $ip, FILTER_VALIDATE_IP, $public ) );
	}

	private static function date( string $text ): string {
		$time = strtotime( $text );
		return $time ? Moment::full( $time ) : '';
	}

	/** The name in `CN = x`, `O = y, CN = x` or `DNS:a, DNS:b`. */
	private static function name( string $text ): string {
		return preg_match( '~(?:\bCN\s*=\s*|DNS:|\bO\s*=\s*)([^,/]+)~', $text, $match ) ? trim( $match[1] ) : trim( $text );
	}
}
