<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** What WordPress has on record of an attachment's files, kept true. */
final class Metadata {
	/** Whether the record that is being written is ours: nothing has happened to the image then. */
	private static bool $writing = false;

	/**
	 * The files' names by WordPress's name of their size, the main one's `full`; of sizes that share a file, one. A name from
	 * the database is not a path.
	 *
	 * @return array<string, string>
	 */
	public static function names( int $id, string $main ): array {
		$metadata = wp_get_attachment_metadata( $id, true );
		$names    = array( 'full' => wp_basename( $main ) );
		foreach ( self::sizes( $metadata ) as $size => $data ) {
			$names[ (string) $size ] = wp_basename( $data['file'] );
		}
		return array_unique( $names );
	}

	/**
	 * The names of the files WordPress has kept from before it scaled an image, or its editor changed it; they are deleted
	 * with it.
	 *
	 * @return string[]
	 */
	public static function former( int $id ): array {
		$kept     = self::sizes( array( 'sizes' => get_post_meta( $id, '_wp_attachment_backup_sizes', true ) ) );
		$metadata = wp_get_attachment_metadata( $id, true );
		$original = is_array( $metadata ) && is_string( $metadata['original_image'] ?? null ) ? array( $metadata['original_image'] ) : array();
		return array_values( array_map( 'wp_basename', array_merge( $original, array_column( $kept, 'file' ) ) ) );
	}

	/**
	 * Writes down what the files are now: bytes and, where the service turned one, width and height. `$tells`: also where
	 * nothing is new, for those who take files that were put back to where they keep them.
	 */
	public static function refresh( int $id, string $main, bool $tells = false ): void {
		// Another request may have added a size since this one has read it.
		wp_cache_delete( $id, 'post_meta' );
		$metadata = wp_get_attachment_metadata( $id, true );
		if ( ! is_array( $metadata ) ) {
			return;
		}
		$folder = dirname( $main );
		$new    = self::measured( $metadata, $main );
		foreach ( self::sizes( $metadata ) as $size => $data ) {
			$new['sizes'][ $size ] = self::measured( $data, $folder . '/' . wp_basename( $data['file'] ) );
		}
		self::refresh_former( $id, $folder );
		if ( $new !== $metadata || $tells ) {
			self::$writing = true;
			try {
				wp_update_attachment_metadata( $id, $new );
			} finally {
				self::$writing = false;
			}
		}
	}

	/** The same of the files WordPress's editor has kept: it puts them back by what is on record of them. */
	private static function refresh_former( int $id, string $folder ): void {
		$kept = get_post_meta( $id, '_wp_attachment_backup_sizes', true );
		$new  = is_array( $kept ) ? $kept : array();
		foreach ( self::sizes( array( 'sizes' => $new ) ) as $size => $data ) {
			$new[ $size ] = self::measured( $data, $folder . '/' . wp_basename( $data['file'] ) );
		}
		if ( $new && $new !== $kept ) {
			update_post_meta( $id, '_wp_attachment_backup_sizes', $new );
		}
	}

	public static function is_ours(): bool {
		return self::$writing;
	}

	/** Themes and importers write sizes without a file, and `sizes` that are no list. */
	private static function sizes( $metadata ): array {
		$sizes = is_array( $metadata ) && is_array( $metadata['sizes'] ?? null ) ? $metadata['sizes'] : array();
		return array_filter(
			$sizes,
			static fn( $data ): bool => is_array( $data ) && is_string( $data['file'] ?? null ) && '' !== $data['file']
		);
	}

	private static function measured( array $data, string $path ): array {
		clearstatcache( true, $path );
		$sides = is_file( $path ) ? @wp_getimagesize( $path ) : false; // phpcs:ignore -- a damaged file is left as it is.
		if ( ! $sides ) {
			return $data;
		}
		if ( isset( $data['filesize'] ) ) {
			$data['filesize'] = (int) filesize( $path );
		}
		// Only where it was turned: WordPress's own numbers are off by a pixel at times, and themes go by them.
		if ( isset( $data['width'], $data['height'] ) && (int) $data['width'] === $sides[1] && (int) $data['height'] === $sides[0] ) {
			list( $data['width'], $data['height'] ) = $sides;
		}
		return $data;
	}
}
