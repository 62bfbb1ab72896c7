<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * Wakes the worker and the background check. A loopback request starts work at once; WP-Cron stands behind it with one
 * event at the time the next image is due, so that nothing is scheduled where nothing waits.
 */
final class Schedule {
	public const WORK  = 'slashimage_work';
	public const CHECK = 'slashimage_check';

	/** @var int[] Images whose upload is not complete yet. */
	private static array $uploads = array();

	/** Reacts to a changed connection: work goes on by itself, and the next check is due sooner or later. */
	public static function connection_changed( array $old, array $new ): void {
		if ( $new['state'] !== $old['state'] || $new['checked_at'] !== $old['checked_at'] || self::every( $new ) !== self::every( $old ) ) {
			self::plan_check( $new );
		}
		if ( $new['state'] !== $old['state'] ) {
			Mail::plan( $new );
		}
		if ( is_multisite() ) {
			Network_Sites::connection_changed( $old, $new );
		}
		$goes_on = 'connected' === $new['state'] && ! Hold::is_on( $new );
		if ( $goes_on && ( 'connected' !== $old['state'] || Hold::is_on( $old ) || $old['key_id'] !== $new['key_id'] ) ) {
			Queue::release();
			self::next();
		}
	}

	/** Wakes the worker when this request is over, for an image that has just been uploaded. */
	public static function after_upload( int $id ): void {
		self::$uploads[] = $id;
		add_action( 'shutdown', array( self::class, 'uploaded' ) );
	}

	/** The uploads of this request are complete. */
	public static function uploaded(): void {
		if ( self::$uploads ) {
			Queue::ready( self::$uploads );
			self::$uploads = array();
			self::next();
		}
	}

	/** Starts the worker now if an image is due, and leaves an event behind it. */
	public static function next(): void {
		$due = self::plan();
		if ( null !== $due && $due <= time() ) {
			self::kick();
		}
	}

	/**
	 * Leaves an event for the next image, behind the loopback request, should that not get through. Returns when the
	 * image is due, in unix time; null when there is nothing to do.
	 */
	public static function plan(): ?int {
		$connection = Connection::fresh();
		$due        = 'connected' === $connection['state'] ? Queue::next_due() : null;
		if ( null !== $due ) {
			$due = max( $due, $connection['hold']['until'] ?? 0 );
		}
		self::put( self::WORK, null === $due ? null : max( $due, time() + MINUTE_IN_SECONDS ) );
		return $due;
	}

	/** Sends this site a request that works the queue, without waiting for its answer. */
	private static function kick(): void {
		wp_remote_post(
			admin_url( 'admin-ajax.php' ),
			array(
				'timeout'   => 0.01,
				'blocking'  => false,
				'body'      => array(
					'action' => self::WORK,
					'token'  => self::token(),
				),
				/** This filter is documented in wp-includes/class-wp-http-streams.php */
				'sslverify' => apply_filters( 'https_local_ssl_verify', false ),
			)
		);
	}

	/** Sends this site a request and waits for its answer. Returns what went wrong, in the transport's words; empty if nothing. */
	public static function reaches_itself(): string {
		$answer = wp_remote_post(
			admin_url( 'admin-ajax.php' ),
			array(
				'timeout'   => Decisions::get( 'doctor_limits', 'connect' ),
				'body'      => array(
					'action' => self::WORK,
					'token'  => self::token(),
					'ping'   => 1,
				),
				/** This filter is documented in wp-includes/class-wp-http-streams.php */
				'sslverify' => apply_filters( 'https_local_ssl_verify', false ),
			)
		);
		if ( is_wp_error( $answer ) ) {
			return $answer->get_error_message();
		}
		$status = wp_remote_retrieve_response_code( $answer );
		return 'pong' === wp_remote_retrieve_body( $answer ) ? '' : (string) $status . ' ' . wp_remote_retrieve_response_message( $answer );
	}

