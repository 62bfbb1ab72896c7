<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/**
 * Files that are being written, beside the ones they will replace: renaming is atomic only within a file system. Their
 * names carry the lease of the work they belong to, so that what a killed worker left is known for what it is.
 */
final class Temporary {
	private const ENDING = '.slashimage-tmp';

	/** How long the work of a lease lasts at most, in seconds; what is older belongs to nobody. */
	private const LONGEST = HOUR_IN_SECONDS;

	/** A name nobody uses in a folder, with its `owner()`. Short, and without the final file's, which may be as long as names can be. */
	public static function name( string $folder, string $lease ): string {
		return $folder . '/' . $lease . '-' . bin2hex( random_bytes( 4 ) ) . self::ENDING;
	}

	/** Writes a text under such a name, and sees to it that it is on the disk. Returns the path; empty where it can't be. */
	public static function write( string $folder, string $lease, string $text ): string {
		$path = self::name( $folder, $lease );
		if ( strlen( $text ) === @file_put_contents( $path, $text ) && self::settle( $path ) ) { // phpcs:ignore -- a full disk is an outcome.
			return $path;
		}
		self::drop( $path );
		return '';
	}

	/** Whether so many bytes can be written in a folder now. What is deleted at once hardly ever reaches the disk itself. */
	public static function fits( string $folder, string $lease, int $bytes ): bool {
		$path = self::name( $folder, $lease );
		$file = @fopen( $path, 'x' ); // phpcs:ignore -- a full disk is an outcome.
		$part = str_repeat( '-', min( $bytes, MB_IN_BYTES ) );
		for ( $left = $bytes; $file && $left > 0; $left -= strlen( $part ) ) {
			if ( strlen( $part ) !== @fwrite( $file, $part ) ) { // phpcs:ignore -- as above.
				break;
			}
		}
		$fits = $file && @fclose( $file ) && $left <= 0; // phpcs:ignore -- some file systems say so last.
		self::drop( $path );
		return $fits;
	}

	/**
	 * Whether files can be replaced in a folder the way it is done here: written, given permissions, renamed over another,
	 * read. Uploads may be a stream wrapper that can't do one of these.
	 */
	public static function replaces( string $folder, string $lease ): bool {
		$old = self::write( $folder, $lease, 'old' );
		$new = '' === $old ? '' : self::write( $folder, $lease, 'new' );
		// phpcs:ignore -- a wrapper says so with a warning.
		$does = '' !== $new && @chmod( $new, 0644 ) && @rename( $new, $old ) && 'new' === @file_get_contents( $old );
		clearstatcache();
		self::drop( $old );
		self::drop( $new );
		return $does;
	}

	/** Copies a file to such a name in a folder, if what arrives has this hash. Returns the path; empty where it can't be. */
	public static function copy( string $from, string $folder, string $lease, string $hash ): string {
		$path = self::name( $folder, $lease );
		if ( @copy( $from, $path ) && self::settle( $path ) && @hash_file( 'sha256', $path ) === $hash ) { // phpcs:ignore -- as above; and it may be swept.
			return $path;
		}
		self::drop( $path );
		return '';
	}

	public static function drop( string $path ): void {
		if ( '' !== $path && is_file( $path ) ) {
			@unlink( $path ); // phpcs:ignore -- another process may sweep, too.
		}
	}

	/** How files carry a lease: with its image, or those of a worker that was killed right after another would be nobody's. */
	public static function owner( int $id, string $lease ): string {
		return $id . '-' . substr( $lease, 0, 16 );
	}

	/** Deletes what killed workers left of an image in a folder, except for this owner's, and whatever is too old to be anybody's. */
	public static function sweep( string $folder, int $id, string $owner ): void {
		foreach ( is_dir( $folder ) ? (array) scandir( $folder ) : array() as $name ) {
			$path = "$folder/$name";
			if ( self::ENDING !== substr( (string) $name, -strlen( self::ENDING ) ) ) {
				continue;
			}
			$is_dead = 0 === strpos( (string) $name, "$id-" ) && 0 !== strpos( (string) $name, "$owner-" );
			if ( $is_dead || (int) @filemtime( $path ) < time() - self::LONGEST ) { // phpcs:ignore -- another process may sweep, too.
				@unlink( $path ); // phpcs:ignore
			}
		}
	}

	/** A power cut must not leave a name without its content. PHP 8.1 and later can ask for that. */
	private static function settle( string $path ): bool {
		$file = function_exists( 'fsync' ) ? @fopen( $path, 'r+' ) : false; // phpcs:ignore -- may be swept, where it is not needed any more.
		if ( $file ) {
			@fsync( $file ); // phpcs:ignore -- not every file system can.
			fclose( $file ); // phpcs:ignore
		}
		return true;
	}
}
