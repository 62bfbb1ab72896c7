<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** What follows a JPEG's end: further pictures, a video, what a phone notes for itself, or anybody's data. */
final class Appended {
	/** Bytes that may be something, and those of a memory card's block. */
	private const LEAST = 16;
	private const BLOCK = 512;

	/** Kinds of further pictures, of Multi-Picture Format: previews of the first, and views of the same from elsewhere. */
	private const PREVIEWS = array( 0x010001, 0x010002, 0x010003, 0x010004, 0x010005 );
	private const VIEWS    = array( 0x020002, 0x020003 );

	/** What Samsung's phones append, by name; all else of theirs says nothing about the picture. */
	private const SAMSUNG = array(
		'motion' => '/MotionPhoto_Data|MotionPhoto_Version/',
		'depth'  => '/(?:Dual|Single)Shot_(?:Depth|Extra)|DepthMap/',
	);

	/** How many pictures may follow one another before nobody looks further: each is looked at within the one before. */
	private const DEEPEST = 4;

	private static int $depth = 0;

	/** `$at`: where the picture ends; `$mpf`: where the index of further ones begins, 0: none. */
	public static function read( string $data, int $at, int $mpf, Picture $picture ): void {
		if ( self::$depth >= self::DEEPEST ) {
			$picture->carries[] = 'appended';
			return;
		}
		++self::$depth;
		self::look( $data, $at, $mpf, $picture );
		--self::$depth;
	}

	private static function look( string $data, int $at, int $mpf, Picture $picture ): void {
		$end = $mpf ? self::further( $data, $at, $mpf, $picture ) : $at;
		if ( ! Bytes::is_more( $data, $end ) ) {
			return;
		}
		$rest = substr( $data, $end );
		if ( self::is_nothing( $data, $rest, $picture ) ) {
			return;
		}
		if ( preg_match( '/^.{0,64}?ftyp(?:mp4|isom|iso\d|qt|avc|M4V)/s', $rest ) ) {
			$picture->carries[] = 'motion';
		} elseif ( 'SEFT' === substr( rtrim( $rest, "\0" ), -4 ) ) {
			foreach ( self::SAMSUNG as $code => $pattern ) {
				if ( preg_match( $pattern, $rest ) ) {
					$picture->carries[] = $code;
				}
			}
		} elseif ( ! array_intersect( array( 'gain_map', 'motion', 'depth' ), $picture->carries ) ) {
			$picture->carries[] = 'appended';
		}
	}

	/**
	 * Whether it is nothing anybody would miss: a few bytes, what was on a camera's card before where the file fills its
	 * blocks, or a preview that nothing but the camera's own notes tells of.
	 */
	private static function is_nothing( string $data, string $rest, Picture $picture ): bool {
		if ( strlen( $rest ) < self::LEAST || 0 === strlen( $data ) % self::BLOCK ) {
			return true;
		}
		$preview = Picture::of( ltrim( $rest, "\0" ) );
		return 'image/jpeg' === $preview->type && $preview->width * $preview->height < $picture->width * $picture->height && ! $preview->carries;
	}

	/** Reads the further pictures. Returns where the last ends. */
	private static function further( string $data, int $at, int $mpf, Picture $picture ): int {
		$little = 'II' === substr( $data, $mpf, 2 );
		$number = static fn( int $at, int $size ): int => Bytes::number( $data, $mpf + $at, $size, $little );
		$end    = $at;
		$index  = $number( 4, 4 );
		for ( $entry = 0; $entry < min( 32, $number( $index, 2 ) ); $entry++ ) {
			$field = $index + 2 + 12 * $entry;
			if ( 0xB002 !== $number( $field, 2 ) ) {
				continue;
			}
			$list = $number( $field + 8, 4 );
			for ( $image = 1; $image < min( 32, intdiv( $number( $field + 4, 4 ), 16 ) ); $image++ ) {
				$kind = $number( $list + 16 * $image, 4 ) & 0xFFFFFF;
				$size = $number( $list + 16 * $image + 4, 4 );
				$from = $mpf + $number( $list + 16 * $image + 8, 4 );
				$code = self::kind( $kind, substr( $data, $from, $size ) );
				$end  = $from >= $at ? max( $end, $from + $size ) : $end;

				$picture->carries = array_merge( $picture->carries, $code );
			}
		}
		return min( $end, strlen( $data ) );
	}

	/** @return string[] What a further picture is. */
	private static function kind( int $kind, string $data ): array {
		if ( in_array( $kind, self::PREVIEWS, true ) ) {
			return array();
		}
		if ( in_array( $kind, self::VIEWS, true ) ) {
			return array( 'stereo' );
		}
		$found = array_diff( Picture::of( $data )->carries, array( 'appended' ) );
		return $found ? $found : array( 'appended' );
	}
}
