<?php
declare( strict_types=1 );

namespace SlashImage\Queue;

use SlashImage\Queue;

/** Changes to one image's row that no worker makes. Whoever was at work on it loses the claim with the lease. */
final class Row {
	/**
	 * Takes an image out of the queue, if it is in one of these states; `$cause` says why it is out, `$lease` is another one
	 * than any worker has. What is known of its bytes stays until `settle()`. Returns whether it was taken out.
	 *
	 * @param string[] $from
	 */
	public static function take_out( int $id, array $from, string $cause, string $lease ): bool {
		global $wpdb;
		$table = Queue::table();
		$from  = "'" . implode( "','", array_map( 'esc_sql', $from ) ) . "'";
		return 1 === $wpdb->query(
			$wpdb->prepare(
				"UPDATE $table SET state = 'not_optimized', cause = %s, lease = %s, claims = 0, sent = 0, tries = 0 WHERE attachment_id = %d AND state IN ($from)",
				$cause,
				$lease,
				$id
			)
		);
	}

	/** Writes what the files of an image are now. Nobody's claim is touched that began meanwhile: `$from` are the states it may have. */
	public static function settle( int $id, array $from, string $state, string $cause, int $before, int $after ): void {
		global $wpdb;
		$table = Queue::table();
		$from  = "'" . implode( "','", array_map( 'esc_sql', $from ) ) . "'";
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE $table SET state = %s, cause = %s, lease = '', due_at = %d, bytes_before = %d, bytes_after = %d WHERE attachment_id = %d AND state IN ($from)",
				$state,
				$cause,
				time(),
				$before,
				$after,
				$id
			)
		);
	}
}
