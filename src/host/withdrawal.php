<?php
declare( strict_types=1 );

namespace SlashImage;

/** Attempts to connect that somebody has cancelled while the service was being asked: what they would store is not stored. */
final class Withdrawal {
	public const OPTION = 'slashimage_withdrawn';

	/** Seconds after which no attempt is under way any more. */
	private const LONGEST = 5 * MINUTE_IN_SECONDS;

	/** Notes that an attempt is not wanted any more. */
	public static function note( string $attempt ): void {
		$known             = array_filter( self::all(), static fn( $at ): bool => is_int( $at ) && abs( time() - $at ) < self::LONGEST );
		$known[ $attempt ] = time();
		update_option( self::OPTION, array_slice( $known, -20 ), false );
	}

	/** Whether an attempt was withdrawn. Asked right before anything is stored, past every cache. */
	public static function has( string $attempt ): bool {
		return '' !== $attempt && isset( self::all()[ $attempt ] );
	}

	private static function all(): array {
		global $wpdb;
		$stored = maybe_unserialize( (string) $wpdb->get_var( $wpdb->prepare( "SELECT option_value FROM $wpdb->options WHERE option_name = %s", self::OPTION ) ) );
		return is_array( $stored ) ? $stored : array();
	}
}
