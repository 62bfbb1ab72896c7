<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** What matters here of an EXIF block: how the picture is turned, whose it is, and where it was taken. */
final class Exif {
	private const ORIENTATION = 0x0112;
	private const GPS         = 0x8825;

	/** Artist, copyright, and the author as Windows writes it. */
	private const RIGHTS = array( 0x013B, 0x8298, 0x9C9D );

	/** Bytes of a value by its type. */
	private const SIZES = array( 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8 );

	public int $orientation = 1;
	public bool $rights     = false;
	public bool $place      = false;

	private string $tiff;
	private bool $little;

	public function __construct( string $tiff ) {
		$this->tiff   = $tiff;
		$this->little = 0 === strpos( $tiff, 'II' );
		foreach ( $this->entries( $this->number( 4, 4 ) ) as list( $tag, $at, $value, $length ) ) {
			if ( self::ORIENTATION === $tag ) {
				$orientation       = $this->number( $value, 2 );
				$this->orientation = $orientation >= 1 && $orientation <= 8 ? $orientation : 1;
			} elseif ( in_array( $tag, self::RIGHTS, true ) ) {
				$this->rights = $this->rights || '' !== trim( substr( $tiff, $value, $length ), "\0 \t\r\n" );
			} elseif ( self::GPS === $tag ) {
				$this->place = array() !== $this->entries( $this->number( $at + 8, 4 ) );
			}
		}
	}

	/** The same block, of the same length, without the place. */
	public function without_place(): string {
		$tiff  = $this->tiff;
		$first = $this->number( 4, 4 );
		$count = $this->number( $first, 2 );
		foreach ( $this->entries( $first ) as list( $tag, $at ) ) {
			if ( self::GPS !== $tag ) {
				continue;
			}
			$gps = $this->number( $at + 8, 4 );
			foreach ( $this->entries( $gps ) as list( , $entry, $value, $length ) ) {
				$tiff = self::erase( self::erase( $tiff, $value, $length ), $entry, 12 );
			}
			$tiff = self::erase( $tiff, $gps, 2 );
			// The entries after it, and the offset of the next directory, move up.
			$end  = $first + 2 + 12 * $count + 4;
			$rest = substr( $tiff, $at + 12, $end - $at - 12 ) . str_repeat( "\0", 12 );
			$less = pack( $this->little ? 'v' : 'n', $count - 1 );
			$tiff = substr_replace( substr_replace( $tiff, $rest, $at, strlen( $rest ) ), $less, $first, 2 );
		}
		return $tiff;
	}

	/**
	 * The entries of a directory: tag, where it is, where its value is, and how long.
	 *
	 * @return array<int, array{0: int, 1: int, 2: int, 3: int}>
	 */
	private function entries( int $directory ): array {
		$count   = $this->number( $directory, 2 );
		$is_good = $directory >= 8 && preg_match( '/^(II\*\0|MM\0\*)/', $this->tiff ) && $directory + 2 + 12 * $count + 4 <= strlen( $this->tiff );
		$entries = array();
		for ( $index = 0; $is_good && $index < $count; $index++ ) {
			$at        = $directory + 2 + 12 * $index;
			$length    = $this->number( $at + 4, 4 ) * ( self::SIZES[ $this->number( $at + 2, 2 ) ] ?? 0 );
			$entries[] = array( $this->number( $at, 2 ), $at, $length > 4 ? $this->number( $at + 8, 4 ) : $at + 8, $length );
		}
		return $entries;
	}

	private function number( int $at, int $size ): int {
		return Bytes::number( $this->tiff, $at, $size, $this->little );
	}

	private static function erase( string $text, int $at, int $length ): string {
		$length = min( $length, strlen( $text ) - $at );
		return $length > 0 ? substr_replace( $text, str_repeat( "\0", $length ), $at, $length ) : $text;
	}
}
