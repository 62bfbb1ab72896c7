<?php
declare( strict_types=1 );

namespace SlashImage;

/** The queue's pause for a service that has no room, no answer or no credits left. The connection stays connected. */
final class Hold {
	/** Returns the state with the pause that an outcome asks for; unchanged for an outcome that asks for none. */
	public static function set( array $state, string $code, int $retry_after ): array {
		$seconds = self::seconds( $code, $state['tries'], $retry_after );
		if ( 0 === $seconds ) {
			return $state;
		}
		$state['tries'] = $state['tries'] + 1;
		$state['hold']  = array(
			'outcome' => $code,
			'until'   => time() + $seconds,
		);
		return $state;
	}

	/** Returns the state without a pause: the service has answered again. */
	public static function lifted( array $state ): array {
		$state['hold']  = null;
		$state['tries'] = 0;
		return $state;
	}

	/** Whether the queue is to wait now. */
	public static function is_on( array $state ): bool {
		return isset( $state['hold'] ) && $state['hold']['until'] > time();
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
}
