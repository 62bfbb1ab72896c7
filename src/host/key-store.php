<?php
declare( strict_types=1 );

namespace SlashImage;

/** Where keys come from, and the ones that are stored: encrypted, in options of their own that no page loads by itself. */
final class Key_Store {
	private const OPTION  = 'slashimage_key';
	private const NETWORK = 'slashimage_network_key';

	/** Returns the key in use. A source that is set wins even when its value is unusable: nothing falls back silently. */
	public static function current(): Key {
		return self::all()[0] ?? new Key( 'none' );
	}

	/**
	 * Returns every key that is set, the one in use first: environment, constant, network, this site. Where the network
	 * lets sites use their own key, a site that has one stands before the network; where it does not, the site's own
	 * counts for nothing, also while the network has none.
	 *
	 * @return Key[]
	 */
	public static function all(): array {
		$own     = self::stored( 'database', get_option( self::OPTION, '' ) );
		$network = is_multisite() ? self::stored( 'network', get_site_option( self::NETWORK, '' ) ) : null;
		$stored  = self::may_be_own() ? array( $own, $network ) : array( $network ?? new Key( 'none' ), $own );
		return array_values( array_filter( array_merge( self::configured(), $stored ) ) );
	}

	/** Whether this site may set a key of its own: not while the configuration has one, or the network keeps it to itself. */
	public static function is_settable(): bool {
		return ! self::configured() && self::may_be_own();
	}

	/** Whether the network may set its key: not while the configuration has one. */
	public static function is_network_settable(): bool {
		return ! self::configured();
	}

	/** The key of the configuration or, without one, of the network; the network screen is about it. */
	public static function of_network(): Key {
		return self::for_network()[0] ?? new Key( 'none' );
	}

	/** @return Key[] Every key that is set for all sites, the one in use first. */
	public static function for_network(): array {
		$network = self::stored( 'network', get_site_option( self::NETWORK, '' ) );
		return array_merge( self::configured(), $network ? array( $network ) : array() );
	}

	/**
	 * Returns the sources that somebody set and left empty, which is as good as not set, and easily overlooked.
	 *
	 * @return Key[]
	 */
	public static function left_empty(): array {
		$constant = Decisions::manifest( 'key', 'constant' );
		$empty    = array();
		if ( '' === getenv( Decisions::manifest( 'key', 'environment' ) ) ) {
			$empty[] = new Key( 'env', Decisions::manifest( 'key', 'environment' ) );
		}
		if ( defined( $constant ) && '' === constant( $constant ) ) {
			$empty[] = new Key( 'constant', $constant );
		}
		return $empty;
	}

	/** Stores a key that the service has accepted. Returns null where the database did not take it. */
	public static function write(
		#[\SensitiveParameter]
		string $secret
	): ?Key {
		return update_option( self::OPTION, self::sealed( $secret ), false ) ? new Key( 'database', '', $secret ) : null;
	}

	/** Stores the network's key. Returns null where the database did not take it. */
	public static function write_network(
		#[\SensitiveParameter]
		string $secret
	): ?Key {
		return update_site_option( self::NETWORK, self::sealed( $secret ) ) ? new Key( 'network', '', $secret ) : null;
	}

	/** Deletes this site's stored key. Keys set in the configuration or for the network are not touched. */
	public static function forget(): void {
		delete_option( self::OPTION );
	}

	/** Deletes the stored key of a network, this one unless said. */
	public static function forget_network( ?int $network = null ): void {
		delete_network_option( $network, self::NETWORK );
	}

	private static function may_be_own(): bool {
		return ! is_multisite() || Network::own_keys();
	}

	/** @return Key[] The keys of the environment and of a constant. Costs no query. */
	public static function configured(): array {
		$environment = Decisions::manifest( 'key', 'environment' );
		$constant    = Decisions::manifest( 'key', 'constant' );
		return array_values(
			array_filter(
				array(
					self::managed( 'env', $environment, getenv( $environment ) ),
					self::managed( 'constant', $constant, defined( $constant ) ? constant( $constant ) : '' ),
				)
			)
		);
	}

	/** @param mixed $value */
	private static function managed(
		string $source,
		string $name,
		#[\SensitiveParameter]
		$value
	): ?Key {
		if ( false === $value || null === $value || '' === $value ) {
			return null;
		}
		$read = Key_Shape::read( is_string( $value ) ? $value : '?' );
		return new Key( $source, $name, $read['key'], null === $read['cause'] ? '' : 'key_malformed' );
	}

	/** @param mixed $stored */
	private static function stored( string $source, $stored ): ?Key {
		if ( in_array( $stored, array( '', false, null ), true ) ) {
			return null;
		}
		// What is not text is none of ours, and was not nothing.
		$box    = (string) base64_decode( is_string( $stored ) ? $stored : '', true );
		$at     = SODIUM_CRYPTO_SECRETBOX_NONCEBYTES;
		$secret = strlen( $box ) > $at
			? sodium_crypto_secretbox_open( substr( $box, $at ), substr( $box, 0, $at ), self::encryption_key() )
			: false;
		return is_string( $secret ) ? new Key( $source, '', $secret ) : new Key( $source, '', '', 'key_unreadable' );
	}

	private static function sealed(
		#[\SensitiveParameter]
		string $secret
	): string {
		$nonce = random_bytes( SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		return base64_encode( $nonce . sodium_crypto_secretbox( $secret, $nonce, self::encryption_key() ) );
	}

	private static function encryption_key(): string {
		return hash_hkdf( 'sha256', wp_salt( 'secure_auth' ), SODIUM_CRYPTO_SECRETBOX_KEYBYTES, 'slashimage-api-key' );
	}
}
