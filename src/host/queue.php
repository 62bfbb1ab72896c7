<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * The queue: one table, one row an attachment. A row stays after its work is done and says how it went. `paused` is not
 * in here: it is what a waiting row looks like while the connection needs reconnecting.
 */
final class Queue {
	/** How long a claim lasts before another worker may take the image: longer than one image's requests can. */
	private const LEASE = 600;

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
			PRIMARY KEY  (attachment_id),
			KEY claim (state,due_at)
			) $collate;"
		);
	}

	/** Puts an image in the queue, or back in. `$state` is `waiting` or `unsupported`; due at once unless said. */
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
				'due_at'       => $waits ? time() + Hold::seconds( $outcome, (int) $row->tries, $retry_after ) : 0,
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
		$in    = implode( ',', array_map( 'intval', $ids ) );
		$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d WHERE state = 'waiting' AND attachment_id IN ($in)", time() ) );
	}

	/** Puts failed images back: one, or all with null. Returns how many. */
	public static function retry( ?int $id = null ): int {
		global $wpdb;
		$table = self::table();
		$one   = null === $id ? '' : $wpdb->prepare( ' AND attachment_id = %d', $id );
		return (int) $wpdb->query(
			$wpdb->prepare(
				"UPDATE $table SET state = 'waiting', cause = '', due_at = %d, claims = 0, tries = 0 WHERE state = 'failed'",
				time()
			) . $one
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

	/** @return object[] The rows of these attachments, keyed by id: one query. */
	public static function rows( array $ids ): array {
		global $wpdb;
		if ( ! $ids ) {
			return array();
		}
		$table = self::table();
		$in    = implode( ',', array_map( 'intval', $ids ) );
		return $wpdb->get_results( "SELECT * FROM $table WHERE attachment_id IN ($in)", OBJECT_K );
	}

	/** How many images are in each state, and their bytes before and after. */
	public static function summary(): array {
		global $wpdb;
		$table   = self::table();
		$summary = array_fill_keys( array_keys( Decisions::get( 'schemas', 'summary', 'properties' ) ), 0 );
		$groups  = $wpdb->get_results(
			"SELECT state, COUNT(*) AS images, SUM(bytes_before) AS bytes_before, SUM(bytes_after) AS bytes_after
			FROM $table GROUP BY state"
		);
		foreach ( $groups as $group ) {
			$summary[ $group->state ] = (int) $group->images;
			$summary['bytes_before'] += (int) $group->bytes_before;
			$summary['bytes_after']  += (int) $group->bytes_after;
		}
		return $summary;
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
