<?php
declare( strict_types=1 );

namespace SlashImage;

use WpOrg\Requests\Hooks;
use WpOrg\Requests\Proxy\Http;
use WpOrg\Requests\Requests;
use WpOrg\Requests\Response;

/** The service's client. It never follows a redirect, and sends a key over https only (a loopback host excepted). */
final class Service {
	/** Bytes read of an answer to a key check: the known shape has a few hundred. */
	private const CHECK_BYTES = 65536;

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
	public static function check( string $secret, float $seconds ): array {
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
	 * Sends files side by side to be optimized. Takes and returns arrays keyed alike: paths in, answers out. Every path
	 * gets an answer, also where nothing came back.
	 *
	 * @param array<string, string> $paths
	 * @return array<string, Answer>
	 */
	public static function optimize( array $paths, string $secret ): array {
		$url     = self::url() . '/v1/optimize';
		$refusal = self::not_allowed( $url );
		if ( $refusal ) {
			return array_map( static fn(): Answer => $refusal, $paths );
		}
		$requests = array();
		foreach ( $paths as $name => $path ) {
			list( $type, $body ) = Multipart::of_image( $path );
			$requests[ $name ]   = array(
				'url'     => $url,
				'type'    => Requests::POST,
				'headers' => self::headers( $secret ) + array( 'Content-Type' => $type ),
				'data'    => $body,
				// An honest answer is smaller than the file; base64 adds a third.
				'options' => self::limited( 4 * strlen( $body ) + self::CHECK_BYTES ),
			);
		}
		return array_map( array( self::class, 'read' ), Requests::request_multiple( $requests, self::options( $url ) ) );
	}

	/** The site's origin as the service is told it: scheme and host of the home address, no port, path or query. */
	public static function origin(): string {
		$home   = wp_parse_url( home_url() );
		$origin = ( $home['scheme'] ?? 'https' ) . '://' . ( $home['host'] ?? '' );
		/** Filters the Origin, for sites behind a proxy or with mapped domains. */
		return (string) apply_filters( 'slashimage_origin', $origin );
	}

	/** The domain the service sees: what has to be on the key's list. */
	public static function domain(): string {
		return (string) wp_parse_url( self::origin(), PHP_URL_HOST );
	}

	public static function url(): string {
		$constant = Decisions::manifest( 'service', 'urlConstant' );
		return untrailingslashit(
			defined( $constant ) ? (string) constant( $constant ) : Decisions::manifest( 'service', 'url' )
		);
	}

	/** Asks `check` or `probe` about a key, in at most `$seconds`. An answer always comes back, if only to say that none came. */
	public static function ask( string $endpoint, string $secret, float $seconds ): Answer {
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
		$answer = is_wp_error( $response )
			? Answer::failed( $endpoint, $response->get_error_message() )
			: Answer::read(
				$endpoint,
				(int) wp_remote_retrieve_response_code( $response ),
				wp_remote_retrieve_body( $response ),
				wp_remote_retrieve_headers( $response )
			);

		$answer->tried = "$method $url";
		$answer->ms    = (int) round( 1000 * ( microtime( true ) - $from ) );
		return $answer;
	}

	/** What WordPress is asked to send. */
	public static function request( string $method, string $secret, float $seconds ): array {
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
	public static function stop_reading( $handle, int $most = self::CHECK_BYTES ): void {
		curl_setopt( $handle, CURLOPT_NOPROGRESS, false );
		curl_setopt( $handle, CURLOPT_PROGRESSFUNCTION, static fn( $curl, $total, $now ): int => $now > $most ? 1 : 0 );
	}

	/** The options of one of several requests, with the same limit for it. */
	private static function limited( int $most ): array {
		$hooks = new Hooks();
		$hooks->register(
			'curl.before_multi_add',
			static function ( &$handle ) use ( $most ): void {
				self::stop_reading( $handle, $most );
			}
		);
		return array(
			'hooks'     => $hooks,
			'max_bytes' => $most,
		);
	}

	/** The answer in place of a request that must not be made; null when it may. */
	public static function not_allowed( string $url ): ?Answer {
		$parts = wp_parse_url( $url );
		$local = in_array( trim( $parts['host'] ?? '', '[]' ), array( '127.0.0.1', '::1', 'localhost' ), true );
		if ( 'https' !== ( $parts['scheme'] ?? '' ) && ! ( $local && 'http' === ( $parts['scheme'] ?? '' ) ) ) {
			return Answer::none( 'insecure', 'insecure_address' );
		}
		return ( new \WP_Http() )->block_request( $url ) ? Answer::none( 'blocked', 'no_answer' ) : null;
	}

	public static function headers( string $secret ): array {
		$headers = array(
			'Accept' => 'application/json',
			'Origin' => self::origin(),
		);
		return '' === $secret ? $headers : array( 'Authorization' => 'Bearer ' . $secret ) + $headers;
	}

	/** @param Response|\Exception $response */
	private static function read( $response ): Answer {
		return $response instanceof Response
			? Answer::read( 'optimize', (int) $response->status_code, $response->body, $response->headers )
			: Answer::failed( 'optimize', $response->getMessage() );
	}

	/** What WordPress's own HTTP API would set besides its certificates, which are the transport's default: the proxy. */
	public static function options( string $url ): array {
		/** Filters how many seconds one file may take. */
		$options = array(
			'timeout'          => (float) apply_filters( 'slashimage_optimize_timeout', 45 ),
			'connect_timeout'  => 10,
			'follow_redirects' => false,
			'useragent'        => 'WordPress/' . get_bloginfo( 'version' ) . '; ' . home_url(),
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
