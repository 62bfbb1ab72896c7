<?php
declare( strict_types=1 );

namespace SlashImage;

/** What can be done with an image: optimize, retry, restore. Which image it is for is in src/validation's table. */
final class Image_Action {
	/** Does it. Returns why not otherwise. Work that was added is begun by Schedule::next(), once for all of it. */
	public static function run( string $action, int $id ): ?\WP_Error {
		$rule = Decisions::get( 'image_actions', $action );
		if ( 'restore' === $action ) {
			return self::restore( $id, $rule );
		}
		Library::added( $id );
		return Queue::start( $rule['from'], array( $id ) ) ? null : Rest_Error::request( $rule['refusal'], 409 );
	}

	/** Does it with every image it is for. */
	public static function run_all( string $action ): void {
		Library::index( 10 );
		Queue::start( Decisions::get( 'image_actions', $action, 'from' ) );
		Library::count_failed();
		Schedule::next();
	}

	/** Puts the originals back. The row goes first: no worker can take the image from then on. */
	private static function restore( int $id, array $rule ): ?\WP_Error {
		$row   = Queue::rows( array( $id ) )[ $id ] ?? Image_View::unknown( $id );
		$files = new Files( $id );
		if ( ! $files->saved() || ! Queue::leave( $id, $rule['from'] ) ) {
			return Rest_Error::request( 'optimizing' === $row->state ? 'image_busy' : $rule['refusal'], 409 );
		}
		$problem = $files->restore();
		if ( '' === $problem ) {
			return null;
		}
		Queue::put_back( $row );
		return Rest_Error::request( $problem, 'restore_failed' === $problem ? 500 : 409 );
	}
}
