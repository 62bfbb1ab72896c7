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
		// Not for the credits that are noted with every image.
		if ( $new['state'] !== $old['state'] || $new['checked_at'] !== $old['checked_at'] ) {
			self::plan_check( $new );
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
		wp_clear_scheduled_hook( self::WORK );
		if ( null === $due ) {
			return null;
		}
		$due = max( $due, $connection['hold']['until'] ?? 0 );
		wp_schedule_single_event( max( $due, time() + MINUTE_IN_SECONDS ), self::WORK );
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

	/** Answers the kick. */
	public static function kicked(): void {
		$token = wp_unslash( $_POST['token'] ?? '' ); // phpcs:ignore -- compared, never used; the token is the nonce.
		if ( ! is_string( $token ) || ! hash_equals( self::token(), $token ) ) {
			wp_die( '', '', 403 );
		}
		ignore_user_abort( true );
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			fastcgi_finish_request();
		}
		Worker::run();
		wp_die( '' );
	}

	/** The background check: nobody may be looking. */
	public static function check(): void {
		Check::run( 15 );
		self::plan_check( Connection::get() );
	}

	/** Takes up again what was under way before the plugin was deactivated. */
	public static function resume(): void {
		self::plan_check( Connection::get() );
		self::next();
	}

	public static function clear(): void {
		wp_clear_scheduled_hook( self::WORK );
		wp_clear_scheduled_hook( self::CHECK );
	}

	private static function plan_check( array $connection ): void {
		$every = (int) Decisions::get( 'check_every', $connection['state'] );
		wp_clear_scheduled_hook( self::CHECK );
		if ( $every > 0 ) {
			// A little scatter, so that sites which lost the service together do not come back together.
			wp_schedule_single_event( time() + $every + wp_rand( 0, (int) ( $every / 10 ) ), self::CHECK );
		}
	}

	private static function token(): string {
		return wp_hash( self::WORK, 'nonce' );
	}
}
