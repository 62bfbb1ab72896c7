<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Reads PNG and APNG. */
final class Png {
	private const XMP = "XML:com.adobe.xmp\0";

	/** An animation's frames, and programs' own chunks that say nothing anybody would miss, as where the picture was cut from. */
	private const HARMLESS = array( 'fdAT', 'vpAg', 'caNv', 'orNT', 'caBX' );

	/** Texts in which drawing programs keep the drawing. */
	private const DRAWINGS = '~^(?:mxfile|mxGraphModel|application/vnd\.excalidraw\+json)\0~';

	/** A profile that unpacks to more is none. */
	private const LARGEST_PROFILE = 4 * MB_IN_BYTES;

	public static function read( string $data, Picture $picture ): void {
		$at     = 8;
		$size   = strlen( $data );
		$gamma  = '';
		$better = false;
		$pixels = false;
		while ( $at + 12 <= $size ) {
			$length = Bytes::number( $data, $at, 4 );
			$type   = substr( $data, $at + 4, 4 );
			$begin  = $at + 8;
			$at     = $begin + $length + 4;
			if ( $at > $size || crc32( substr( $data, $begin - 4, $length + 4 ) ) !== Bytes::number( $data, $at - 4, 4 ) ) {
				return;
			}
			if ( 'IEND' === $type ) {
				$picture->complete = $pixels;
				break;
			}
			$pixels = $pixels || 'IDAT' === $type;
			$gamma  = 'gAMA' === $type ? 'gamma:' . Bytes::number( $data, $begin, 4 ) : $gamma;
			$better = $better || in_array( $type, array( 'sRGB', 'iCCP', 'cICP' ), true );
			self::chunk( $type, $data, $begin, $length, $picture );
		}
		if ( ! $better && '' !== $gamma && abs( (int) substr( $gamma, 6 ) - 45455 ) > 500 ) {
			$picture->colour = $gamma;
		}
		if ( $picture->complete && Bytes::is_more( $data, $at ) ) {
			$picture->carries[] = 'appended';
		}
	}

	private static function chunk( string $type, string $data, int $at, int $length, Picture $picture ): void {
		switch ( $type ) {
			case 'IHDR':
				$picture->width  = Bytes::number( $data, $at, 4 );
				$picture->height = Bytes::number( $data, $at + 4, 4 );
				$picture->bits   = Bytes::number( $data, $at + 8, 1 );
				$picture->alpha  = (bool) ( Bytes::number( $data, $at + 9, 1 ) & 4 );
				$picture->frames = 1;
				break;
			case 'tRNS':
				$picture->alpha = true;
				break;
			case 'acTL':
				$picture->frames = Bytes::number( $data, $at, 4 );
				$picture->loops  = Bytes::number( $data, $at + 4, 4 );
				break;
			case 'fcTL':
				$parts          = Bytes::number( $data, $at + 22, 2 );
				$time           = 1000 * Bytes::number( $data, $at + 20, 2 ) / ( $parts ? $parts : 100 );
				$picture->time += (int) round( $time > 10 ? $time : 100 );
				break;
			case 'iCCP':
				$picture->colour = self::profile( substr( $data, $at, $length ) );
				break;
			case 'cICP':
				$picture->cicp( Bytes::number( $data, $at, 1 ), Bytes::number( $data, $at + 1, 1 ) );
				break;
			case 'eXIf':
				$picture->exif( $data, $at, $length, true, $at - 8 );
				break;
			case 'iTXt':
				if ( 0 === substr_compare( $data, self::XMP, $at, strlen( self::XMP ) ) ) {
					self::xmp( $data, $at, $length, $picture );
				}
				// Falls through.
			case 'tEXt':
			case 'zTXt':
				if ( preg_match( self::DRAWINGS, substr( $data, $at, 40 ) ) ) {
					$picture->carries[] = 'layers';
				}
				break;
			default:
				// Lower case at both places: not needed to show the picture, and private.
				if ( preg_match( '/^[a-z][a-z]/', $type ) && ! in_array( $type, self::HARMLESS, true ) ) {
					$picture->carries[] = 'layers';
				}
		}
	}

	private static function profile( string $chunk ): string {
		$begin   = strpos( $chunk, "\0" );
		$profile = false === $begin || ! function_exists( 'gzuncompress' ) ? false : @gzuncompress( substr( $chunk, $begin + 2 ), self::LARGEST_PROFILE ); // phpcs:ignore -- damaged: none.
		return false === $profile ? '' : $profile;
	}

	/** Of the text: keyword, whether and how it is packed, language and translated keyword, each up to a zero. */
	private static function xmp( string $data, int $at, int $length, Picture $picture ): void {
		$head = strlen( self::XMP );
		if ( "\0" !== ( $data[ $at + $head ] ?? '' ) ) {
			return;
		}
		$text = $at + $head + 2;
		for ( $zeros = 0; $zeros < 2 && $text < $at + $length; $text++ ) {
			$zeros += "\0" === $data[ $text ] ? 1 : 0;
		}
		$picture->xmp( $data, $text, $at + $length - $text, $at - 8 );
	}
}
