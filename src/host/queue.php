<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * The queue: one table, one row an image, from its upload to its deletion. A row that is `not_optimized` is out of the
 * queue; one whose work is done stays and says how it went. `paused` is not in here: it is what a waiting row looks like
 * while the connection needs reconnecting. `due_at` is when a row may be claimed and, once it is done, when that was;
 * `asked`, in milliseconds, when a person last asked for the image.
 */
final class Queue {
	/** How urgent an image is: what a person clicked, a new upload or change, the backlog. */
	public const CLICK   = 0;
	public const UPLOAD  = 1;
	public const BACKLOG = 2;

	/** Rows changed in one statement: a hundred thousand at once would keep everybody else waiting. */
	private const AT_ONCE = 10000;

	/** Seconds over which the pace is taken. */
	private const PACE = 300;

	private const COLUMNS = "
		attachment_id bigint(20) unsigned NOT NULL,
		state varchar(16) NOT NULL,
		cause varchar(32) NOT NULL DEFAULT '',
		due_at bigint(20) unsigned NOT NULL DEFAULT 0,
		added_at bigint(20) unsigned NOT NULL DEFAULT 0,
		lease varchar(32) NOT NULL DEFAULT '',
		claims int(10) unsigned NOT NULL DEFAULT 0,
		sent int(10) unsigned NOT NULL DEFAULT 0,
		tries int(10) unsigned NOT NULL DEFAULT 0,
		bytes_before bigint(20) unsigned NOT NULL DEFAULT 0,
		bytes_after bigint(20) unsigned NOT NULL DEFAULT 0,
		dated datetime NOT NULL DEFAULT '1970-01-01 00:00:00',
		priority tinyint(3) unsigned NOT NULL DEFAULT 2,
		path char(32) NOT NULL DEFAULT '',
		asked bigint(20) unsigned NOT NULL DEFAULT 0,
	";

	/** @var array<string, array<int, ?object>> By table, rows that were read ahead; null: there is none. */
	private static array $ahead = array();

	/** @var array<string, array<int, object>> By table, rows that this request made: a replica that lags does not know them yet. */
	private static array $made = array();

	public static function table(): string {
		global $wpdb;
		return $wpdb->prefix . 'slashimage_queue';
	}

