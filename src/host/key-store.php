<?php
declare( strict_types=1 );

namespace SlashImage;

/** Where keys come from, and the one that is stored: encrypted, in an option of its own that no page loads by itself. */
final class Key_Store {
	private const OPTION = 'slashimage_key';

	/**
	 * Returns the key in use: environment, constant, database, in this order of precedence. A source that is set wins
	 * even when its value is unusable; nothing falls back silently to a lower one.
	 */
	public static function current(): Key {
		$environment = Decisions::manifest( 'key', 'environment' );
		$value       = getenv( $environment );
		if ( is_string( $value ) && '' !== $value ) {
			return self::managed( 'env', $environment, $value );
		}
		$constant = Decisions::manifest( 'key', 'constant' );
		if ( defined( $constant ) && '' !== constant( $constant ) ) {
			return self::managed( 'constant', $constant, (string) constant( $constant ) );
		}
		$stored = get_option( self::OPTION, '' );
		return is_string( $stored ) && '' !== $stored ? self::stored( $stored ) : new Key( 'none' );
	}

	/** Stores a key that the service has accepted. Returns null where the database did not take it. */
	public static function write( string $secret ): ?Key {
		$nonce = random_bytes( SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		$box   = $nonce . sodium_crypto_secretbox( $secret, $nonce, self::encryption_key() );
		return update_option( self::OPTION, base64_encode( $box ), false ) ? new Key( 'database', '', $secret ) : null;
	}

	/** Deletes the stored key. Keys set in the configuration are not touched. */
	public static function forget(): void {
		delete_option( self::OPTION );
	}

	private static function managed( string $source, string $name, string $value ): Key {
		$read = Key_Shape::read( $value );
		return new Key( $source, $name, $read['key'], null === $read['cause'] ? '' : 'key_malformed' );
	}

	private static function stored( string $stored ): Key {
		$box = (string) base64_decode( $stored, true );
		$at  = SODIUM_CRYPTO_SECRETBOX_NONCEBYTES;
		if ( strlen( $box ) <= $at ) {
			return new Key( 'database', '', '', 'key_unreadable' );
		}
		$secret = sodium_crypto_secretbox_open( substr( $box, $at ), substr( $box, 0, $at ), self::encryption_key() );
		return is_string( $secret )
			? new Key( 'database', '', $secret )
			: new Key( 'database', '', '', 'key_unreadable' );
	}

	private static function encryption_key(): string {
		return hash_hkdf( 'sha256', wp_salt( 'secure_auth' ), SODIUM_CRYPTO_SECRETBOX_KEYBYTES, 'slashimage-api-key' );
	}
}
