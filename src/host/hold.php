<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * Why the whole queue waits though the key is fine: the service, the credits, the disk, or a person who has to confirm
 * this site. Kept one a reason in the connection's `holds`, each with its outcome, since when, until when (null: until a
 * person lifts it) and how often it was tried. One never replaces or lifts another; the gravest is shown.
 */
final class Hold {
	/** Returns the state with the hold an outcome asks for; unchanged for an outcome that asks for none. */
	public static function set( array $state, string $code, int $retry_after ): array {
		$reason = Decisions::get( 'outcomes', $code, 'hold' );
		if ( null === $reason ) {
			return $state;
		}
		$old   = $state['holds'][ $reason ] ?? null;
		$tries = (int) ( $old['tries'] ?? 0 );

		$state['holds'][ $reason ] = array(
			'outcome' => $code,
			'since'   => (int) ( $old['since'] ?? time() ),
			'until'   => 'time' === Decisions::get( 'holds', $reason, 'lifted' ) ? time() + self::seconds( $code, $tries, $retry_after ) : null,
			'tries'   => $tries + 1,
		);
		return $state;
	}

	/** Returns the state without the holds of these reasons: what they waited for is there again. */
	public static function lifted( array $state, string ...$reasons ): array {
		$state['holds'] = array_diff_key( $state['holds'], array_flip( $reasons ) );
		return $state;
	}

	/** Whether the queue is to wait now, whoever would work it. */
	public static function is_on( array $state ): bool {
		return array() !== self::stopping( $state );
	}

	/** @return array<int, array{reason: string, outcome: string, since: int, until: ?int}> The holds that nobody works under. */
	private static function stopping( array $state ): array {
		return array_values( array_filter( self::all( $state ), static fn( array $hold ): bool => 'loopback' !== Decisions::get( 'holds', $hold['reason'], 'stops' ) ) );
	}

	/**
	 * The gravest hold that is on; null: none is.
	 *
	 * @return ?array{reason: string, outcome: string, since: int, until: ?int}
	 */
	public static function shown( array $state ): ?array {
		return self::all( $state )[0] ?? null;
	}

	/**
	 * The holds that are on, the gravest first. A switch in the configuration is one, too, and is stored nowhere.
	 *
	 * @return array<int, array{reason: string, outcome: string, since: int, until: ?int}>
	 */
	public static function all( array $state ): array {
		$on = array_filter( $state['holds'], array( self::class, 'lasts' ) );
		if ( Site::is_switched_off() ) {
			$on['off'] = array( 'outcome' => 'switched_off' );
		}
		$holds = array();
		foreach ( array_intersect( Decisions::get( 'hold_reasons' ), array_keys( $on ) ) as $reason ) {
			$holds[] = array(
				'reason'  => $reason,
				'outcome' => $on[ $reason ]['outcome'],
				'since'   => (int) ( $on[ $reason ]['since'] ?? 0 ),
				'until'   => $on[ $reason ]['until'] ?? null,
			);
		}
		return $holds;
	}

	/**
	 * When the last of the holds ends, in unix time; 0: none is on; null: a person has to lift one. A switch in the
	 * configuration is looked at again after the longest wait: nobody tells when the constant is taken away.
	 */
	public static function until( array $state ): ?int {
		$ends = array( 0 );
		foreach ( self::stopping( $state ) as $hold ) {
			if ( self::is_for_a_person( $hold['reason'] ) ) {
				return null;
			}
			$ends[] = $hold['until'] ?? time() + (int) Decisions::get( 'delays', 'max' );
		}
		return (int) max( $ends );
	}

	/** Whether a hold needs somebody, as far as `bubble` or `health` goes. The cap of a key and the like end by themselves. */
	public static function concerns( string $place, ?array $hold ): bool {
		return $hold && Decisions::get( 'holds', $hold['reason'], $place ) && 'retry_after' !== Decisions::get( 'outcomes', $hold['outcome'], 'retry' );
	}

	/** What a hold means, in the reader's language. `$hold`: as `shown()` returns it. */
	public static function sentence( array $hold, array $state ): string {
		return Decisions::sentence( 'outcome', $hold['outcome'], ...Site::difference( $hold['outcome'], $state ) );
	}

	/**
	 * How long to wait after an outcome, in seconds; 0 for not at all. `$tries`: how many waits came before in a row.
	 * What the service asks for in Retry-After is believed up to the table's maximum.
	 */
	public static function seconds( string $code, int $tries, int $retry_after ): int {
		$first = (int) Decisions::get( 'delays', 'first' );
		$max   = (int) Decisions::get( 'delays', 'max' );
		$later = (int) min( $max, $first * 2 ** min( $tries, 10 ) );
		switch ( Decisions::get( 'outcomes', $code, 'retry' ) ) {
			case 'credits':
				return (int) Decisions::get( 'delays', 'credits' );
			case 'retry_after':
				return $retry_after > 0 ? min( $max, $retry_after ) : $first;
			case 'later':
				return max( $later, min( $max, $retry_after ) );
			default:
				return 0;
		}
	}

	private static function is_for_a_person( string $reason ): bool {
		return 'person' === Decisions::get( 'holds', $reason, 'lifted' );
	}

	/**
	 * Whether what is stored is a hold.
	 *
	 * @param mixed $hold
	 */
	public static function is_one( $hold ): bool {
		return is_array( $hold ) && is_string( $hold['outcome'] ?? null ) && is_int( $hold['until'] ?? 0 ) && is_int( $hold['since'] ?? 0 ) && is_int( $hold['tries'] ?? 0 );
	}

	/** Whether one is on. One that ends later than any ever set comes from a clock that was ahead, and is over. */
	private static function lasts( array $hold ): bool {
		$until = $hold['until'] ?? null;
		return null === $until || ( $until > time() && $until <= time() + max( Decisions::get( 'delays' ) ) );
	}
}
