<?php
declare( strict_types=1 );

namespace SlashImage;

use SlashImage\Queue\Row;

/** What can be done with an image: optimize, retry, restore. Which image it is for is in src/validation's table. */
final class Image_Action {
	/** Does it. Returns why not otherwise. Work that was added is begun by Schedule::next(), once for all of it. */
	public static function run( string $action, int $id ): ?\WP_Error {
		$rule = Decisions::get( 'image_actions', $action );
		if ( 'restore' === $action ) {
			return self::restore( $id, $rule );
		}
		Library::added( $id );
		return Queue::start( $rule['from'], array( $id ), Queue::CLICK ) ? null : Rest_Error::request( $rule['refusal'], 409 );
	}

	/** Does it with every image it is for. */
	public static function run_all( string $action ): void {
		Library::index( 10 );
		Queue::start( Decisions::get( 'image_actions', $action, 'fromAll' ) );
		Library::count_failed();
		Schedule::next();
	}

	/**
	 * Puts the originals back, of all attachments that share the files. The rows go first: no worker goes on with them from
	 * then on, and one that is killed half-way can be asked for again.
	 */
	private static function restore( int $id, array $rule ): ?\WP_Error {
		$row   = Queue::rows( array( $id ) )[ $id ] ?? Image_View::unknown( $id );
		$lease = bin2hex( random_bytes( 16 ) );
		$image = new Files\Image( $id, $lease );
		if ( ! $image->saved() ) {
			// The database may have lost what is known beside the originals.
			$image->compare();
		}
		if ( ! $image->saved() || ! Row::take_out( $id, $rule['from'], 'restore_interrupted', $lease ) ) {
			return Rest_Error::request( 'optimizing' === $row->state ? 'image_busy' : $rule['refusal'], 409 );
		}
		$others = Queue::rows( Queue::sharing( $id ) );
		foreach ( array_keys( $others ) as $other ) {
			Row::take_out( (int) $other, $rule['from'], 'restore_interrupted', $lease );
		}
		if ( '' !== ( $row->lease ?? '' ) ) {
			// Of a restore or a worker that was killed.
			$image->sweep();
		}
		$problem = $image->restore();
		if ( '' === $problem ) {
			// Where the original of one of its files is missing, that one stays as it is.
			$cause = $image->saved() ? 'restored_in_part' : 'restored';
			Row::settle( $id, array( 'not_optimized' ), 'not_optimized', $cause, $image->total( 'before' ), $image->total( 'after' ) );
			Files\Shared::restored( $id );
			$image->tell( 'restored' );
			return null;
		}
		$bytes = array( $image->total( 'before' ), $image->total( 'after' ) );
		$is_as = array( (int) $row->bytes_before, (int) $row->bytes_after ) === $bytes;
		if ( $is_as || 'restore_failed' !== $problem ) {
			array_map( array( Queue::class, 'put_back' ), array_merge( array( $row ), array_values( $others ) ) );
		}
		if ( ! $is_as ) {
			// Some are back already, or did not fit the files any more: it goes on when it is asked for again.
			$state = 'restore_failed' === $problem ? 'not_optimized' : $row->state;
			Row::settle( $id, array( $state ), $state, 'restore_failed' === $problem ? 'restore_interrupted' : $row->cause, ...$bytes );
		}
		return Rest_Error::request( $problem, 'restore_failed' === $problem ? 500 : 409 );
	}
}
