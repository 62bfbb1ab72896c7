<?php
declare( strict_types=1 );

namespace SlashImage\Files;

use SlashImage\Queue;
use SlashImage\Queue\Event;

/**
 * Looks through the optimized images, in steps: after an update, whose notes say more, and after the plugin was not there
 * for a while, when files may have been replaced. Nothing is sent by it; an image with other files waits for its turn.
 */
final class Review {
	/** The next id to look at; -1 when all were. */
	public const OPTION = 'slashimage_review';

	private const AT_ONCE = 100;

	public static function begin(): void {
		// The folder of earlier versions is public until it is looked for.
		Vault::all();
		update_option( self::OPTION, 0, false );
	}

	/** Goes on for about `$seconds`. Returns whether all were looked at. */
	public static function run( float $seconds ): bool {
		$next  = (int) get_option( self::OPTION, -1 );
		$until = microtime( true ) + $seconds;
		while ( $next >= 0 && microtime( true ) < $until ) {
			$rows = self::rows( $next );
			foreach ( $rows as $row ) {
				self::look( (int) $row->attachment_id, 'optimized_1_2' === $row->cause ? (int) $row->due_at : 0 );
			}
			$next = $rows ? (int) end( $rows )->attachment_id + 1 : -1;
			update_option( self::OPTION, $next, false );
		}
		return $next < 0;
	}

	/** `$found`: when version 1.2 was found to have optimized it; 0: it was us. */
	private static function look( int $id, int $found ): void {
		$image = new Image( $id );
		if ( $found ) {
			$image->keep_all( $found );
		}
		if ( $image->looks_done() ) {
			return;
		}
		if ( ! $image->compare() ) {
			$image->save();
		} elseif ( $image->is_here() ) {
			Event::happened( 'replace', $id );
		}
	}

	/** @return object[] */
	private static function rows( int $from ): array {
		global $wpdb;
		$table = Queue::table();
		return (array) $wpdb->get_results( $wpdb->prepare( "SELECT attachment_id, cause, due_at FROM $table WHERE attachment_id >= %d AND state IN ('optimized', 'partly_optimized') ORDER BY attachment_id LIMIT %d", $from, self::AT_ONCE ) );
	}
}
