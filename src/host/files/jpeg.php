<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Reads JPEG: markers, what cameras put into them, and what they append. */
final class Jpeg {
	/** How blocks of metadata begin, by marker. */
	private const EXIF     = "Exif\0\0";
	private const XMP      = "http://ns.adobe.com/xap/1.0/\0";
	private const XMP_MORE = "http://ns.adobe.com/xmp/extension/\0";
	private const ICC      = "ICC_PROFILE\0";
	private const ISO_GAIN = "urn:iso:std:iso:ts:21496:-1\0";

	/** Of an XMP packet's extension: its id, length and offset. */
	private const XMP_MORE_HEAD = 40;

	/** Who made a picture, whose it is and what it credits, in IPTC's own numbers. */
	private const IPTC_RIGHTS = '/\x1C\x02[\x50\x6E\x74]/';

	public static function read( string $data, Picture $picture ): void {
		$at     = 2;
		$pixels = 0;
		$icc    = array();
		$size   = strlen( $data );
		$mpf    = 0;
		while ( $at + 4 <= $size ) {
			if ( "\xFF" !== $data[ $at ] || "\xFF" === $data[ $at + 1 ] ) {
				++$at;
				continue;
			}
			$marker = ord( $data[ $at + 1 ] );
			if ( 0xD9 === $marker ) {
				break;
			}
			if ( $marker < 0xC0 || ( $marker >= 0xD0 && $marker <= 0xD8 ) ) {
				$at += 2;
				continue;
			}
			$length = Bytes::number( $data, $at + 2, 2 ) - 2;
			$begin  = $at + 4;
			$at     = $begin + $length;
			if ( $length < 0 || $at > $size ) {
				return;
			}
			if ( $marker >= 0xE1 && $marker <= 0xEF ) {
				$mpf = self::block( $data, $marker, $begin, $length, $picture, $icc ) ? $begin + 4 : $mpf;
			} elseif ( $marker <= 0xCF && ! in_array( $marker, array( 0xC4, 0xC8, 0xCC ), true ) ) {
				self::frame( $data, $begin, $picture );
			} elseif ( 0xDA === $marker ) {
				$end     = self::scan_end( $data, $at );
				$pixels += $end - $at;
				$at      = $end;
			}
		}
		ksort( $icc );
		$picture->colour = implode( '', $icc );
		// A bit for every sixteen by sixteen pixels is less than any encoder needs.
		$least             = intdiv( ( intdiv( $picture->width, 16 ) + 1 ) * ( intdiv( $picture->height, 16 ) + 1 ), 8 );
		$picture->complete = "\xFF\xD9" === substr( $data, $at, 2 ) && $pixels > $least;
		if ( $picture->complete ) {
			Appended::read( $data, $at + 2, $mpf, $picture );
		}
	}

	/** Reads one block of metadata. Returns whether it is the index of further pictures, Multi-Picture Format. */
	private static function block( string $data, int $marker, int $at, int $length, Picture $picture, array &$icc ): bool {
		$is = static fn( int $of, string $head ): bool => $of === $marker && 0 === substr_compare( $data, $head, $at, strlen( $head ) );
		if ( $is( 0xE1, self::EXIF ) ) {
			$picture->exif( $data, $at + 6, $length - 6 );
		} elseif ( $is( 0xE1, self::XMP ) ) {
			$picture->xmp( $data, $at + strlen( self::XMP ), $length - strlen( self::XMP ) );
		} elseif ( $is( 0xE1, self::XMP_MORE ) ) {
			$head = strlen( self::XMP_MORE ) + self::XMP_MORE_HEAD;
			$picture->xmp( $data, $at + $head, $length - $head );
		} elseif ( $is( 0xE2, self::ICC ) ) {
			$icc[ ord( $data[ $at + 12 ] ?? '' ) ] = substr( $data, $at + 14, $length - 14 );
		} elseif ( $is( 0xE2, self::ISO_GAIN ) ) {
			$picture->carries[] = 'gain_map';
		} elseif ( $is( 0xE3, '_JPSJPS_' ) ) {
			$picture->carries[] = 'stereo';
		} elseif ( $is( 0xED, 'Photoshop 3.0' ) ) {
			$picture->rights = $picture->rights || preg_match( self::IPTC_RIGHTS, substr( $data, $at, $length ) );
		}
		return $is( 0xE2, "MPF\0" );
	}

	private static function frame( string $data, int $at, Picture $picture ): void {
		$picture->bits   = Bytes::number( $data, $at, 1 );
		$picture->height = Bytes::number( $data, $at + 1, 2 );
		$picture->width  = Bytes::number( $data, $at + 3, 2 );
		$picture->frames = 1;
		if ( 4 === Bytes::number( $data, $at + 5, 1 ) ) {
			$picture->carries[] = 'cmyk';
		}
	}

	/** Where a scan's data end: at the first marker that can't be within. */
	private static function scan_end( string $data, int $at ): int {
		return preg_match( '/\xFF[^\x00\xD0-\xD7\xFF]/', $data, $found, PREG_OFFSET_CAPTURE, $at ) ? $found[0][1] : strlen( $data );
	}
}
