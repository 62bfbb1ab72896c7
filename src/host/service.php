<?php
declare( strict_types=1 );

namespace SlashImage;

use SlashImage\Files\File;
use SlashImage\Files\Preservation;
use WpOrg\Requests\Hooks;
use WpOrg\Requests\Proxy\Http;
use WpOrg\Requests\Requests;
use WpOrg\Requests\Response;

/** The service's client. It never follows a redirect, and sends a key over https only (a loopback host excepted). */
final class Service {
	/** Bytes read of an answer to a key check: the known shape has a few hundred. */
	private const CHECK_BYTES = 65536;

	/** What WordPress's transport calls to send requests side by side; some hosts take it away. */
	private const SIDE_BY_SIDE = array( 'curl_multi_init', 'curl_multi_add_handle', 'curl_multi_exec', 'curl_multi_info_read', 'curl_multi_remove_handle', 'curl_multi_close' );

	private const ENDPOINTS = array(
		'check' => array( 'GET', '/v1/keys/me' ),
		'probe' => array( 'POST', '/v1/optimize' ),
	);

	/**
	 * Asks whether a key is accepted, and then, with the free probe, whether it is allowed on this site's domain. Takes
	 * at most `$seconds` for both. Returns the answer that decided, and the plan (null: unknown).
	 *
	 * @return array{answer: Answer, plan: ?array}
	 */
	public static function check(
		#[\SensitiveParameter]
		string $secret,
		float $seconds
	): array {
		$until  = microtime( true ) + $seconds;
		$answer = self::ask( 'check', $secret, $seconds );
		$plan   = Plan::read( $answer->json['plan'] ?? null );
		$left   = $until - microtime( true );
		if ( 'accepted' === $answer->outcome ) {
			$answer = $left < 1
				? Answer::failed( 'probe', '' )
				: self::ask( 'probe', $secret, $left );
		}
		return array(
			'answer' => $answer,
			'plan'   => $plan,
		);
	}

	/**
	 * Sends files side by side to be optimized. Takes and returns arrays keyed alike: files in, answers out. Every file
	 * gets an answer, also where nothing came back.
	 *
	 * @param array<string, File> $files
	 * @return array<string, Answer>
	 */
	public static function optimize(
		array $files,
		#[\SensitiveParameter]
		string $secret
	): array {
		$url     = self::url() . '/v1/optimize';
		$refusal = self::not_allowed( $url );
		if ( $refusal ) {
			return array_map( static fn(): Answer => $refusal, $files );
		}
		$requests = array();
		$options  = self::options( $url );
		foreach ( $files as $name => $file ) {
			list( $type, $body ) = Multipart::of_image( $file->path, Preservation::of( $file->picture() )->keeps );
			$requests[ $name ]   = array(
				'url'     => $url,
				'type'    => Requests::POST,
				'headers' => self::headers( $secret ) + array( 'Content-Type' => $type ),
				'data'    => $body,
				// An honest answer is smaller than the file; base64 adds a third.
				'options' => self::limited( 4 * strlen( $body ) + self::CHECK_BYTES, $options ),
			);
		}
		return array_map( array( self::class, 'read' ), self::send( $requests, $options ) );
	}

	/** @return string[] The functions of cURL that this PHP may not call, where it has cURL. */
	public static function withheld(): array {
		return function_exists( 'curl_init' ) ? array_values( array_filter( self::SIDE_BY_SIDE, static fn( string $name ): bool => ! function_exists( $name ) ) ) : array();
	}

	/** Sends requests side by side, or one after the other where PHP can't. What came back, or the error, by their names. */
	private static function send( array $requests, array $options ): array {
		if ( ! self::withheld() ) {
			return Requests::request_multiple( $requests, $options );
		}
		$responses = array();
		foreach ( $requests as $name => $request ) {
			try {
				$responses[ $name ] = Requests::request( $request['url'], $request['headers'], $request['data'], $request['type'], $request['options'] + $options );
			} catch ( \WpOrg\Requests\Exception $error ) {
				$responses[ $name ] = $error;
			}
		}
		return $responses;
	}