	/** Makes the table, or what is missing of it. Returns whether it is whole then. */
	public static function install(): bool {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$table   = self::table();
		$collate = $wpdb->get_charset_collate();
		self::drop_indexes();
		dbDelta(
			"CREATE TABLE $table (
			" . trim( self::COLUMNS ) . "
			PRIMARY KEY  (attachment_id),
			KEY due (state,priority,due_at),
			KEY path (path),
			KEY page (state,dated,attachment_id,cause),
			KEY cause (state,cause)
			) $collate;"
		);
		return self::is_whole();
	}

	/** Drops what dbDelta, which only adds, would stumble over: the index before `due`, and a `due` that lost a column. */
	private static function drop_indexes(): void {
		global $wpdb;
		$table = self::table();
		$found = array();
		$shown = $wpdb->suppress_errors();
		foreach ( (array) $wpdb->get_results( "SHOW INDEX FROM $table" ) as $part ) {
			$found[ $part->Key_name ][] = $part->Column_name; // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- MySQL's.
		}
		$wpdb->suppress_errors( $shown );
		if ( isset( $found['claim'] ) ) {
			$wpdb->query( "ALTER TABLE $table DROP INDEX claim" );
		}
		if ( isset( $found['due'] ) && array( 'state', 'priority', 'due_at' ) !== $found['due'] ) {
			$wpdb->query( "ALTER TABLE $table DROP INDEX due" );
		}
	}

	/** Whether the table is there with all of its columns. */
	public static function is_whole(): bool {
		global $wpdb;
		$table   = self::table();
		$shown   = $wpdb->suppress_errors();
		$columns = $wpdb->get_col( "DESCRIBE $table" );
		$wpdb->suppress_errors( $shown );
		preg_match_all( '/^\s*(\w+)/m', trim( self::COLUMNS ), $needed );
		return ! array_diff( $needed[1], (array) $columns );
	}

	/** Writes an image's row anew: `waiting`, `unsupported` or `not_optimized`; due at once unless said. */
	public static function add( int $id, string $state, string $cause = '', int $due_at = 0, int $priority = self::UPLOAD ): void {
		global $wpdb;
		$row = array(
			'attachment_id' => $id,
			'state'         => $state,
			'cause'         => $cause,
			'due_at'        => $due_at ? $due_at : time(),
			'added_at'      => time(),
			'dated'         => get_post_field( 'post_date', $id ),
			'priority'      => $priority,
			'path'          => self::path( (string) get_post_meta( $id, '_wp_attached_file', true ) ),
		);
		if ( $wpdb->replace( self::table(), $row ) ) {
			self::$made[ self::table() ][ $id ] = (object) ( $row + array_fill_keys( array( 'claims', 'sent', 'tries', 'bytes_before', 'bytes_after', 'asked' ), 0 ) + array( 'lease' => '' ) );
		}
	}

	/** A file's path as the rows have it: images that share a file are found by it. Empty: none. */
	public static function path( string $file ): string {
		return '' === $file ? '' : md5( $file );
	}

	/** Notes which file an attachment has. */
	public static function move( int $id, string $file ): void {
		global $wpdb;
		$wpdb->update( self::table(), array( 'path' => self::path( $file ) ), array( 'attachment_id' => $id ) );
	}

	/** @return int[] The other attachments that have the same file. */
	public static function sharing( int $id ): array {
		global $wpdb;
		$table = self::table();
		$file  = (string) get_post_meta( $id, '_wp_attached_file', true );
		$ids   = '' === $file ? array() : $wpdb->get_col( $wpdb->prepare( "SELECT attachment_id FROM $table WHERE path = %s AND attachment_id <> %d", self::path( $file ), $id ) );
		// The rows may be behind.
		return array_values( array_filter( array_map( 'intval', $ids ), static fn( int $other ): bool => get_post_meta( $other, '_wp_attached_file', true ) === $file ) );
	}

	public static function remove( int $id ): void {
		global $wpdb;
		$wpdb->delete( self::table(), array( 'attachment_id' => $id ) );
		unset( self::$made[ self::table() ][ $id ] );
	}

	/** Makes every waiting image due now, but for uploads under way: nobody should sit out an old delay. */
	public static function release(): void {
		global $wpdb;
		$table = self::table();
		$wpdb->query(
			$wpdb->prepare( "UPDATE $table SET due_at = %d WHERE state = 'waiting' AND due_at > %d AND cause <> 'uploading'", time(), time() )
		);
	}

	/** Makes these images due now: their upload is complete. Returns how many are. */
	public static function ready( array $ids ): int {
		global $wpdb;
		$table = self::table();
		$in    = self::ids( $ids );
		return (int) $wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d WHERE state = 'waiting' AND attachment_id IN ($in)", time() ) );
	}

	/**
	 * Has images wait that are in one of these states: the given ones, or all with null. Those in the trash, and those whose
	 * upload is not complete, are left. Returns how many.
	 */
	public static function start( array $from, ?array $ids = null, int $priority = self::BACKLOG ): int {
		global $wpdb;
		$table = self::table();
		$where = 'state IN (' . self::texts( $from ) . ") AND cause <> 'trashed'" . ( null === $ids ? '' : ' AND attachment_id IN (' . self::ids( $ids ) . ')' );
		$total = 0;
		do {
			$changed = (int) $wpdb->query(
				$wpdb->prepare(
					"UPDATE $table SET state = 'waiting', cause = '', due_at = %d, added_at = %d, claims = 0, sent = 0, tries = 0, asked = %d, priority = %d
					WHERE $where LIMIT %d",
					time(),
					time(),
					Files\Refusals::now(),
					$priority,
					self::AT_ONCE
				)
			);
			$total  += $changed;
		} while ( self::AT_ONCE === $changed );
		return $total;
	}

	/**
	 * Takes every image that waits, or is at work, out of the queue. The lease stays: what a worker has under way is paid for,
	 * and may come to its end.
	 */
	public static function stop(): void {
		global $wpdb;
		$table = self::table();
		$where = Queue\Event::where( 'stop' );
		do {
			$changed = $wpdb->query(
				$wpdb->prepare( "UPDATE $table SET state = 'not_optimized', cause = 'stopped' WHERE $where LIMIT %d", self::AT_ONCE )
			);
		} while ( self::AT_ONCE === $changed );
	}

	/** Notes another date of an image: the media list is sorted by it. */
	public static function date( int $id, string $dated ): void {
		global $wpdb;
		$wpdb->update( self::table(), array( 'dated' => $dated ), array( 'attachment_id' => $id ) );
	}

	/** Writes a row back as it was. */
	public static function put_back( object $row ): void {
		global $wpdb;
		$wpdb->replace( self::table(), (array) $row );
	}

	/** How many rows there are under a condition of Image_View. */
	public static function count( string $where ): int {
		global $wpdb;
		$table = self::table();
		return (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table WHERE $where" );
	}

	/**
	 * A page of the images under a condition, by date, `ASC` or `DESC`. From the table's index alone, whatever the size of
	 * the library.
	 *
	 * @return int[]
	 */
	public static function page( string $where, string $order, int $limit, int $offset ): array {
		global $wpdb;
		$table = self::table();
		return array_map(
			'intval',
			$wpdb->get_col(
				$wpdb->prepare(
					"SELECT attachment_id FROM $table WHERE $where ORDER BY dated $order, attachment_id $order LIMIT %d OFFSET %d",
					$limit,
					$offset
				)
			)
		);
	}

	/** When the next image is due, in unix time; null when none waits. Each part is one read of the index. */
	public static function next_due(): ?int {
		global $wpdb;
		$table = self::table();
		$parts = array( "SELECT MIN(due_at) AS due_at FROM $table WHERE state = 'optimizing'" );
		foreach ( array( self::CLICK, self::UPLOAD, self::BACKLOG ) as $priority ) {
			$parts[] = "SELECT MIN(due_at) AS due_at FROM $table WHERE state = 'waiting' AND priority = $priority";
		}
		$due = $wpdb->get_var( 'SELECT MIN(due_at) FROM (' . implode( ' UNION ALL ', $parts ) . ') AS parts' );
		return null === $due ? null : (int) $due;
	}

	/**
	 * How many images wait, since when the oldest does, and when the first was due, in unix time; null where none waits.
	 *
	 * @return array{images: int, since: ?int, due_at: ?int}
	 */
	public static function waiting(): array {
		global $wpdb;
		$table = self::table();
		$row   = $wpdb->get_row(
			"SELECT COUNT(*) AS images, MIN(added_at) AS since, MIN(due_at) AS due_at FROM $table WHERE state = 'waiting'",
			ARRAY_A
		);
		$some  = $row && $row['images'] > 0;
		return array(
			'images' => $some ? (int) $row['images'] : 0,
			'since'  => $some ? (int) $row['since'] : null,
			'due_at' => $some ? (int) $row['due_at'] : null,
		);
	}

	/** @return object[] The rows of these attachments, keyed by id: one query, or none if they were read ahead. */
	public static function rows( array $ids ): array {
		global $wpdb;
		$ahead = array_intersect_key( self::$ahead[ self::table() ] ?? array(), array_flip( $ids ) );
		if ( count( $ahead ) === count( $ids ) ) {
			return array_filter( $ahead );
		}
		$table = self::table();
		$in    = self::ids( $ids );
		$rows  = $wpdb->get_results( "SELECT * FROM $table WHERE attachment_id IN ($in)", OBJECT_K );
		return (array) $rows + array_intersect_key( self::$made[ $table ] ?? array(), array_flip( $ids ) );
	}

	/** Reads the rows of attachments that will be asked for one by one. */
	public static function read_ahead( array $ids ): void {
		unset( self::$ahead[ self::table() ] );
		self::$ahead[ self::table() ] = self::rows( $ids ) + array_fill_keys( $ids, null );
	}

	/** How many images are in each state, and their bytes before and after. */
	public static function summary(): array {
		global $wpdb;
		$table   = self::table();
		$summary = array_fill_keys( array( ...Decisions::get( 'row_states' ), 'bytes_before', 'bytes_after' ), 0 );
		// Apart: the numbers are in an index, and for the bytes it would have to look up every row.
		// What is in the trash is not asked for.
		$states = $wpdb->get_results( "SELECT state, COUNT(*) AS images FROM $table WHERE cause <> 'trashed' GROUP BY state" );
		$bytes  = $wpdb->get_row( "SELECT SUM(bytes_before) AS bytes_before, SUM(bytes_after) AS bytes_after FROM $table" );
		foreach ( $states as $row ) {
			$summary[ $row->state ] = (int) $row->images;
		}
		$summary['bytes_before'] = (int) $bytes->bytes_before;
		$summary['bytes_after']  = (int) $bytes->bytes_after;
		return array( 'pace' => self::pace() ) + $summary;
	}

	/** How many images were finished in the last minutes, and how long ago the first of them was. */
	private static function pace(): array {
		global $wpdb;
		$table = self::table();
		$done  = $wpdb->get_row(
			$wpdb->prepare(
				// The priorities let the index find the times. What version 1.2 had optimized tells nothing of the pace.
				"SELECT COUNT(*) AS images, MIN(due_at) AS since FROM $table WHERE state = 'optimized' AND priority IN (0, 1, 2) AND due_at > %d AND cause = ''",
				time() - self::PACE
			)
		);
		return array(
			'images'  => (int) $done->images,
			'seconds' => $done->images > 0 ? max( 0, time() - (int) $done->since ) : 0,
		);
	}

	private static function ids( array $ids ): string {
		return implode( ',', array_map( 'intval', $ids ) );
	}

	private static function texts( array $texts ): string {
		return "'" . implode( "','", array_map( 'esc_sql', $texts ) ) . "'";
	}
}
