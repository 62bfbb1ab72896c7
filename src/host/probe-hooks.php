<?php
declare( strict_types=1 );

namespace SlashImage;

use WpOrg\Requests\Hooks;
use WpOrg\Requests\Requests;

/**
 * Tries what other plugins do to our requests, one function at a time and with a placeholder for the key: what they would
 * do with the real one is done to it anyway, but no more often than needed.
 */
final class Probe_Hooks {
	private const PLACEHOLDER = 'YOUR_API_KEY';

	private string $url;

	private array $request;

	private function __construct() {
		$this->url     = Service::url() . '/v1/keys/me';
		$this->request = Service::request( 'GET', self::PLACEHOLDER, (float) Decisions::get( 'doctor_limits', 'connect' ) );
	}

	/** @return array<int, string[]> Findings about functions that change or answer the request. */
	public static function findings(): array {
		$probe = new self();
		$tries = array(
			'http_request_args'  => array( $probe, 'arguments' ),
			'pre_http_request'   => array( $probe, 'answer' ),
			'http_api_curl'      => array( $probe, 'handle' ),
			'use_curl_transport' => array( $probe, 'transport' ),
		);
		$found = array();
		foreach ( $tries as $name => $try ) {
			foreach ( Foreign_Hook::on( $name ) as $hook ) {
				$found[] = self::attempt( $hook, $try );
			}
		}
		return array_values( array_filter( $found ) );
	}

	/** @return string[] */
	private static function attempt( Foreign_Hook $hook, callable $attempt ): array {
		try {
			return $attempt( $hook );
		} catch ( \Throwable $error ) {
			return $hook->finding( 'hook_fails', $error->getMessage() );
		}
	}

	/** @return string[] */
	public function arguments( Foreign_Hook $hook ): array {
		$before        = $this->request;
		$after         = $hook->call( $before, $this->url );
		$this->request = is_array( $after ) ? $after : $before;
		return self::changed( $hook, self::flat( $before ), is_array( $after ) ? self::flat( $after ) : array() );
	}

	/** @return string[] */
	public function answer( Foreign_Hook $hook ): array {
		return false === $hook->call( false, $this->request, $this->url ) ? array() : $hook->finding( 'hook_answers' );
	}

	/** @return string[] */
	public function transport( Foreign_Hook $hook ): array {
		return $hook->call( true, $this->request ) ? array() : $hook->finding( 'hook_changes', 'use_curl_transport' );
	}

	/**
	 * What is set on a cURL handle can't be read back from it, so the request is made without the function and with it.
	 *
	 * @return string[]
	 */
	public function handle( Foreign_Hook $hook ): array {
		return self::changed( $hook, $this->sent( null ), $this->sent( $hook ) );
	}

	/** @return string[] */
	private static function changed( Foreign_Hook $hook, array $before, array $after ): array {
		$names = array_keys( array_diff_assoc( $before, $after ) + array_diff_assoc( $after, $before ) );
		if ( ! $names ) {
			return array();
		}
		sort( $names );
		$breaks = array_intersect( $names, Decisions::get( 'essential_parts' ) );
		return $hook->finding( $breaks ? 'hook_breaks' : 'hook_changes', implode( ', ', $breaks ? $breaks : $names ) );
	}

	/** A request's arguments as `name => text`, its headers as `headers.name`. */
	private static function flat( array $request ): array {
		$flat = array();
		foreach ( (array) ( $request['headers'] ?? array() ) as $name => $value ) {
			$flat[ 'headers.' . strtolower( (string) $name ) ] = self::text( $value );
		}
		unset( $request['headers'] );
		return array_map( array( self::class, 'text' ), $request ) + $flat;
	}

	/** @param mixed $value */
	private static function text( $value ): string {
		return is_scalar( $value ) ? (string) $value : (string) wp_json_encode( $value );
	}

	/** What leaves this server: where to, which headers, or the error that keeps it here. */
	private function sent( ?Foreign_Hook $hook ): array {
		$info  = array();
		$hooks = new Hooks();
		$hooks->register(
			'curl.before_send',
			function ( &$handle ) use ( $hook ): void {
				curl_setopt( $handle, CURLINFO_HEADER_OUT, true );
				if ( $hook ) {
					$hook->call( $handle, $this->request, $this->url );
				}
			}
		);
		$hooks->register(
			'curl.after_request',
			static function ( $headers, $seen ) use ( &$info ): void {
				$info = $seen;
			}
		);
		$options = array(
			'hooks'   => $hooks,
			'timeout' => $this->request['timeout'],
		) + Service::options( $this->url );
		try {
			Requests::request( $this->url, Service::headers( self::PLACEHOLDER ), null, Requests::GET, $options );
		} catch ( \WpOrg\Requests\Exception $error ) {
			return array( 'error' => $error->getMessage() );
		}
		return self::headers( (string) ( $info['request_header'] ?? '' ) ) + array( 'url' => (string) ( $info['url'] ?? '' ) );
	}

	/** A request's first line and headers, as `flat` names them. */
	private static function headers( string $text ): array {
		$lines   = preg_split( '/\r?\n/', trim( $text ) );
		$headers = array( 'method' => (string) strtok( (string) array_shift( $lines ), ' ' ) );
		foreach ( $lines as $line ) {
			list( $name, $value ) = explode( ':', $line, 2 ) + array( 1 => '' );

			$headers[ 'headers.' . strtolower( $name ) ] = trim( $value );
		}
		return $headers;
	}
}
