<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * The request this site sends to itself, so that the queue is worked at once and nobody waits for it. It may go two ways,
 * admin-ajax.php or REST: a password on wp-admin or a hidden login closes the first. Which one gets through is found out
 * where images are due and nobody came; where neither does, WP-Cron and an open screen work the queue.
 */
final class Loopback {
	public const WAYS = array( 'ajax', 'rest' );

	/** Milliseconds a click or an upload may be slower for it. */
	private const SENDING = 50;

	/** Seconds images may be due before nobody is thought to come, and between two tests of the ways. */
	private const PATIENCE = 10;
	private const TESTED   = 5 * MINUTE_IN_SECONDS;

	public const OUTLIVED = 'slashimage_outlived';

	public static function register(): void {
		register_rest_route(
			Decisions::manifest( 'restNamespace' ),
			'/work',
			array(
				'methods'             => 'POST',
				'callback'            => array( self::class, 'answer' ),
				'permission_callback' => array( self::class, 'is_ours' ),
			)
		);
	}

	/** Has a worker begin in a request of its own, and does not wait for it. */
	public static function send(): void {
		$state = Connection::get();
		if ( 'none' !== $state['way'] && ! isset( $state['holds']['background'] ) ) {
			self::post( $state['way'] );
		}
	}

	/**
	 * Asks itself by each way and waits for the answers. Returns what went wrong, in the transport's words or as a status, by
	 * the ways; empty: nothing.
	 *
	 * @return array<string, string>
	 */
	public static function test(): array {
		$errors = array();
		foreach ( self::WAYS as $way ) {
			$answer = self::post( $way, array( 'ping' => '1' ), Decisions::get( 'doctor_limits', 'connect' ) );
			if ( is_wp_error( $answer ) ) {
				$words          = $answer->get_error_message();
				$errors[ $way ] = is_string( $words ) && '' !== $words ? $words : (string) $answer->get_error_code();
				continue;
			}
			list( $status, $body ) = Answer::parts( $answer );
			$errors[ $way ]        = 'pong' === $body ? '' : trim( $status . ' ' . get_status_header_desc( $status ) );
		}
		return $errors;
	}

	/** Where a way leads, as an address without the host. */
	public static function path( string $way ): string {
		return (string) wp_parse_url( self::url( $way ), PHP_URL_PATH );
	}

	/**
	 * Whether images are due and nobody comes to work on them, so that an open screen has to. Looks then which way gets
	 * through, now and then, and asks again by that.
	 */
	public static function is_silent(): bool {
		$state = Connection::get();
		if ( 'connected' !== $state['state'] || Hold::is_on( $state ) ) {
			return false;
		}
		$due  = Queue::next_due();
		$late = time() - self::PATIENCE;
		if ( null === $due || max( $due, (int) get_option( Worker::WORKED, 0 ) ) > $late || Lock::is_held( Worker::LOCK ) ) {
			return false;
		}
		if ( abs( time() - $state['tested'] ) > self::TESTED ) {
			self::find_way();
			Schedule::next();
		}
		return true;
	}

	/**
	 * Whether work goes on here after its answer: some servers end it. Takes some seconds; another request waits as long, and
	 * says so if it is still alive then.
	 */
	public static function outlives(): bool {
		global $wpdb;
		$id    = wp_generate_uuid4();
		$lives = (int) Decisions::get( 'doctor_limits', 'outlives' );
		self::post( self::usable(), array( 'outlive' => $id ) );
		for ( $until = microtime( true ) + $lives + 2; microtime( true ) < $until; ) {
			usleep( 200000 );
			// Past the caches: this request would remember that it isn't there.
			if ( $wpdb->get_var( $wpdb->prepare( "SELECT option_value FROM $wpdb->options WHERE option_name = %s", self::OUTLIVED ) ) === $id ) {
				delete_option( self::OUTLIVED );
				return true;
			}
		}
		return false;
	}

