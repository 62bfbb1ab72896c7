<?php
declare( strict_types=1 );

namespace SlashImage;

/** The doctor's first check: is there a key, from where, and has it the shape of one? */
final class Probe_Key {
	/** @return array<int, string[]> Findings: a code and its values. */
	public static function key(): array {
		$keys  = Key_Store::all();
		$used  = $keys[0] ?? new Key( 'none' );
		$found = array( self::used( $used ) );
		foreach ( array_slice( $keys, 1 ) as $key ) {
			if ( $key->id() !== $used->id() ) {
				$found[] = array( 'key_also_set', self::print( $key ), $key->origin(), $used->origin() );
			}
		}
		foreach ( Key_Store::left_empty() as $empty ) {
			$found[] = array( 'key_source_empty', $empty->origin() );
		}
		return $found;
	}

	/** @return string[] */
	private static function used( Key $key ): array {
		if ( 'none' === $key->source ) {
			return array( Key_Store::is_settable() ? 'key_missing' : 'key_missing_network' );
		}
		if ( 'key_malformed' === $key->problem ) {
			return array( 'key_malformed', $key->origin(), self::cause( $key ) );
		}
		return '' === $key->problem
			? array( 'key_ok', $key->fingerprint(), $key->origin() )
			: array( $key->problem );
	}

	/** The sentence about what is wrong with the shape, in the form its number asks for. */
	private static function cause( Key $key ): string {
		$read   = Key_Shape::read( $key->secret() );
		$forms  = Decisions::get( 'sentences', 'cause', $read['cause'] );
		$detail = (string) $read['detail'];
		return isset( $forms[1] )
			// phpcs:ignore WordPress.WP.I18n -- the catalog's strings are in the .pot, put there by the build.
			? sprintf( _n( $forms[0], $forms[1], (int) $detail, 'slashimage' ), $detail )
			: Decisions::fill( $forms[0], $detail );
	}

	private static function print( Key $key ): string {
		return '' === $key->fingerprint() ? '?' : $key->fingerprint();
	}
}