	/** Answers the kick. */
	public static function kicked(): void {
		$token = wp_unslash( $_POST['token'] ?? '' ); // phpcs:ignore -- compared, never used; the token is the nonce.
		if ( ! is_string( $token ) || ! hash_equals( self::token(), $token ) ) {
			wp_die( '', '', 403 );
		}
		if ( isset( $_POST['ping'] ) ) {
			wp_die( 'pong', '', 200 );
		}
		ignore_user_abort( true );
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			fastcgi_finish_request();
		}
		Worker::run();
		wp_die( '' );
	}

	/** WP-Cron's turn at the queue. The next event stands before it begins, for a worker that dies. */
	public static function work(): void {
		self::plan();
		Worker::run();
	}

	/** The background check: nobody may be looking. Also does what events that were lost would have done. */
	public static function check(): void {
		// The next one first: this one may not come to its end.
		self::plan_check( Connection::get() );
		Check::run( 15 );
		self::plan();
		Mail::run();
	}

	/** Takes up again what was under way before the plugin was deactivated. */
	public static function resume(): void {
		self::plan_check( Connection::get() );
		self::next();
	}

	public static function clear(): void {
		wp_clear_scheduled_hook( self::WORK );
		wp_clear_scheduled_hook( self::CHECK );
		wp_clear_scheduled_hook( Mail::EVENT );
		wp_clear_scheduled_hook( Library::EVENT );
	}

	/** Has the background ask now, or in some seconds: another key, or another address of the site. */
	public static function check_soon( int $seconds = 0 ): void {
		$next = wp_next_scheduled( self::CHECK );
		if ( ! $next || $next > time() + $seconds ) {
			wp_clear_scheduled_hook( self::CHECK );
			wp_schedule_single_event( time() + $seconds, self::CHECK );
		}
	}

	/**
	 * Plans an event in place of an earlier one, or with null none. One that is due stays: it is about to run and plans
	 * anew, and WP-Cron logs an error where one of its run is gone when its turn comes.
	 */
	public static function put( string $hook, ?int $at ): void {
		$next = wp_next_scheduled( $hook );
		if ( $next && $next <= time() ) {
			return;
		}
		wp_clear_scheduled_hook( $hook );
		if ( null !== $at ) {
			wp_schedule_single_event( $at, $hook );
		}
	}

	/** Finds what changed around the plugin, and a check that was lost. Costs no query while all is as it was. */
	public static function keep_up(): void {
		$connection = Connection::get();
		$every      = self::every( $connection );
		$next       = wp_next_scheduled( self::CHECK );
		if ( $every > 0 && ( ! $next || $next > time() + $every ) ) {
			self::plan_check( $connection );
		}
		if ( self::is_set_anew( $connection ) && ! Check::on_command_line() ) {
			self::check_soon();
		}
		self::check_if_moved();
	}

	/**
	 * Has the background ask again when the site's address has changed: keys are locked to domains. Not on the command
	 * line, where an address made from the request's is another one.
	 */
	public static function check_if_moved(): void {
		$known  = Connection::get()['origin'];
		$origin = Service::origin();
		if ( '' !== $known && $known !== $origin && ! Check::on_command_line() && Connection::moved( $origin ) ) {
			self::check_soon();
		}
	}

	/** Whether the key of the configuration came, changed or went since the state was about it. */
	private static function is_set_anew( array $connection ): bool {
		$key = Key_Store::configured()[0] ?? null;
		return $key
			? $key->id() !== $connection['key_id'] || $key->source !== $connection['source']
			: in_array( $connection['source'], array( 'env', 'constant' ), true );
	}

	private static function plan_check( array $connection ): void {
		$every = self::every( $connection );
		// A little scatter, so that sites which lost the service together do not come back together. Never later.
		self::put( self::CHECK, $every > 0 ? time() + $every - wp_rand( 0, (int) ( $every / 10 ) ) : null );
	}

	private static function every( array $connection ): int {
		$held = Decisions::get( 'outcomes', $connection['hold']['outcome'] ?? '', 'retry' );
		if ( 'disconnected' === $connection['state'] && 'none' !== $connection['source'] ) {
			// There is a key, and nobody could be asked about it yet.
			return (int) Decisions::get( 'check_every', 'reconnect' );
		}
		return (int) Decisions::get( 'check_every', 'credits' === $held ? 'out_of_credits' : $connection['state'] );
	}

	private static function token(): string {
		return wp_hash( self::WORK, 'nonce' );
	}
}
