<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** A picture in a few cells, upright: enough to tell it from another one. Made by Imagick where it is, else by GD. */
final class Thumbnail {
	/** Cells a side. */
	public const SIDE = 24;

	/** Pixels a side of what a large picture becomes first. */
	private const BETWEEN = 480;

	/** Bytes a pixel takes once it is unpacked, and what a decoder needs besides. */
	private const PIXEL = 4;
	private const SPARE = 16 * MB_IN_BYTES;

	/** Where a cell of the upright picture is in the stored one, by EXIF's number: whether sides are swapped, then which of them run backwards. */
	private const WAYS = array(
		1 => array( false, false, false ),
		2 => array( false, true, false ),
		3 => array( false, true, true ),
		4 => array( false, false, true ),
		5 => array( true, false, false ),
		6 => array( true, false, true ),
		7 => array( true, true, true ),
		8 => array( true, true, false ),
	);

	/**
	 * The cells of a picture, row by row: red, green and blue as they are on black, and how opaque, 0 to 1. Null where it
	 * can't be decoded here.
	 *
	 * @return array<int, float[]>|null
	 */
	public static function of( Picture $picture ): ?array {
		$cells = self::by_imagick( $picture ) ?? self::by_gd( $picture );
		return $cells ? self::upright( $cells, $picture->orientation ) : null;
	}

	private static function by_gd( Picture $picture ): ?array {
		if ( ! extension_loaded( 'gd' ) || ! self::fits( $picture ) ) {
			return null;
		}
		$image = @imagecreatefromstring( $picture->data() ); // phpcs:ignore -- damaged: there is nothing to see.
		if ( ! $image ) {
			return null;
		}
		if ( ! imageistruecolor( $image ) ) {
			imagepalettetotruecolor( $image );
		}
		return $picture->alpha ? self::on_both( $image ) : self::scaled( $image );
	}

	/**
	 * GD mixes the colours of transparent pixels in, which nobody sees: on black and on white, the difference tells how
	 * opaque it is.
	 *
	 * @param \GdImage|resource $image
	 */
	private static function on_both( $image ): ?array {
		$width  = imagesx( $image );
		$height = imagesy( $image );
		$canvas = imagecreatetruecolor( $width, $height );
		$seen   = array();
		foreach ( array( 0x000000, 0xFFFFFF ) as $ground ) {
			imagefilledrectangle( $canvas, 0, 0, $width, $height, $ground );
			imagecopy( $canvas, $image, 0, 0, 0, 0, $width, $height );
			$seen[] = self::scaled( $canvas );
		}
		list( $black, $white ) = $seen;
		foreach ( $black && $white ? $black : array() as $index => $cell ) {
			$black[ $index ][3] = min( 1.0, max( 0.0, 1 - ( $white[ $index ][1] - $cell[1] ) ) );
		}
		return $black && $white ? $black : null;
	}

	/**
	 * GD's fast way is off by half a pixel of what it makes, its exact way takes long for large pictures: one after the other.
	 *
	 * @param \GdImage|resource $image
	 */
	private static function scaled( $image ): ?array {
		if ( imagesx( $image ) > self::BETWEEN || imagesy( $image ) > self::BETWEEN ) {
			$image = imagescale( $image, min( imagesx( $image ), self::BETWEEN ), min( imagesy( $image ), self::BETWEEN ), IMG_BOX );
		}
		$small = imagecreatetruecolor( self::SIDE, self::SIDE );
		$cells = array();
		if ( ! $image || ! imagecopyresampled( $small, $image, 0, 0, 0, 0, self::SIDE, self::SIDE, imagesx( $image ), imagesy( $image ) ) ) {
			return null;
		}
		for ( $index = 0; $index < self::SIDE ** 2; $index++ ) {
			$colour  = imagecolorat( $small, $index % self::SIDE, intdiv( $index, self::SIDE ) );
			$cells[] = array( ( $colour >> 16 & 255 ) / 255, ( $colour >> 8 & 255 ) / 255, ( $colour & 255 ) / 255, 1.0 );
		}
		return $cells;
	}

	private static function by_imagick( Picture $picture ): ?array {
		// It turns these by itself, and not every version does.
		if ( ! class_exists( \Imagick::class, false ) || 'image/avif' === $picture->type || ! self::fits( $picture ) ) {
			return null;
		}
		try {
			$image = new \Imagick();
			$image->setOption( 'jpeg:size', 4 * self::SIDE . 'x' . 4 * self::SIDE );
			$image->readImageBlob( $picture->data() );
			$image->setIteratorIndex( 0 );
			$image->resizeImage( self::SIDE, self::SIDE, \Imagick::FILTER_BOX, 1 );
			$values = $image->exportImagePixels( 0, 0, self::SIDE, self::SIDE, 'RGBA', \Imagick::PIXEL_CHAR );
			$image->clear();
		} catch ( \Throwable $error ) {
			return null;
		}
		$cells = array();
		foreach ( array_chunk( $values, 4 ) as list( $red, $green, $blue, $alpha ) ) {
			$alpha   = $picture->alpha ? $alpha / 255 : 1.0;
			$cells[] = array( $red / 255 * $alpha, $green / 255 * $alpha, $blue / 255 * $alpha, $alpha );
		}
		return $cells;
	}

	/** Whether it can be unpacked without taking the process down. GD may take its memory from PHP's. */
	private static function fits( Picture $picture ): bool {
		wp_raise_memory_limit( 'image' );
		$limit = wp_convert_hr_to_bytes( (string) ini_get( 'memory_limit' ) );
		$needs = $picture->width * $picture->height * self::PIXEL * ( $picture->alpha ? 2 : 1 ) + self::SPARE;
		return $limit <= 0 || $needs < $limit - memory_get_usage();
	}

	private static function upright( array $cells, int $orientation ): array {
		list( $swaps, $right_to_left, $upside_down ) = self::WAYS[ $orientation ];
		$upright = array();
		$last    = self::SIDE - 1;
		for ( $index = 0; $index <= $last * self::SIDE + $last; $index++ ) {
			$x         = $index % self::SIDE;
			$y         = intdiv( $index, self::SIDE );
			$from_x    = $swaps ? $y : $x;
			$from_y    = $swaps ? $x : $y;
			$from_x    = $right_to_left ? $last - $from_x : $from_x;
			$from_y    = $upside_down ? $last - $from_y : $from_y;
			$upright[] = $cells[ $from_y * self::SIDE + $from_x ];
		}
		return $upright;
	}
}
