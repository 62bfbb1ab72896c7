<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * An attachment's image files and what was done to them, kept in its post meta: `files`, by file name, each with its
 * size before and after. A file whose size is the one noted after is never sent again: each costs a credit.
 */
final class Files {
	private const META = '_slashimage';

	private int $id;

	/** @var array<string, array{before: int, after: int}> */
	private array $done;

	private string $folder;

	private string $main;

	private bool $changed = false;

	public function __construct( int $id ) {
		$file         = (string) get_attached_file( $id );
		$meta         = get_post_meta( $id, self::META, true );
		$this->id     = $id;
		$this->done   = is_array( $meta ) ? ( $meta['files'] ?? array() ) : array();
		$this->folder = dirname( $file );
		$this->main   = wp_basename( $file );
	}

	/**
	 * The files still to be sent, by name: the main file and each size, in this order.
	 *
	 * @return array<string, string> Paths.
	 */
	public function open(): array {
		$paths = array();
		foreach ( $this->names() as $name ) {
			$path = $this->folder . '/' . $name;
			if ( ! is_file( $path ) || ! isset( $this->done[ $name ] ) || filesize( $path ) !== $this->done[ $name ]['after'] ) {
				$paths[ $name ] = $path;
			}
		}
		return $paths;
	}

	/** Whether the main file is one that was looked at. */
	public function knows_main(): bool {
		return isset( $this->done[ $this->main ] );
	}

	/** Whether anything is known to have become smaller. */
	public function saved(): bool {
		return $this->total( 'after' ) < $this->total( 'before' );
	}

	/** Bytes of all files, `before` or `after`. */
	public function total( string $when ): int {
		return (int) array_sum( array_column( array_intersect_key( $this->done, array_flip( $this->names() ) ), $when ) );
	}

	/**
	 * The files something is known about: WordPress's name of their size, and bytes.
	 *
	 * @return array<int, array{size: string, before: int, after: int}>
	 */
	public function sizes(): array {
		$sizes = array();
		foreach ( $this->names() as $size => $name ) {
			if ( isset( $this->done[ $name ] ) ) {
				$sizes[] = array( 'size' => (string) $size ) + $this->done[ $name ];
			}
		}
		return $sizes;
	}

	/**
	 * Puts the untouched originals back. A file that is no longer the optimized one is left alone: somebody has replaced
	 * it since. Returns what went wrong, as an error of REST; empty when what there is was put back.
	 */
	public function restore(): string {
		$restored = array();
		$problem  = 'original_missing';
		foreach ( $this->done as $name => $sizes ) {
			$path   = $this->folder . '/' . $name;
			$backup = self::backup( $path );
			if ( ! is_file( $backup ) || ! is_file( $path ) || filesize( $path ) !== $sizes['after'] ) {
				continue;
			}
			$problem = @rename( $backup, $path ) ? '' : 'restore_failed'; // phpcs:ignore -- a folder that is not writable is an outcome.
			if ( '' !== $problem ) {
				break;
			}
			clearstatcache( true, $path );
			$restored[ $name ] = $sizes['before'];
		}
		$this->done = array_diff_key( $this->done, $restored );
		$this->done ? update_post_meta( $this->id, self::META, array( 'files' => $this->done ) ) : delete_post_meta( $this->id, self::META );
		$this->put_in_metadata( $restored );
		return $problem;
	}

	/** Notes a file that stays as it is: the service could not make it smaller. */
	public function keep( string $name ): void {
		$path = $this->folder . '/' . $name;
		if ( is_file( $path ) ) {
			$this->note( $name, (int) filesize( $path ), (int) filesize( $path ) );
		}
	}

	/**
	 * Puts an optimized file in the place of the original, which is kept as backup. Written beside it and renamed, so
	 * that a crash at any point leaves a whole image to be served. The note comes before the rename: after a crash
	 * between the two, the size on disk tells which of them happened. Returns the outcome.
	 */
	public function replace( string $name, string $bytes ): string {
		$path = $this->folder . '/' . $name;
		if ( ! is_file( $path ) ) {
			// Deleted while it was at the service.
			return 'file_unreadable';
		}
		$new = $path . '.slashimage-tmp';
		if ( strlen( $bytes ) !== @file_put_contents( $new, $bytes ) ) { // phpcs:ignore -- a full disk is an outcome.
			@unlink( $new ); // phpcs:ignore
			return 'write_failed';
		}
		$outcome = $this->judge( $path, $new );
		if ( 'optimized' === $outcome ) {
			$outcome = $this->swap( $name, $path, $new );
		}
		if ( is_file( $new ) ) {
			unlink( $new );
		}
		return $outcome;
	}

