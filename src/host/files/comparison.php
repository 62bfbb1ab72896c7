<?php
declare( strict_types=1 );

namespace SlashImage\Files;

use SlashImage\Decisions;

/** Measures how an answer of the service differs from the file it was made from. What refuses it is src/validation's to say. */
final class Comparison {
	/** By EXIF's number for how a picture is to be turned. */
	private const TURNS = array(
		1 => 'none',
		2 => 'flip',
		3 => 'flip',
		4 => 'flip',
	);

	/** The outcome that refuses an answer; empty: it is the same picture. */
	public static function refuse( Picture $was, Picture $is, bool $keeps ): string {
		$facts = self::facts( $was, $is, $keeps );
		if ( '' === self::outcome( $facts ) ) {
			// Pixels are looked at last: it takes longest.
			$facts = self::look( $was, $is ) + $facts;
		}
		return self::outcome( $facts );
	}

	/** The first of the rules that fits; empty: none. */
	public static function outcome( array $facts ): string {
		foreach ( Decisions::get( 'picture_rules' ) as $rule ) {
			$outcome = $rule['outcome'];
			unset( $rule['outcome'] );
			foreach ( $rule as $name => $wanted ) {
				$fits = is_bool( $wanted ) || is_string( $wanted ) ? $facts[ $name ] === $wanted : $facts[ $name ] > $wanted;
				if ( ! $fits ) {
					continue 2;
				}
			}
			return $outcome;
		}
		return '';
	}

	/** What the containers say, as src/validation's `Comparison`; `$keeps`: whether metadata were to be kept. */
	private static function facts( Picture $was, Picture $is, bool $keeps ): array {
		$moves = $was->is_animated() && $is->is_animated();
		$same  = array( $was->width, $was->height ) === array( $is->width, $is->height );
		$tag   = 1 === $is->orientation ? 'upright' : 'other';
		return array(
			'type'     => $was->type === $is->type,
			'complete' => $is->complete,
			'still'    => $was->is_animated() !== $is->is_animated(),
			'time'     => $moves ? abs( $was->time - $is->time ) / max( 1, $was->time ) : 0,
			'loops'    => ! $moves || $was->loops === $is->loops,
			'sides'    => $same ? 'same' : ( array( $was->height, $was->width ) === array( $is->width, $is->height ) ? 'swapped' : 'other' ),
			'square'   => $was->width === $was->height,
			'tag'      => $was->orientation === $is->orientation ? 'kept' : $tag,
			'turn'     => self::TURNS[ $was->orientation ] ?? 'quarter',
			'alpha'    => $is->alpha || ! $was->alpha,
			'colour'   => $was->colour === $is->colour,
			'looked'   => true,
			'look'     => 0,
			'worst'    => 0,
			'clear'    => 0,
			'colours'  => 0,
			'rights'   => ! $keeps || $is->rights || ! $was->rights,
			'panorama' => ! $keeps || $is->panorama || ! $was->panorama,
		);
	}

	/** What the pixels say. An answer that can't be decoded where its file can is not complete. */
	private static function look( Picture $was, Picture $is ): array {
		$before = Thumbnail::of( $was );
		$after  = $before ? Thumbnail::of( $is ) : null;
		if ( ! $before || ! $after ) {
			return array(
				'complete' => ! $before,
				'looked'   => false,
			);
		}
		list( $raw, $worst, $clear ) = self::distance( $before, $after );
		$colours                     = 0;
		if ( $was->colour !== $is->colour ) {
			list( $from, $to ) = array( Colour::of( $was->colour ), Colour::of( $is->colour ) );
			if ( ! $from || ! $to ) {
				return array( 'looked' => false );
			}
			list( $look, $worst ) = self::distance( self::in_srgb( $before, $from ), self::in_srgb( $after, $to ) );
			$colours              = max( 0, $look - $raw );
			$raw                  = $look;
		}
		return array(
			'look'    => $raw,
			'worst'   => $worst,
			'clear'   => $clear,
			'colours' => $colours,
		);
	}

	private static function in_srgb( array $cells, Colour $colour ): array {
		foreach ( $cells as $index => list( $red, $green, $blue, $alpha ) ) {
			// On black: what is half transparent is half as bright.
			$shown = $alpha > 0.02 ? $colour->to_srgb( array( min( 1, $red / $alpha ), min( 1, $green / $alpha ), min( 1, $blue / $alpha ) ) ) : array( 0, 0, 0 );

			$cells[ $index ] = array( $shown[0] * $alpha, $shown[1] * $alpha, $shown[2] * $alpha, $alpha );
		}
		return $cells;
	}

	/** @return array{0: float, 1: float, 2: float} How different on average, in the worst cell, and how transparent at worst. */
	private static function distance( array $before, array $after ): array {
		$sum   = 0;
		$worst = 0;
		$clear = 0;
		foreach ( $before as $index => $was ) {
			$is    = $after[ $index ];
			$cell  = ( abs( $was[0] - $is[0] ) + abs( $was[1] - $is[1] ) + abs( $was[2] - $is[2] ) ) / 3;
			$sum  += $cell;
			$worst = max( $worst, $cell );
			$clear = max( $clear, abs( $was[3] - $is[3] ) );
		}
		return array( $sum / count( $before ), $worst, $clear );
	}
}
