<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Numbers in a file's bytes. What lies beyond the end is 0: whoever reads a length checks that it fits. */
final class Bytes {
	/** The number of `$size` bytes at a place, the most significant first unless `$little`. */
	public static function number( string $data, int $at, int $size, bool $little = false ): int {
		if ( $at < 0 || $at + $size > strlen( $data ) ) {
			return 0;
		}
		$part   = substr( $data, $at, $size );
		$number = 0;
		foreach ( str_split( $little ? strrev( $part ) : $part ) as $byte ) {
			$number = ( $number << 8 ) | ord( $byte );
		}
		return $number;
	}

	/** A signed number with 16 bits behind the point, as ICC profiles have them. */
	public static function fixed( string $data, int $at ): float {
		$number = self::number( $data, $at, 4 );
		return ( $number >= 0x80000000 ? $number - 0x100000000 : $number ) / 65536;
	}

	/** Whether there is something else than filling from a place on: some cameras pad their files. */
	public static function is_more( string $data, int $at ): bool {
		return $at + strspn( $data, "\0\xFF\r\n ", $at ) < strlen( $data );
	}
}