	/** Brings WordPress's own record of the file sizes up to date. */
	public function update_metadata(): void {
		if ( $this->changed ) {
			$this->put_in_metadata( array_map( static fn( array $file ): int => $file['after'], $this->done ) );
		}
	}

	/** Deletes the backups, with the attachment. */
	public function delete_backups(): void {
		foreach ( array_keys( $this->done ) as $name ) {
			$backup = self::backup( $this->folder . '/' . $name );
			if ( is_file( $backup ) ) {
				unlink( $backup );
			}
		}
	}

	/** @return array<string, string> The files' names, by WordPress's name of their size; of sizes that share a file, one. */
	private function names(): array {
		$metadata = wp_get_attachment_metadata( $this->id, true );
		$sizes    = is_array( $metadata ) ? ( $metadata['sizes'] ?? array() ) : array();
		// A name from the database is not a path.
		return array_unique( array_map( 'wp_basename', array( 'full' => $this->main ) + wp_list_pluck( $sizes, 'file' ) ) );
	}

	/** @param array<string, int> $bytes By file name. */
	private function put_in_metadata( array $bytes ): void {
		$metadata = wp_get_attachment_metadata( $this->id, true );
		if ( ! $bytes || ! is_array( $metadata ) ) {
			return;
		}
		if ( isset( $metadata['filesize'], $bytes[ $this->main ] ) ) {
			$metadata['filesize'] = $bytes[ $this->main ];
		}
		foreach ( $metadata['sizes'] ?? array() as $size => $data ) {
			if ( isset( $data['filesize'], $bytes[ $data['file'] ] ) ) {
				$metadata['sizes'][ $size ]['filesize'] = $bytes[ $data['file'] ];
			}
		}
		wp_update_attachment_metadata( $this->id, $metadata );
	}

	/** What the service sent: an image of the same type and size in pixels, and smaller, or it is not taken. */
	private function judge( string $path, string $new ): string {
		$was = wp_getimagesize( $path );
		$is  = wp_getimagesize( $new );
		if ( ! $is || wp_get_image_mime( $path ) !== wp_get_image_mime( $new ) ) {
			return 'result_broken';
		}
		// Either way round: the service may turn a photo upright as its EXIF data says.
		if ( $was && array( $was[0], $was[1] ) !== array( $is[0], $is[1] ) && array( $was[1], $was[0] ) !== array( $is[0], $is[1] ) ) {
			return 'result_broken';
		}
		return filesize( $new ) < filesize( $path ) ? 'optimized' : 'result_larger';
	}

	private function swap( string $name, string $path, string $new ): string {
		$backup = self::backup( $path );
		$copy   = $backup . '.slashimage-tmp';
		if ( ! wp_mkdir_p( dirname( $backup ) ) || ! @copy( $path, $copy ) || ! @rename( $copy, $backup ) ) { // phpcs:ignore
			@unlink( $copy ); // phpcs:ignore
			return 'write_failed';
		}
		$this->note( $name, (int) filesize( $path ), (int) filesize( $new ) );
		chmod( $new, fileperms( $path ) & 0777 );
		$moved = @rename( $new, $path ); // phpcs:ignore
		clearstatcache( true, $path );
		return $moved ? 'optimized' : 'write_failed';
	}

	private function note( string $name, int $before, int $after ): void {
		$this->changed       = true;
		$this->done[ $name ] = array(
			'before' => $before,
			'after'  => $after,
		);
		update_post_meta( $this->id, self::META, array( 'files' => $this->done ) );
	}

	/** Where a file's untouched original is kept: the same path in a folder of its own among the uploads. */
	private static function backup( string $path ): string {
		$uploads = wp_get_upload_dir()['basedir'];
		$inside  = 0 === strpos( $path, $uploads . '/' ) ? substr( $path, strlen( $uploads ) + 1 ) : wp_basename( $path );
		return $uploads . '/slashimage-backup/' . $inside;
	}
}
