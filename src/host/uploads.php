<?php
declare( strict_types=1 );

namespace SlashImage;

/** What happens to an attachment that comes or goes. */
final class Uploads {
	/**
	 * Puts a new image in the queue, once WordPress has made its sizes. It is due when the upload's request is over, and
	 * after a minute in case that request dies: until then the sizes are not on record.
	 *
	 * @param mixed $metadata
	 * @return mixed The metadata, unchanged.
	 */
	public static function generated( $metadata, int $id ) {
		$mime = (string) get_post_mime_type( $id );
		if ( in_array( $mime, Decisions::get( 'mime_types' ), true ) ) {
			Queue::add( $id, 'waiting', '', time() + MINUTE_IN_SECONDS );
			Schedule::after_upload( $id );
		} elseif ( 0 === strpos( $mime, 'image/' ) ) {
			Queue::add( $id, 'unsupported', 'type_not_supported' );
		}
		return $metadata;
	}

	/**
	 * Has an image wait again whose file is another one since it was optimized: the image editor puts a new one in its
	 * place. What has not changed is not sent again.
	 *
	 * @param mixed $metadata
	 * @return mixed The metadata, unchanged.
	 */
	public static function edited( $metadata, int $id ) {
		$row = Queue::rows( array( $id ) )[ $id ] ?? null;
		if ( $row && 'optimized' === $row->state && ! ( new Files( $id ) )->knows_main() ) {
			Queue::add( $id, 'waiting', '', time() + MINUTE_IN_SECONDS );
			Schedule::after_upload( $id );
		}
		return $metadata;
	}

	/** Takes a deleted attachment out of the queue, and deletes its backups. */
	public static function deleted( int $id ): void {
		Queue::remove( $id );
		( new Files( $id ) )->delete_backups();
		if ( get_option( Library::FAILED ) ) {
			Library::count_failed();
		}
	}
}
