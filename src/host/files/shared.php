<?php
declare( strict_types=1 );

namespace SlashImage\Files;

use SlashImage\Queue;
use SlashImage\Queue\Row;

/**
 * Attachments that share their files, as translation plugins make them: what is done to the files of one is done to all,
 * and each of them says so.
 */
final class Shared {
	/** The states in which nothing more becomes of an image's files. */
	private const DONE = array( 'optimized', 'partly_optimized', 'failed', 'unsupported' );

	/** The states in which a row takes over what happened to its files; one that is at work finds out by itself. */
	private const IDLE = array( 'not_optimized', 'waiting', 'failed', 'elsewhere', 'optimized', 'partly_optimized' );

	/** Has the others that share this image's files note what they are now. Those with open files of their own stay as they are. */
	public static function follow( int $id ): void {
		foreach ( Queue::sharing( $id ) as $other ) {
			self::adopt( $other, $id );
		}
	}

	/** Has an image whose every file is a result that is recorded, or was refused, say what another one with the same files says. Sends nothing. */
	public static function adopt( int $id, int $from ): void {
		$row   = Queue::rows( array( $from ) )[ $from ] ?? null;
		$image = new Image( $id );
		$image->compare();
		if ( ! $row || ! in_array( $row->state, self::DONE, true ) || ! $image->is_here() || ! $image->is_as_far_as( new Image( $from ) ) ) {
			return;
		}
		$image->save();
		Row::settle( $id, self::IDLE, $row->state, $row->cause, $image->total( 'before' ), $image->total( 'after' ) );
	}

	/** Has the others that share this image's files say that their originals were put back. */
	public static function restored( int $id ): void {
		foreach ( Queue::sharing( $id ) as $other ) {
			$image = new Image( $other );
			$image->compare();
			$image->save();
			Row::settle( $other, array( 'not_optimized' ), 'not_optimized', 'restored', 0, 0 );
		}
	}
}
