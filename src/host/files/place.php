<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Takes the place where a picture was taken out of its file; all else stays, at the same bytes. */
final class Place {
	public static function hidden( string $data ): string {
		$picture = Picture::of( $data );
		foreach ( $picture->place ? $picture->metadata : array() as $found ) {
			list( $kind, $at, $length ) = $found;

			$block = substr( $data, $at, $length );
			$block = 'exif' === $kind ? ( new Exif( $block ) )->without_place() : Xmp::without_place( $block );
			$data  = substr_replace( $data, $block, $at, $length );
			if ( isset( $found[3] ) ) {
				$data = self::with_checksum( $data, $found[3] );
			}
		}
		return $data;
	}

	/** Of a PNG's chunk. */
	private static function with_checksum( string $data, int $chunk ): string {
		$length = Bytes::number( $data, $chunk, 4 );
		return substr_replace( $data, pack( 'N', crc32( substr( $data, $chunk + 4, $length + 4 ) ) ), $chunk + 8 + $length, 4 );
	}
}
