<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * The queue: one table, one row an image, from its upload to its deletion. A row that is `not_optimized` is out of the
 * queue; one whose work is done stays and says how it went. `paused` is not in here: it is what a waiting row looks like
 * while the connection needs reconnecting. `due_at` is when a row may be claimed and, once it is done, when that was.
 */
final class Queue {
	/** Rows changed in one statement: a hundred thousand at once would keep everybody else waiting. */
	private const AT_ONCE = 10000;

	/** Seconds over which the pace is taken. */
	private const PACE = 300;

	/** How long a claim lasts before another worker may take the image: longer than one image's requests can. */
	private const LEASE = 600;

	/** @var array<int, ?object> Rows that were read ahead; null: there is none. */
	private static array $ahead = array();

	public static function table(): string {
		global $wpdb;
		return $wpdb->prefix . 'slashimage_queue';
	}

	public static function install(): void {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$table   = self::table();
		$collate = $wpdb->get_charset_collate();
		dbDelta(
			"CREATE TABLE $table (
			attachment_id bigint(20) unsigned NOT NULL,
			state varchar(16) NOT NULL,
			cause varchar(32) NOT NULL DEFAULT '',
			due_at bigint(20) unsigned NOT NULL DEFAULT 0,
			added_at bigint(20) unsigned NOT NULL DEFAULT 0,
			lease varchar(32) NOT NULL DEFAULT '',
			claims int(10) unsigned NOT NULL DEFAULT 0,
			tries int(10) unsigned NOT NULL DEFAULT 0,
			bytes_before bigint(20) unsigned NOT NULL DEFAULT 0,
			bytes_after bigint(20) unsigned NOT NULL DEFAULT 0,
			dated datetime NOT NULL DEFAULT '1970-01-01 00:00:00',
			PRIMARY KEY  (attachment_id),
			KEY claim (state,due_at),
			KEY page (state,dated,attachment_id,cause),
			KEY cause (state,cause)
			) $collate;"
		);
	}

	/** Writes an image's row anew: `waiting`, `unsupported` or `not_optimized`; due at once unless said. */
	public static function add( int $id, string $state, string $cause = '', int $due_at = 0 ): void {
		global $wpdb;
		$wpdb->replace(
			self::table(),
			array(
				'attachment_id' => $id,
				'state'         => $state,
				'cause'         => $cause,
				'due_at'        => $due_at ? $due_at : time(),
				'added_at'      => time(),
				'dated'         => get_post_field( 'post_date', $id ),
			)
		);
	}

	public static function remove( int $id ): void {
		global $wpdb;
		$wpdb->delete( self::table(), array( 'attachment_id' => $id ) );
	}

	/**
	 * Claims up to `$limit` images that are due, in one statement: of several workers each row goes to one. A claim whose
	 * worker died is due again when its lease ends. Both statements keep to the order of the index: a hundred thousand
	 * waiting images cost no more than three.
	 *
	 * @return object[] Rows.
	 */
	public static function claim( int $limit ): array {
		global $wpdb;
		$lease = bin2hex( random_bytes( 16 ) );
		$table = self::table();
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE $table SET lease = %s, due_at = %d, state = 'optimizing', claims = claims + 1
				WHERE state IN ('waiting', 'optimizing') AND due_at <= %d ORDER BY state, due_at LIMIT %d",
				$lease,
				time() + self::LEASE,
				time(),
				$limit
			)
		);
		return $wpdb->get_results(
			$wpdb->prepare( "SELECT * FROM $table WHERE state = 'optimizing' AND lease = %s", $lease )
		);
	}

	/**
	 * Has images wait again whose claim's lease has ended: what looks for the rows of a state must find them there. The
	 * lease stays, for a worker that was only slow.
	 */
	public static function end_leases(): void {
		global $wpdb;
		$table = self::table();
		$wpdb->query( $wpdb->prepare( "UPDATE $table SET state = 'waiting' WHERE state = 'optimizing' AND due_at <= %d", time() ) );
	}

	/** Gives a claimed image back untouched. */
	public static function give_back( object $row ): void {
		self::finish(
			$row,
			array(
				'state'  => 'waiting',
				'due_at' => time(),
				'claims' => max( 0, (int) $row->claims - 1 ),
			)
		);
	}

	/**
	 * Writes what came of an attempt, as the outcomes table says. Nothing is written when the claim was lost meanwhile
	 * (the lease ended, or the image was put back in the queue).
	 */
	public static function record( object $row, string $outcome, int $retry_after, int $before, int $after ): void {
		$state = Decisions::get( 'outcomes', $outcome, 'image' );
		$waits = 'waiting' === $state;
		self::finish(
			$row,
			array(
				'state'        => $state,
				'cause'        => 'optimized' === $state ? '' : $outcome,
				'due_at'       => time() + ( $waits ? Hold::seconds( $outcome, (int) $row->tries, $retry_after ) : 0 ),
				'claims'       => 0,
				'tries'        => $waits ? (int) $row->tries + 1 : 0,
				'bytes_before' => $before,
				'bytes_after'  => $after,
			)
		);
	}

	/** Makes every waiting image due now: the connection is back, and nobody should sit out an old delay. */
	public static function release(): void {
		global $wpdb;
		$table = self::table();
		$wpdb->query(
			$wpdb->prepare( "UPDATE $table SET due_at = %d WHERE state = 'waiting' AND due_at > %d", time(), time() )
		);
	}

	/** Makes these images due now: their upload is complete. */
	public static function ready( array $ids ): void {
		global $wpdb;
		$table = self::table();
		$in    = self::ids( $ids );
		$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d WHERE state = 'waiting' AND attachment_id IN ($in)", time() ) );
	}

	/** Has images wait that are in one of these states: the given ones, or all with null. Returns how many. */
	public static function start( array $from, ?array $ids = null ): int {
		global $wpdb;
		$table = self::table();
		$where = 'state IN (' . self::texts( $from ) . ')' . ( null === $ids ? '' : ' AND attachment_id IN (' . self::ids( $ids ) . ')' );
		$total = 0;
		do {
			$changed = (int) $wpdb->query(
				$wpdb->prepare(
					"UPDATE $table SET state = 'waiting', cause = '', due_at = %d, added_at = %d, claims = 0, tries = 0
					WHERE $where LIMIT %d",
					time(),
					time(),
					self::AT_ONCE
				)
			);
			$total  += $changed;
		} while ( self::AT_ONCE === $changed );
		return $total;
	}

	/** Takes every image that waits out of the queue. */
	public static function stop(): void {
		global $wpdb;
		$table = self::table();
		do {
			$changed = $wpdb->query(
				$wpdb->prepare( "UPDATE $table SET state = 'not_optimized', cause = '' WHERE state = 'waiting' LIMIT %d", self::AT_ONCE )
			);
		} while ( self::AT_ONCE === $changed );
	}

	/** Takes an image out of the queue, if it is in one of these states. Returns whether it was. */
	public static function leave( int $id, array $from ): bool {
		global $wpdb;
		$table = self::table();
		$from  = self::texts( $from );
		return 1 === $wpdb->query(
			$wpdb->prepare(
				"UPDATE $table SET state = 'not_optimized', cause = '', lease = '', claims = 0, tries = 0, bytes_before = 0, bytes_after = 0
				WHERE attachment_id = %d AND state IN ($from)",
				$id
			)
		);
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

	/** When the next image is due, in unix time; null when none waits. */
	public static function next_due(): ?int {
		global $wpdb;
		$table = self::table();
		$due   = $wpdb->get_var( "SELECT MIN(due_at) FROM $table WHERE state IN ('waiting', 'optimizing')" );
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
		$ahead = array_intersect_key( self::$ahead, array_flip( $ids ) );
		if ( count( $ahead ) === count( $ids ) ) {
			return array_filter( $ahead );
		}
		$table = self::table();
		$in    = self::ids( $ids );
		return $wpdb->get_results( "SELECT * FROM $table WHERE attachment_id IN ($in)", OBJECT_K );
	}

	/** Reads the rows of attachments that will be asked for one by one. */
	public static function read_ahead( array $ids ): void {
		self::$ahead = array_diff_key( self::$ahead, array_flip( $ids ) );
		self::$ahead = self::rows( $ids ) + array_fill_keys( $ids, null );
	}

	/** How many images are in each state, and their bytes before and after. */
	public static function summary(): array {
		global $wpdb;
		$table   = self::table();
		$summary = array_fill_keys( array_keys( Decisions::get( 'schemas', 'summary', 'properties' ) ), 0 );
		// Apart: the numbers are in an index, and for the bytes it would have to look up every row.
		$states = $wpdb->get_results( "SELECT state, COUNT(*) AS images FROM $table GROUP BY state" );
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
				"SELECT COUNT(*) AS images, MIN(due_at) AS since FROM $table WHERE state = 'optimized' AND due_at > %d",
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

	private static function finish( object $row, array $fields ): void {
		global $wpdb;
		$wpdb->update(
			self::table(),
			array( 'lease' => '' ) + $fields,
			array(
				'attachment_id' => $row->attachment_id,
				'lease'         => $row->lease,
			)
		);
	}
}
