<?php
declare( strict_types=1 );

namespace SlashImage\Queue;

use SlashImage\Decisions;
use SlashImage\Files\Image;
use SlashImage\Library;
use SlashImage\Queue;

/** What happens to an image, and what becomes of its row: src/validation's table of events says so. */
final class Event {
	/** What can be seen from the files. */
	private const OF_FILES = array( 'edit', 'replace', 'rename', 'size_added' );

	/** Something happened to an image. Returns whether it is to be looked at by a worker now. */
	public static function happened( string $event, int $id ): bool {
		$row      = Queue::rows( array( $id ) )[ $id ] ?? null;
		$standing = $row ? self::standing( $row ) : '';
		$effect   = Decisions::get( 'events', $event, $standing );
		if ( null === $effect ) {
			return false;
		}
		if ( 'earlier' === $standing ) {
			// What version 1.2 has optimized is kept as it is; only what came after is sent.
			( new Image( $id ) )->keep_all( (int) $row->due_at );
		}
		if ( 'sort' === $effect ) {
			Queue::remove( $id );
			Library::added( $id );
			return false;
		}
		$becomes = 'wait' === $effect ? array( 'state' => 'waiting', 'cause' => '' ) : Decisions::get( 'standings', $effect );
		$is_urgent = in_array( $event, Decisions::get( 'urgent_events' ), true );
		return self::change( $row, $becomes, $is_urgent ? Queue::UPLOAD : Queue::BACKLOG ) && 'wait' === $effect;
	}

	/**
	 * Looks whether files of an image are others than those that were done, or than those `$image` has compared. Returns
	 * whether it is to be looked at by a worker.
	 */
	public static function look( int $id, ?Image $image = null ): bool {
		$row = Queue::rows( array( $id ) )[ $id ] ?? null;
		if ( ! $row || ! array_filter( self::OF_FILES, static fn( string $event ): bool => null !== Decisions::get( 'events', $event, self::standing( $row ) ) ) ) {
			return false;
		}
		// The second it was done in. What failed then has not changed in it; and by a clock that was ahead it was done now.
		$done  = min( (int) $row->due_at, time() ) + ( 'optimized' === $row->state ? 0 : 1 );
		$event = $image ? $image->news() : ( new Image( $id ) )->news( $done );
		return '' !== $event && self::happened( $event, $id );
	}

	/** The rows an event changes, for many at once, as a condition in SQL. */
	public static function where( string $event ): string {
		$parts  = array();
		$causes = "'" . implode( "','", array_filter( array_column( Decisions::get( 'standings' ), 'cause' ) ) ) . "'";
		foreach ( array_keys( Decisions::get( 'events', $event ) ) as $standing ) {
			$is      = Decisions::get( 'standings', $standing );
			$parts[] = "(state = '{$is['state']}' AND cause " . ( '' === $is['cause'] ? "NOT IN ($causes)" : "= '{$is['cause']}'" ) . ')';
		}
		return '(' . implode( ' OR ', $parts ) . ')';
	}

	/** Why a row is in its state, where that decides; any other cause tells how the last attempt went. */
	private static function standing( object $row ): string {
		$fits = array();
		foreach ( Decisions::get( 'standings' ) as $standing => $is ) {
			if ( $is['state'] === $row->state ) {
				$fits[ $is['cause'] ] = $standing;
			}
		}
		return $fits[ $row->cause ] ?? $fits[''];
	}

	/** Writes it, unless somebody was faster. The lease stays: what a worker has under way is paid for. */
	private static function change( object $row, array $becomes, int $priority ): bool {
		global $wpdb;
		return 1 === $wpdb->update(
			Queue::table(),
			$becomes + array(
				// Due when this request is over, or if it dies, in a minute; of one that does not wait, when that was.
				'due_at'   => time() + ( 'waiting' === $becomes['state'] ? MINUTE_IN_SECONDS : 0 ),
				'added_at' => time(),
				'claims'   => 0,
				'sent'     => 0,
				'tries'    => 0,
				'priority' => $priority,
			),
			array(
				'attachment_id' => $row->attachment_id,
				'state'         => $row->state,
				'lease'         => $row->lease,
			)
		);
	}
}
