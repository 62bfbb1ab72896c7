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
		Files\Review::begin();
		Schedule::put( self::EVENT, time() );
	}

	/** WP-Cron's turn. */
	public static function run(): void {
		if ( ! self::index( 20 ) || ! Files\Review::run( 10 ) ) {
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

	/**
	 * An attachment was changed, perhaps its date.
	 *
	 * @param mixed $id
	 * @param mixed $after
	 * @param mixed $before
	 */
	public static function changed( $id = 0, $after = null, $before = null ): void {
		$id = Handed::id( $id );
		if ( $id && $after instanceof \WP_Post && $before instanceof \WP_Post && $after->post_date !== $before->post_date ) {
			Queue::date( $id, $after->post_date );
		}
	}

	/**
	 * Whether another attachment has the same file, as far as the rows can't tell: only while the library isn't looked through,
	 * since this reads the path of every attachment. What it is asked for can't be taken back.
	 */
	public static function has_another( int $id ): bool {
		global $wpdb;
		if ( (int) get_option( self::OPTION, 0 ) < 0 ) {
			return false;
		}
		$file = (string) get_post_meta( $id, '_wp_attached_file', true );
		return null !== $wpdb->get_var( $wpdb->prepare( "SELECT post_id FROM {$wpdb->postmeta} WHERE meta_key = '_wp_attached_file' AND meta_value = %s AND post_id <> %d LIMIT 1", $file, $id ) );
	}

	/** Counts the failed images. */
	public static function count_failed(): void {
		update_option( self::FAILED, Queue::count( "state = 'failed'" ), true );
	}

	/** Adds the images among these posts that have no row yet. CASE, as IF() is always false on SQLite. */
	private static function add( string $where ): void {
		global $wpdb;
		$table = Queue::table();
		$taken = self::is_taken( 'post_mime_type', 'file.meta_value' );
		$wpdb->query(
			"INSERT INTO $table (attachment_id, state, cause, dated, path)
			SELECT ID, CASE WHEN $taken THEN 'not_optimized' ELSE 'unsupported' END,
				CASE WHEN $taken THEN '' ELSE 'type_not_supported' END, post_date,
				CASE WHEN file.meta_value IS NULL THEN '' ELSE MD5(file.meta_value) END
			FROM {$wpdb->posts} LEFT JOIN {$wpdb->postmeta} AS file ON file.post_id = ID AND file.meta_key = '_wp_attached_file'
			WHERE $where AND post_type = 'attachment' AND post_mime_type LIKE 'image/%'
			ON DUPLICATE KEY UPDATE dated = VALUES(dated), path = VALUES(path)"
		);
		// Of a file that got another name since, or by a version that went by the type alone.
		$wpdb->query(
			"UPDATE $table SET state = 'not_optimized', cause = ''
			WHERE " . str_replace( 'ID', 'attachment_id', $where ) . " AND state = 'unsupported' AND cause = 'type_not_supported'
			AND attachment_id IN (SELECT ID FROM {$wpdb->posts} LEFT JOIN {$wpdb->postmeta} AS file ON file.post_id = ID AND file.meta_key = '_wp_attached_file' WHERE $where AND $taken)"
		);
		self::find_1_2( $where );
	}

	/** The condition in SQL for an attachment the service takes, by its file's name or its type; the worker looks at the file. */
	private static function is_taken( string $type, string $file ): string {
		global $wpdb;
		$parts = array( "$type IN ('" . implode( "','", array_map( 'esc_sql', Decisions::get( 'mime_types' ) ) ) . "')" );
		foreach ( Decisions::get( 'file_extensions' ) as $extension ) {
			$parts[] = $wpdb->prepare( "LOWER($file) LIKE %s", '%' . $wpdb->esc_like( ".$extension" ) );
		}
		return '(' . implode( ' OR ', $parts ) . ')';
	}

	/**
	 * What version 1.2 has optimized was paid for: it is not sent again until its file changes. Not where we have notes of an
	 * image: then we have seen its files since.
	 */
	private static function find_1_2( string $where ): void {
		global $wpdb;
		$table   = Queue::table();
		$becomes = Decisions::get( 'standings', Decisions::get( 'events', 'found_1_2', 'never' ) );
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE $table SET state = %s, cause = %s, lease = '', due_at = %d
				WHERE " . str_replace( 'ID', 'attachment_id', $where ) . ' AND ' . Queue\Event::where( 'found_1_2' ) . "
				AND attachment_id IN (SELECT post_id FROM {$wpdb->postmeta} WHERE " . str_replace( 'ID', 'post_id', $where ) . " AND meta_key = '_slash_image_data' AND meta_value LIKE %s)
				AND attachment_id NOT IN (SELECT post_id FROM {$wpdb->postmeta} WHERE " . str_replace( 'ID', 'post_id', $where ) . ' AND meta_key = %s)',
				$becomes['state'],
				$becomes['cause'],
				time(),
				'%' . $wpdb->esc_like( '"optimized";b:1;' ) . '%',
				Files\Image::META
			)
		);
	}
}
