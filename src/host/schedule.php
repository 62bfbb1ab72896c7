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

	/** Seconds from which on an event is due that stands in for a worker who may not come: not within the same request. */
	private const SOON = 2;

	/** @var array<int, array<?int>> By site, images whose upload is complete when this request ends; null: one that will be later. */
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

	/** Wakes the worker when this request is over, for an image that is complete then, or for what is due later. */
	public static function after_upload( ?int $id = null ): void {
		self::$uploads[ get_current_blog_id() ][] = $id;
		add_action( 'shutdown', array( self::class, 'uploaded' ) );
	}

	/** Leaves an event for an upload that has just begun, unless one stands: its process may die before it is complete. */
	public static function expect(): void {
		if ( 'connected' === Connection::get()['state'] && ! wp_next_scheduled( self::WORK ) ) {
			self::put( self::WORK, time() + MINUTE_IN_SECONDS );
		}
	}

	/** The uploads of this request are complete. */
	public static function uploaded(): void {
		$uploads       = self::$uploads;
		self::$uploads = array();
		foreach ( $uploads as $site => $ids ) {
			// The one they are on, whichever site the request ends as.
			Network::at( $site, static fn() => self::go_on_with( array_filter( $ids ) ) );
		}
	}

	private static function go_on_with( array $ids ): void {
		self::next( $ids && Queue::ready( $ids ) ? time() : null );
	}

	/** Starts the worker now if an image is due, and leaves an event behind it. `$known`: one that was just made due then. */
	public static function next( ?int $known = null ): void {
		$due = self::plan( $known, self::SOON );
		if ( null !== $due && $due <= time() ) {
			Loopback::send();
		}
	}

	/**
	 * Leaves an event for the next image, in `$seconds` at the earliest. Returns when the image is due, in unix time; null when
	 * there is nothing to do. An event that stands stays then: it costs one look, and a replica that lags doesn't know what
	 * another request has added.
	 */
	public static function plan( ?int $known = null, int $seconds = MINUTE_IN_SECONDS ): ?int {
		$connection = Connection::fresh();
		$held       = 'connected' === $connection['state'] ? Hold::until( $connection ) : null;
		if ( null === $held ) {
			// While a person has to do something there is nothing to wait for.
			self::put( self::WORK, null );
			return null;
		}
		$due = $known ?? Queue::next_due();
		if ( null === $due ) {
			return null;
		}
		$due = max( $due, $held );
		self::put( self::WORK, max( $due, time() + $seconds ) );
		return $due;
	}

	/** Leaves an event where images wait and none stands: a process may have died before it left its own. */
	public static function mend(): void {
		if ( 'connected' === Connection::get()['state'] && ! wp_next_scheduled( self::WORK ) ) {
			self::next();
		}
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
		self::try_background();
		Mail::run();
	}

	/** Where a way to the background was closed, looks whether it is open by now, and whether work outlives its answer. */
	public static function try_background(): void {
		$state = Connection::get();
		if ( Loopback::WAYS[0] !== $state['way'] ) {
			Loopback::find_way();
		}
		if ( isset( $state['holds']['background'] ) && Loopback::outlives() ) {
			Connection::outlived();
		}
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
		Site::look();
	}

	/**
	 * Has the background ask again when the site's address has changed: keys are locked to domains. Only somebody who may
	 * manage the connection says so.
	 */
	public static function check_if_moved(): void {
		$known = Connection::get();
		$was   = Origin::normal( $known['origin'] );
		if ( 'none' === $known['source'] || ! Connection::moved( Origin::current() ) || Origin::current() === $was ) {
			return;
		}
		// The first address is news only where nothing could be asked without one.
		if ( '' !== $was || in_array( $known['state'], array( 'disconnected', 'unchecked' ), true ) ) {
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
		$held = Decisions::get( 'outcomes', $connection['holds']['credits']['outcome'] ?? '', 'retry' );
		if ( 'connected' === $connection['state'] && isset( $connection['holds']['background'] ) ) {
			return (int) Decisions::get( 'check_every', 'background' );
		}
		return (int) Decisions::get( 'check_every', 'credits' === $held ? 'out_of_credits' : $connection['state'] );
	}
}
