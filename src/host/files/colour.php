<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/**
 * What the numbers of a picture mean, as far as it takes to see whether two pictures look alike: profiles of three
 * primaries or of grey, a PNG's gamma, and code points. A profile that is a table is not understood.
 */
final class Colour {
	/** From XYZ under D50, where all of these meet, to sRGB without its curve. */
	private const TO_SRGB = array( 3.13386, -1.61687, -0.49061, -0.97877, 1.91614, 0.03345, 0.07195, -0.22899, 1.40524 );

	/** What red, green and blue are in it: by the code points of primaries. */
	private const PRIMARIES = array(
		1  => array( 0.43607, 0.38515, 0.14307, 0.22249, 0.71687, 0.06061, 0.01392, 0.09708, 0.71410 ),
		9  => array( 0.67348, 0.16569, 0.12505, 0.27904, 0.67535, 0.04561, -0.00193, 0.02998, 0.79684 ),
		12 => array( 0.51512, 0.29198, 0.15710, 0.24120, 0.69225, 0.06657, -0.00105, 0.04189, 0.78407 ),
	);

	/** @var float[] */
	private array $primaries;

	/** @var array<int, callable(float): float> One a channel: from a number of the picture to light. */
	private array $curves;

	private function __construct( array $primaries, array $curves ) {
		$this->primaries = $primaries;
		$this->curves    = $curves;
	}

	/** Understands a `Picture::$colour`; null where it can't be. */
	public static function of( string $colour ): ?self {
		if ( '' === $colour ) {
			return new self( self::PRIMARIES[1], array_fill( 0, 3, self::curve_of( 13 ) ) );
		}
		if ( preg_match( '/^gamma:(\d+)$/', $colour, $found ) ) {
			return new self( self::PRIMARIES[1], array_fill( 0, 3, self::power( 100000 / max( 1, (int) $found[1] ) ) ) );
		}
		if ( preg_match( '/^cicp:(\d+):(\d+)$/', $colour, $found ) ) {
			$primaries = self::PRIMARIES[ 2 === (int) $found[1] ? 1 : (int) $found[1] ] ?? null;
			return $primaries ? new self( $primaries, array_fill( 0, 3, self::curve_of( (int) $found[2] ) ) ) : null;
		}
		return self::of_profile( $colour );
	}

	/**
	 * A colour as sRGB has it.
	 *
	 * @param float[] $rgb 0 to 1.
	 * @return float[] The same.
	 */
	public function to_srgb( array $rgb ): array {
		$light = array();
		foreach ( $rgb as $channel => $value ) {
			$light[] = $this->curves[ $channel ]( $value );
		}
		$srgb = self::times( self::TO_SRGB, self::times( $this->primaries, $light ) );
		return array_map(
			static function ( float $value ): float {
				$value = min( 1, max( 0, $value ) );
				return $value <= 0.0031308 ? 12.92 * $value : 1.055 * $value ** ( 1 / 2.4 ) - 0.055;
			},
			$srgb
		);
	}

	private static function of_profile( string $profile ): ?self {
		$tags = self::tags( $profile );
		$read = static fn( string $tag ): ?callable => isset( $tags[ $tag ] ) ? self::curve( $tags[ $tag ] ) : null;
		if ( 'GRAY' === substr( $profile, 16, 4 ) ) {
			// The usual grey of Photoshop is as good as sRGB's: programs drop it.
			$is_usual = 1 === Bytes::number( $tags['kTRC'] ?? '', 8, 4 ) && abs( Bytes::number( $tags['kTRC'], 12, 2 ) / 256 - 2.2 ) < 0.05;
			$curve    = $is_usual ? self::curve_of( 13 ) : $read( 'kTRC' );
			return $curve ? new self( self::PRIMARIES[1], array( $curve, $curve, $curve ) ) : null;
		}
		$curves = array( $read( 'rTRC' ), $read( 'gTRC' ), $read( 'bTRC' ) );
		if ( 'RGB ' !== substr( $profile, 16, 4 ) || in_array( null, $curves, true ) || ! isset( $tags['rXYZ'], $tags['gXYZ'], $tags['bXYZ'] ) ) {
			return null;
		}
		$primaries = array();
		foreach ( array( 8, 12, 16 ) as $row ) {
			foreach ( array( 'rXYZ', 'gXYZ', 'bXYZ' ) as $tag ) {
				$primaries[] = Bytes::fixed( $tags[ $tag ], $row );
			}
		}
		return new self( $primaries, $curves );
	}

	/** @return array<string, string> */
	private static function tags( string $profile ): array {
		$tags = array();
		for ( $tag = 0; $tag < min( 100, Bytes::number( $profile, 128, 4 ) ); $tag++ ) {
			$at = 132 + 12 * $tag;
			$tags[ substr( $profile, $at, 4 ) ] = substr( $profile, Bytes::number( $profile, $at + 4, 4 ), Bytes::number( $profile, $at + 8, 4 ) );
		}
		return $tags;
	}

	/** A curve of a profile: a power, a table, or the formula most have. */
	private static function curve( string $tag ): ?callable {
		if ( 'curv' === substr( $tag, 0, 4 ) ) {
			$count = Bytes::number( $tag, 8, 4 );
			if ( $count < 2 ) {
				return self::power( $count ? Bytes::number( $tag, 12, 2 ) / 256 : 1 );
			}
			return static fn( float $value ): float => Bytes::number( $tag, 12 + 2 * (int) round( $value * ( $count - 1 ) ), 2 ) / 65535;
		}
		$kind = Bytes::number( $tag, 8, 2 );
		if ( 'para' !== substr( $tag, 0, 4 ) || $kind > 4 ) {
			return null;
		}
		$of                              = static fn( int $number, float $default ): float => 12 + 4 * $number < strlen( $tag ) ? Bytes::fixed( $tag, 12 + 4 * $number ) : $default;
		list( $g, $a, $b, $c, $d, $e, $f ) = array( $of( 0, 1 ), $kind ? $of( 1, 1 ) : 1.0, $kind ? $of( 2, 0 ) : 0.0, $kind ? $of( 3, 0 ) : 0.0, $of( 4, 0 ), $of( 5, 0 ), $of( 6, 0 ) );
		if ( $kind < 3 ) {
			$from = $a ? -$b / $a : 0.0;
			$add  = 2 === $kind ? $c : 0.0;
			return static fn( float $value ): float => ( $kind && $value < $from ? 0.0 : max( 0, $a * $value + $b ) ** $g ) + $add;
		}
		return static fn( float $value ): float => $value < $d ? $c * $value + $f : max( 0, $a * $value + $b ) ** $g + $e;
	}

	/** By the code points of transfer functions; those of video are shown like sRGB. */
	private static function curve_of( int $transfer ): callable {
		$powers = array(
			4 => 2.2,
			5 => 2.8,
			8 => 1.0,
		);
		return isset( $powers[ $transfer ] )
			? self::power( $powers[ $transfer ] )
			: static fn( float $value ): float => $value <= 0.04045 ? $value / 12.92 : ( ( $value + 0.055 ) / 1.055 ) ** 2.4;
	}

	private static function power( float $power ): callable {
		return static fn( float $value ): float => $value ** $power;
	}

	/**
	 * @param float[] $matrix
	 * @param float[] $vector
	 * @return float[]
	 */
	private static function times( array $matrix, array $vector ): array {
		$product = array();
		foreach ( array( 0, 3, 6 ) as $row ) {
			$product[] = $matrix[ $row ] * $vector[0] + $matrix[ $row + 1 ] * $vector[1] + $matrix[ $row + 2 ] * $vector[2];
		}
		return $product;
	}
}
