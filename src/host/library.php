<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * Sees to it that every image of the site has a row in the queue's table, also those that were there before the plugin:
 * the filter, the counts and "Optimize all" go by the rows, and need not look at the posts.
 */
final class Library {
	public const EVENT = 'slashimage_library';

	/** The next id to look at; -1 when all were. Autoloaded, as asking must cost nothing. */
	public const OPTION = 'slashimage_library';

	/** How many images have failed. Autoloaded: the menu says it on every page. */
	public const FAILED = 'slashimage_failed';

	private const AT_ONCE = 20000;

	/** Has the whole library looked through, in the background. */
	public static function begin(): void {
		update_option( self::OPTION, 0, true );
		self::count_failed();
		Schedule::put( self::EVENT, time() );
	}

	/** WP-Cron's turn. */
	public static function run(): void {
		if ( ! self::index( 20 ) ) {
			Schedule::put( self::EVENT, time() + MINUTE_IN_SECONDS );
		}
	}

	/**
	 * Goes on with looking through the library, for about `$seconds`; done at once when all of it was seen. Screens that
	 * count on it call it too: WP-Cron may be off. Returns whether it is complete.
	 */
	public static function index( float $seconds ): bool {
		global $wpdb;
		$next = (int) get_option( self::OPTION, 0 );
		if ( $next < 0 ) {
			return true;
		}
		$until = microtime( true ) + $seconds;
		$last  = (int) $wpdb->get_var( "SELECT MAX(ID) FROM {$wpdb->posts}" );
		while ( $next <= $last && microtime( true ) < $until ) {
			self::add( "ID >= $next AND ID < " . ( $next + self::AT_ONCE ) );
			$next += self::AT_ONCE;
		}
		update_option( self::OPTION, $next > $last ? -1 : $next, true );
		return $next > $last;
	}

	/** A new image. Whether it is to be optimized shows once its sizes are made. */
	public static function added( int $id ): void {
		// An update may have brought another table, and nobody an admin page since.
		Lifecycle::install();
		self::add( "ID = $id" );
	}

	/** An attachment was changed, perhaps its date. */
	public static function changed( int $id, \WP_Post $after, \WP_Post $before ): void {
		if ( $after->post_date !== $before->post_date ) {
			Queue::date( $id, $after->post_date );
		}
	}

	/** Counts the failed images. */
	public static function count_failed(): void {
		update_option( self::FAILED, Queue::count( "state = 'failed'" ), true );
	}

	/** Adds the images among these posts that have no row yet. CASE, as IF() is always false on SQLite. */
	private static function add( string $where ): void {
		global $wpdb;
		$table = Queue::table();
		$types = "'" . implode( "','", array_map( 'esc_sql', Decisions::get( 'mime_types' ) ) ) . "'";
		$wpdb->query(
			"INSERT INTO $table (attachment_id, state, cause, dated)
			SELECT ID, CASE WHEN post_mime_type IN ($types) THEN 'not_optimized' ELSE 'unsupported' END,
				CASE WHEN post_mime_type IN ($types) THEN '' ELSE 'type_not_supported' END, post_date
			FROM {$wpdb->posts} WHERE $where AND post_type = 'attachment' AND post_mime_type LIKE 'image/%'
			ON DUPLICATE KEY UPDATE dated = VALUES(dated)"
		);
	}
}
