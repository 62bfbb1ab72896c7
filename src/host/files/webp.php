<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Reads WebP. */
final class Webp {
	public static function read( string $data, Picture $picture ): void {
		$end = 8 + Bytes::number( $data, 4, 4, true );
		if ( $end > strlen( $data ) ) {
			return;
		}
		$at      = 12;
		$extents = false;
		while ( $at + 8 <= $end ) {
			$type    = substr( $data, $at, 4 );
			$length  = Bytes::number( $data, $at + 4, 4, true );
			$begin   = $at + 8;
			$extents = $extents || 'VP8X' === $type;
			if ( $begin + $length > $end ) {
				return;
			}
			self::chunk( $type, $data, $begin, $length, $picture, $extents );
			$at = $begin + $length + $length % 2;
		}
		$picture->complete = $picture->frames > 0;
		if ( Bytes::is_more( $data, $end ) ) {
			$picture->carries[] = 'appended';
		}
	}

	/** `$extents`: whether the sides were said for all frames together. */
	private static function chunk( string $type, string $data, int $at, int $length, Picture $picture, bool $extents ): void {
		switch ( $type ) {
			case 'VP8X':
				$picture->alpha  = (bool) ( Bytes::number( $data, $at, 1 ) & 0x10 );
				$picture->width  = 1 + Bytes::number( $data, $at + 4, 3, true );
				$picture->height = 1 + Bytes::number( $data, $at + 7, 3, true );
				break;
			case 'VP8 ':
				++$picture->frames;
				if ( ! $extents ) {
					$picture->width  = Bytes::number( $data, $at + 6, 2, true ) & 0x3FFF;
					$picture->height = Bytes::number( $data, $at + 8, 2, true ) & 0x3FFF;
				}
				break;
			case 'VP8L':
				++$picture->frames;
				$bits = Bytes::number( $data, $at + 1, 4, true );
				if ( ! $extents ) {
					$picture->width  = 1 + ( $bits & 0x3FFF );
					$picture->height = 1 + ( ( $bits >> 14 ) & 0x3FFF );
					$picture->alpha  = (bool) ( ( $bits >> 28 ) & 1 );
				}
				break;
			case 'ANIM':
				$picture->loops = Bytes::number( $data, $at + 4, 2, true );
				break;
			case 'ANMF':
				++$picture->frames;
				$time           = Bytes::number( $data, $at + 12, 3, true );
				$picture->time += $time > 10 ? $time : 100;
				break;
			case 'ICCP':
				$picture->colour = substr( $data, $at, $length );
				break;
			case 'EXIF':
				// Some begin as in JPEG.
				$skip = 0 === substr_compare( $data, "Exif\0\0", $at, 6 ) ? 6 : 0;
				$picture->exif( $data, $at + $skip, $length - $skip );
				break;
			case 'XMP ':
				$picture->xmp( $data, $at, $length );
		}
	}
}