	public static function url(): string {
		$constant = Decisions::manifest( 'service', 'urlConstant' );
		return untrailingslashit(
			defined( $constant ) ? (string) constant( $constant ) : Decisions::manifest( 'service', 'url' )
		);
	}

	/** Asks `check` or `probe` about a key, in at most `$seconds`. An answer always comes back, if only to say that none came. */
	public static function ask(
		string $endpoint,
		#[\SensitiveParameter]
		string $secret,
		float $seconds
	): Answer {
		$method  = self::ENDPOINTS[ $endpoint ][0];
		$url     = self::url() . self::ENDPOINTS[ $endpoint ][1];
		$refusal = self::not_allowed( $url );
		if ( $refusal ) {
			return $refusal;
		}
		$from = microtime( true );
		add_action( 'http_api_curl', array( self::class, 'stop_reading' ), 10, 1 );
		$response = wp_remote_request( $url, self::request( $method, $secret, $seconds ) );
		remove_action( 'http_api_curl', array( self::class, 'stop_reading' ) );
		$answer = Answer::of( $endpoint, $response );

		$answer->tried = "$method $url";
		$answer->ms    = (int) round( 1000 * ( microtime( true ) - $from ) );
		return $answer;
	}

	/** What WordPress is asked to send. */
	public static function request(
		string $method,
		#[\SensitiveParameter]
		string $secret,
		float $seconds
	): array {
		$headers = self::headers( $secret );
		$body    = null;
		if ( 'POST' === $method ) {
			list( $headers['Content-Type'], $body ) = Multipart::without_image();
		}
		return array(
			'method'              => $method,
			'headers'             => $headers,
			'body'                => $body,
			'timeout'             => $seconds,
			'redirection'         => 0,
			'limit_response_size' => self::CHECK_BYTES,
		);
	}

	/**
	 * Makes cURL end a transfer that is longer than any honest answer. WordPress's own limit keeps the first bytes and
	 * goes on receiving the rest until the time is up.
	 *
	 * @param \CurlHandle|resource $handle
	 */
	public static function stop_reading( $handle = null, int $most = self::CHECK_BYTES ): void {
		if ( ! is_resource( $handle ) && ! $handle instanceof \CurlHandle ) {
			return;
		}
		curl_setopt( $handle, CURLOPT_NOPROGRESS, false );
		curl_setopt( $handle, CURLOPT_PROGRESSFUNCTION, static fn( $curl, $total, $now ): int => $now > $most ? 1 : 0 );
	}

	/** The options of one of several requests: the same limit for it, and the same certificates. */
	private static function limited( int $most, array $certificates ): array {
		$hooks = new Hooks();
		foreach ( array( 'curl.before_multi_add', 'curl.before_send' ) as $hook ) {
			$hooks->register(
				$hook,
				static function ( &$handle ) use ( $most, $certificates ): void {
					self::stop_reading( $handle, $most );
					self::verify( $handle, $certificates );
				}
			);
		}
		return array(
			'hooks'     => $hooks,
			'max_bytes' => $most,
		);
	}

	/**
	 * Which certificates a request to an address believes, as `verify` and `verifyname` of WordPress's transports: those of
	 * its own list, unless the site says otherwise. Every way to the service asks here. Where another plugin's filter breaks,
	 * WordPress's own list stands.
	 *
	 * @return array{verify: bool|string, verifyname: bool}
	 */
	public static function certificates( string $url ): array {
		$wanted = array(
			'sslverify'       => true,
			'sslcertificates' => Requests::get_certificate_path(),
		);
		try {
			/** This filter is documented in wp-includes/class-wp-http.php. */
			$asked  = apply_filters( 'http_request_args', $wanted + self::request( 'GET', '', self::seconds() ) + array_fill_keys( array( 'blocking', 'cookies', 'user-agent', 'stream', 'filename' ), '' ), $url );
			$asked  = array_filter( is_array( $asked ) ? $asked : array(), 'is_scalar' ) + $wanted;
			$verify = $asked['sslverify'] ? (string) $asked['sslcertificates'] : false;
			/** This filter is documented in wp-includes/class-wp-http.php. */
			$verify = apply_filters( 'https_ssl_verify', $verify, $url );
		} catch ( \Throwable $error ) {
			$asked  = $wanted;
			$verify = $wanted['sslcertificates'];
		}
		return array(
			'verify'     => is_bool( $verify ) || is_string( $verify ) ? $verify : $wanted['sslcertificates'],
			'verifyname' => (bool) $asked['sslverify'],
		);
	}