	/** Answers such a request, by either way. The token is all it has to show. */
	public static function answer(): void {
		if ( ! self::is_ours() ) {
			wp_die( '', '', 403 );
		}
		if ( isset( $_POST['ping'] ) ) { // phpcs:ignore WordPress.Security.NonceVerification -- the token is the nonce.
			status_header( 200 );
			echo 'pong';
			exit;
		}
		self::finish();
		$id = self::posted( 'outlive' );
		if ( '' === $id ) {
			Worker::run();
		} elseif ( wp_is_uuid( $id ) ) {
			sleep( (int) Decisions::get( 'doctor_limits', 'outlives' ) );
			update_option( self::OUTLIVED, $id, false );
		}
		exit;
	}

	public static function is_ours(): bool {
		return hash_equals( wp_hash( Schedule::WORK, 'nonce' ), self::posted( 'token' ) );
	}

	/**
	 * Has cURL let go of a request once all of it is sent, at the latest after some milliseconds. WordPress itself waits for
	 * an answer for a second, and nobody needs it.
	 *
	 * @param \CurlHandle|resource $handle
	 */
	public static function let_go( $handle = null ): void {
		if ( ! is_resource( $handle ) && ! $handle instanceof \CurlHandle ) {
			return;
		}
		curl_setopt( $handle, CURLOPT_NOSIGNAL, true );
		curl_setopt( $handle, CURLOPT_CONNECTTIMEOUT_MS, self::SENDING );
		curl_setopt( $handle, CURLOPT_TIMEOUT_MS, self::SENDING );
		curl_setopt( $handle, CURLOPT_NOPROGRESS, false );
		curl_setopt( $handle, CURLOPT_PROGRESSFUNCTION, static fn( $curl, $down, $got, $up, $sent ): int => $up > 0 && $sent >= $up ? 1 : 0 );
	}

	/** Tells the server that the answer is complete, whatever it calls that. */
	private static function finish(): void {
		ignore_user_abort( true );
		foreach ( array( 'fastcgi_finish_request', 'litespeed_finish_request' ) as $finish ) {
			if ( function_exists( $finish ) ) {
				$finish();
				return;
			}
		}
	}

	/** Notes the first way that gets through, or that none does. */
	public static function find_way(): void {
		$open = array_keys( array_filter( self::test(), static fn( string $error ): bool => '' === $error ) );
		Connection::found_way( $open[0] ?? 'none' );
	}

	private static function usable(): string {
		$way = Connection::get()['way'];
		return 'none' === $way ? self::WAYS[0] : $way;
	}

	/**
	 * Sends it; with `$seconds` for an answer, without not.
	 *
	 * @return array|\WP_Error
	 */
	private static function post( string $way, array $fields = array(), float $seconds = 0 ) {
		$waits = $seconds > 0;
		$token = wp_hash( Schedule::WORK, 'nonce' );
		if ( ! $waits ) {
			add_action( 'http_api_curl', array( self::class, 'let_go' ), 1000, 1 );
		}
		$answer = wp_remote_post(
			self::url( $way ),
			array(
				'timeout'     => $waits ? $seconds : 0.01,
				'blocking'    => $waits,
				'redirection' => 0,
				'body'        => array(
					'action' => Schedule::WORK,
					'token'  => $token,
				) + $fields,
				/** This filter is documented in wp-includes/class-wp-http-streams.php */
				'sslverify'   => apply_filters( 'https_local_ssl_verify', false ),
			)
		);
		remove_action( 'http_api_curl', array( self::class, 'let_go' ), 1000 );
		return $answer;
	}

	private static function url( string $way ): string {
		return 'rest' === $way ? rest_url( Decisions::manifest( 'restNamespace' ) . '/work' ) : admin_url( 'admin-ajax.php' );
	}

	private static function posted( string $name ): string {
		$value = wp_unslash( $_POST[ $name ] ?? '' ); // phpcs:ignore WordPress.Security -- the token is the nonce, and is only compared.
		return is_string( $value ) ? $value : '';
	}
}
