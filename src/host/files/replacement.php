<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/**
 * One file's way to its optimized version and back. At every moment the path holds the whole original or the whole new
 * file: both are written beside it, looked at, and renamed; whatever is deleted is deleted last.
 */
final class Replacement {
	/**
	 * Puts an optimized file in the place of the one it was made from. `$is_mine` is asked last: whether the image is still
	 * this worker's. Returns the outcome; what is recorded then is `Record::find()`'s to say.
	 *
	 * @param callable(): bool $is_mine
	 */
	public static function put( File $file, string $bytes, string $lease, callable $is_mine ): string {
		if ( ! $file->is_unchanged() ) {
			return 'file_changed';
		}
		$wanted  = Preservation::of( $file->picture() );
		$bytes   = $wanted->hides_place ? Place::hidden( $bytes ) : $bytes;
		$outcome = self::judge( $file, $bytes, $wanted->keeps );
		if ( 'optimized' !== $outcome ) {
			return $outcome;
		}
		$new     = Temporary::write( dirname( $file->path ), $lease, $bytes );
		$outcome = '' === $new ? 'write_failed' : self::swap( $file, $new, hash( 'sha256', $bytes ), $lease, $is_mine );
		Temporary::drop( $new );
		return $outcome;
	}

	/** @param callable(): bool $is_mine */
	private static function swap( File $file, string $new, string $hash, string $lease, callable $is_mine ): string {
		$result = File::read( $new );
		$record = $result && $result->hash === $hash ? new Record( $file->path, $file->print(), $result->print() ) : null;
		if ( ! $record || ! $record->keep( $file->path, $lease ) || ! $record->write( $lease ) ) {
			return 'write_failed';
		}
		@chmod( $new, fileperms( $file->path ) & 0777 ); // phpcs:ignore -- a restore may have swept it meanwhile.
		// What was written stays, whatever comes: another worker may be relying on the same original by now.
		if ( ! $is_mine() ) {
			return 'claim_lost';
		}
		// A restore that was slow may have put the same original back, and deleted its backup since.
		if ( ! $file->is_unchanged() || '' === $record->backup() ) {
			return 'file_changed';
		}
		$is_there = @rename( $new, $file->path ); // phpcs:ignore -- a folder that is not writable is an outcome.
		clearstatcache( true, $file->path );
		return $is_there ? 'optimized' : 'write_failed';
	}

	/**
	 * Puts the untouched original back in the place of the result that is recorded, or of nothing where the file is gone
	 * (`$file`: null). Returns the outcome: `restored`, `original_missing`, or `restore_failed`, after which it can be asked
	 * for again.
	 */
	public static function restore( Record $record, ?File $file, string $lease ): string {
		$backup = $record->backup();
		if ( '' === $backup || hash_file( 'sha256', $backup ) !== $record->before['hash'] ) {
			return 'original_missing';
		}
		$path = $record->path;
		// Some keep the files elsewhere, and their folders too.
		wp_mkdir_p( dirname( $path ) );
		$mode = fileperms( $file ? $path : $backup ) & 0777;
		$copy = Temporary::copy( $backup, dirname( $path ), $lease, $record->before['hash'] );
		$free = $file ? $file->is_unchanged() : ! file_exists( $path );
		if ( '' === $copy || ! $free || ! chmod( $copy, $mode ) || ! @rename( $copy, $path ) ) { // phpcs:ignore -- as above.
			Temporary::drop( $copy );
			return 'restore_failed';
		}
		clearstatcache( true, $path );
		$record->delete();
		return 'restored';
	}

	/** What the service sent: the same picture, and smaller, or it is not taken. */
	private static function judge( File $file, string $bytes, bool $keeps ): string {
		$is      = Picture::of( $bytes );
		$refused = '' === $is->type ? 'result_broken' : Comparison::refuse( $file->picture(), $is, $keeps );
		if ( '' !== $refused ) {
			return $refused;
		}
		return strlen( $bytes ) < $file->bytes ? 'optimized' : 'result_larger';
	}
}