	/**
	 * Has a cURL handle believe these certificates. WordPress's transport does so for one request, and not for several.
	 *
	 * @param \CurlHandle|resource $handle
	 */
	private static function verify( $handle, array $certificates ): void {
		if ( false === $certificates['verify'] ) {
			curl_setopt( $handle, CURLOPT_SSL_VERIFYPEER, 0 );
		} elseif ( is_string( $certificates['verify'] ) ) {
			curl_setopt( $handle, CURLOPT_CAINFO, $certificates['verify'] );
		}
		if ( false === $certificates['verify'] || ! $certificates['verifyname'] ) {
			curl_setopt( $handle, CURLOPT_SSL_VERIFYHOST, 0 );
		}
	}

	/** How many seconds one file may take. What waits for it longer is made from this: leases and locks. */
	public static function seconds(): float {
		/** Filters how many seconds one file may take. */
		$seconds = apply_filters( 'slashimage_optimize_timeout', 45 );
		return is_numeric( $seconds ) && $seconds > 0 ? (float) $seconds : 45.0;
	}

	/** The answer in place of a request that must not be made; null when it may. */
	public static function not_allowed( string $url ): ?Answer {
		$parts = wp_parse_url( $url );
		$local = in_array( trim( $parts['host'] ?? '', '[]' ), array( '127.0.0.1', '::1', 'localhost' ), true );
		if ( 'https' !== ( $parts['scheme'] ?? '' ) && ! ( $local && 'http' === ( $parts['scheme'] ?? '' ) ) ) {
			return Answer::none( 'insecure', 'insecure_address' );
		}
		if ( '' === Origin::current() ) {
			return Answer::none( 'address', 'no_address' );
		}
		return ( new \WP_Http() )->block_request( $url ) ? Answer::none( 'blocked', 'no_answer' ) : null;
	}

	public static function headers(
		#[\SensitiveParameter]
		string $secret
	): array {
		$headers = array(
			'Accept' => 'application/json',
			'Origin' => Origin::current(),
		);
		return '' === $secret ? $headers : array( 'Authorization' => 'Bearer ' . $secret ) + $headers;
	}

	/** @param Response|\Exception $response */
	private static function read( $response ): Answer {
		return $response instanceof Response
			? Answer::read( 'optimize', (int) $response->status_code, $response->body, $response->headers )
			: Answer::failed( 'optimize', $response->getMessage() );
	}

	/** What WordPress's own HTTP API would set: the certificates and the proxy. */
	public static function options( string $url ): array {
		$options = self::certificates( $url ) + array(
			'timeout'          => self::seconds(),
			'connect_timeout'  => 10,
			'follow_redirects' => false,
			'useragent'        => 'WordPress/' . get_bloginfo( 'version' ) . '; ' . Origin::current(),
		);
		$proxy = new \WP_HTTP_Proxy();
		if ( $proxy->is_enabled() && $proxy->send_through_proxy( $url ) ) {
			$options['proxy'] = new Http( $proxy->host() . ':' . $proxy->port() );
			if ( $proxy->use_authentication() ) {
				$options['proxy']->use_authentication = true;
				$options['proxy']->user               = $proxy->username();
				$options['proxy']->pass               = $proxy->password();
			}
		}
		return $options;
	}
}
