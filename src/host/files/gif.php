<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Reads GIF. */
final class Gif {
	public static function read( string $data, Picture $picture ): void {
		$picture->width  = Bytes::number( $data, 6, 2, true );
		$picture->height = Bytes::number( $data, 8, 2, true );

		// Of the frame to come, where something is said of it.
		$time = 0;
		$at   = 13 + self::palette( Bytes::number( $data, 10, 1 ) );
		$size = strlen( $data );
		while ( $at < $size ) {
			$kind = $data[ $at ];
			if ( ';' === $kind ) {
				$picture->complete = true;
				if ( Bytes::is_more( $data, $at + 1 ) ) {
					$picture->carries[] = 'appended';
				}
				break;
			}
			if ( '!' === $kind ) {
				$time = self::extension( $data, $at, $picture ) ?? $time;
				$at = self::blocks_end( $data, $at + 2 );
			} elseif ( ',' === $kind ) {
				++$picture->frames;
				$picture->time += $time > 10 ? $time : 100;
				$time           = 0;
				$at = self::blocks_end( $data, $at + 11 + self::palette( Bytes::number( $data, $at + 9, 1 ) ) );
			} else {
				break;
			}
		}
		// A GIF that isn't animated has no time.
		$picture->time = $picture->frames > 1 ? $picture->time : 0;
	}

	/** Returns the time of the next frame, in milliseconds, where this says it. */
	private static function extension( string $data, int $at, Picture $picture ): ?int {
		$label = Bytes::number( $data, $at + 1, 1 );
		if ( 0xF9 === $label ) {
			$picture->alpha = $picture->alpha || ( Bytes::number( $data, $at + 3, 1 ) & 1 );
			return 10 * Bytes::number( $data, $at + 4, 2, true );
		}
		if ( 0xFF === $label && 'NETSCAPE2.0' === substr( $data, $at + 3, 11 ) ) {
			$again          = Bytes::number( $data, $at + 16, 2, true );
			$picture->loops = $again ? $again + 1 : 0;
		}
		return null;
	}

	private static function palette( int $flags ): int {
		return $flags & 0x80 ? 3 * ( 2 << ( $flags & 7 ) ) : 0;
	}

	/** Where a row of blocks ends; beyond the file's end where it does not. */
	private static function blocks_end( string $data, int $at ): int {
		$size = strlen( $data );
		while ( $at < $size ) {
			$length = ord( $data[ $at ] );
			$at    += 1 + $length;
			if ( 0 === $length ) {
				break;
			}
		}
		return $at;
	}
}
