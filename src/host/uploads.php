<?php
declare( strict_types=1 );

namespace SlashImage;

use SlashImage\Files\Image;
use SlashImage\Files\Metadata;
use SlashImage\Files\Shared;
use SlashImage\Queue\Event;

/** What happens to an attachment: it comes, gets its sizes, is changed, goes. What that means for its row is Event's table. */
final class Uploads {
	/** Seconds after which an upload whose sizes never came is complete: a browser that makes them may have been closed. */
	private const LONGEST = 15 * MINUTE_IN_SECONDS;

	/** An upload of the file alone, which is being answered: the browser makes its sizes, and sends each by itself. */
	private static ?\WP_REST_Request $partial = null;

	/** @var array<int, true> New attachments of types the service doesn't take. */
	private static array $untaken = array();

	/**
	 * A new attachment. Its row waits for its sizes; an image that has another one's files is as far as that one is.
	 *
	 * @param mixed $id
	 */
	public static function added( $id = 0 ): void {
		$id = Handed::attachment( $id );
		if ( ! $id ) {
			return;
		}
		// An update may have brought another table, and nobody an admin page since.
		Lifecycle::install();
		if ( ! self::is_taken( $id ) ) {
			Library::added( $id );
			// WordPress may turn it into a type that is.
			self::$untaken[ $id ] = true;
			return;
		}
		Queue::add( $id, 'waiting', 'uploading', time() + self::LONGEST );
		$others = Queue::sharing( $id );
		if ( $others ) {
			self::joined( $id, $others[0] );
		} else {
			// Should this process not come to its end.
			Schedule::expect();
			Schedule::after_upload();
		}
	}

	/** An attachment got its file, or another one. */
	public static function moved( int $id, string $file ): void {
		if ( 'attachment' !== get_post_type( $id ) ) {
			return;
		}
		Queue::move( $id, $file );
		$row = Queue::rows( array( $id ) )[ $id ] ?? null;
		if ( $row && 'type_not_supported' === $row->cause && self::is_taken( $id ) ) {
			isset( self::$untaken[ $id ] ) ? Queue::add( $id, 'waiting', 'uploading', time() + self::LONGEST ) : Event::happened( 'edit', $id );
		}
		$others = Queue::sharing( $id );
		if ( $others && Queue::rows( array( $id ) ) ) {
			self::joined( $id, $others[0] );
		}
	}

	/**
	 * A request of REST begins: perhaps an upload whose sizes the browser makes, as WordPress 7.1's block editor does.
	 *
	 * @param mixed $answer
	 * @param mixed $route
	 * @param mixed $request
	 * @return mixed The answer, unchanged.
	 */
	public static function asked( $answer = null, $route = null, $request = null ) {
		if ( $request instanceof \WP_REST_Request && isset( $route['args']['generate_sub_sizes'] ) && false === $request['generate_sub_sizes'] ) {
			self::$partial = $request;
		}
		return $answer;
	}

	/**
	 * It is answered; others may come in this process, in a batch or from within.
	 *
	 * @param mixed $answer
	 * @param mixed $route
	 * @param mixed $request
	 * @return mixed The answer, unchanged.
	 */
	public static function answered( $answer = null, $route = null, $request = null ) {
		if ( $request && $request === self::$partial ) {
			self::$partial = null;
		}
		return $answer;
	}

	/**
	 * WordPress has made an image's sizes: of a new one, which is complete now, or anew.
	 *
	 * @param mixed $metadata
	 * @param mixed $id
	 * @return mixed The metadata, unchanged.
	 */
	public static function generated( $metadata = null, $id = 0 ) {
		$id = Handed::id( $id );
		if ( $id && ! self::$partial && ( Event::happened( 'upload', $id ) || Event::happened( 'regenerate', $id ) ) ) {
			Schedule::after_upload( $id );
		}
		return $metadata;
	}

	/** What WordPress has on record of an attachment's files was written: some may be new, or others than before. */
	public static function recorded( int $id ): void {
		if ( ! Metadata::is_ours() && Event::look( $id ) ) {
			Schedule::after_upload( $id );
		}
	}

	/** @param mixed $id */
	public static function trashed( $id = 0 ): void {
		$id = Handed::attachment( $id );
		if ( $id ) {
			Event::happened( 'trash', $id );
		}
	}

	/** @param mixed $id */
	public static function untrashed( $id = 0 ): void {
		$id = Handed::attachment( $id );
		if ( $id && Event::happened( 'untrash', $id ) ) {
			Schedule::after_upload( $id );
		}
	}

	/**
	 * Takes a deleted attachment out of the queue, and deletes its originals with the last that has the files.
	 *
	 * @param mixed $id
	 */
	public static function deleted( $id = 0 ): void {
		$id = Handed::attachment( $id );
		if ( ! $id ) {
			return;
		}
		// While its own row tells whom it shares its files with.
		if ( ! Queue::sharing( $id ) && ! Library::has_another( $id ) ) {
			( new Image( $id ) )->forget();
		}
		Queue::remove( $id );
		if ( get_option( Library::FAILED ) ) {
			Library::count_failed();
		}
	}

	/** An attachment with the files of another: nobody uploaded anything, and what was done to the files is done. */
	private static function joined( int $id, int $other ): void {
		$row = Queue::rows( array( $id ) )[ $id ] ?? null;
		if ( $row && 'uploading' === $row->cause ) {
			Queue::add( $id, 'not_optimized', '', 0, Queue::BACKLOG );
		}
		$theirs = Queue::rows( array( $other ) )[ $other ] ?? null;
		if ( $theirs && in_array( $theirs->state, array( 'optimized', 'partly_optimized' ), true ) ) {
			Shared::adopt( $id, $other );
		}
	}

	/** Whether the service takes it, by its file's name or its type; the worker looks at the file. */
	private static function is_taken( int $id ): bool {
		$extension = strtolower( pathinfo( (string) get_post_meta( $id, '_wp_attached_file', true ), PATHINFO_EXTENSION ) );
		return in_array( (string) get_post_mime_type( $id ), Decisions::get( 'mime_types' ), true )
			|| ( in_array( $extension, Decisions::get( 'file_extensions' ), true ) && wp_attachment_is_image( $id ) );
	}
}
