<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * The state of the connection: one small autoloaded option without a secret in it, so that a healthy page pays nothing.
 * Changes go through one compare-and-swap, because workers on several servers report at the same time.
 */
final class Connection {
	public const OPTION = 'slashimage_connection';

	private const NEW = array(
		'installed'   => 0,
		'revision'    => 0,
		'state'       => 'disconnected',
		'reason'      => null,
		'outcome'     => null,
		'since'       => 0,
		'verified_at' => null,
		'checked_at'  => null,
		'key_id'      => '',
		'source'      => 'none',
		'fingerprint' => '',
		'origin'      => '',
		'plan'        => null,
		'hold'        => null,
		'tries'       => 0,
	);

	/** Returns the stored state; the defaults for what an older version did not store. */
	public static function get(): array {
		$stored = get_option( self::OPTION );
		return ( is_array( $stored ) ? $stored : array() ) + self::NEW;
	}

	/** The state as it is in the database now: a worker runs for long, and others change it meanwhile. */
	public static function fresh(): array {
		return (array) maybe_unserialize( self::stored() ) + self::NEW;
	}

	/** Creates the option, so that reading it never costs a query, and notes the version of what is installed. */
	public static function install( int $version ): void {
		add_option( self::OPTION, array( 'since' => time() ) + self::NEW, '', true );
		self::update( static fn( array $old ): array => array( 'installed' => $version ) + $old );
	}

	/** Takes over a key the service has just accepted. Returns the new state. */
	public static function connect( Key $key, string $outcome, ?array $plan ): array {
		return self::update(
			static fn( array $old ): array => array(
				'state'       => 'connected',
				'outcome'     => $outcome,
				'since'       => 'connected' === $old['state'] ? $old['since'] : time(),
				'verified_at' => time(),
				'checked_at'  => time(),
				'origin'      => Service::origin(),
				'plan'        => $plan,
			) + self::about( $key ) + self::NEW
		);
	}

	/** Makes the state one about this key: a key set in the configuration changes without anybody connecting it. */
	public static function adopt( Key $key ): void {
		$about = self::about( $key );
		$state = self::get();
		if ( $state['source'] === $key->source && $state['key_id'] === $about['key_id'] ) {
			return;
		}
		if ( 'key_unreadable' === $key->problem ) {
			// It can still be said which key it was.
			$about['fingerprint'] = $state['fingerprint'];
		} elseif ( $state['key_id'] !== $about['key_id'] ) {
			// What was verified or counted belongs to another key.
			$about += array_intersect_key( self::NEW, array_flip( array( 'verified_at', 'checked_at', 'plan', 'hold', 'tries' ) ) );
		}
		self::update( static fn( array $old ): array => $about + $old );
	}

	/** Notes the address the service is told from now on. Returns whether it is another one. */
	public static function moved( string $origin ): bool {
		$moved = self::get()['origin'] !== $origin;
		if ( $moved ) {
			self::update( static fn( array $old ): array => array( 'origin' => $origin ) + $old );
		}
		return $moved;
	}

	/** The service works again: the next wait starts short. */
	public static function answered( Key $key ): void {
		if ( self::fresh()['tries'] > 0 ) {
			self::apply( 'optimized', $key );
		}
	}

	/** Notes the credits the service counted with the last image. */
	public static function credits( Key $key, int $remaining ): void {
		self::update(
			static function ( array $old ) use ( $key, $remaining ): ?array {
				if ( $key->id() !== $old['key_id'] || ! isset( $old['plan']['limit'] ) ) {
					return null;
				}
				$old['plan']['used']      = max( 0, $old['plan']['limit'] - $remaining );
				$old['plan']['remaining'] = $remaining;
				return $old;
			}
		);
	}

	/** Forgets the connection. Images and the queue stay as they are. */
	public static function disconnect(): array {
		return self::update( static fn(): array => array( 'since' => time() ) + self::NEW );
	}

	/**
	 * Applies what the service said about a key. Nothing happens when that key is no longer the one in use: an answer to
	 * the old key may arrive after the new one was accepted.
	 */
	public static function apply( string $code, Key $key, ?array $plan = null, int $retry_after = 0 ): array {
		return self::update(
			static function ( array $old ) use ( $code, $key, $plan, $retry_after ): ?array {
				return $key->id() === $old['key_id']
					? self::after( $old, $code, $plan, $retry_after )
					: null;
			}
		);
	}

	private static function about( Key $key ): array {
		return array(
			'key_id'      => $key->id(),
			'source'      => $key->source,
			'fingerprint' => $key->fingerprint(),
		);
	}

	/** The state after an outcome, as the outcomes table says. */
	private static function after( array $old, string $code, ?array $plan, int $retry_after ): array {
		$row = Decisions::get( 'outcomes', $code );
		$new = $old;
		if ( 'unchanged' !== $row['connection'] ) {
			$new['origin'] = Service::origin();
		}
		if ( 'accepted' === $row['check'] && 0 !== ( $plan['remaining'] ?? null ) ) {
			$new = Hold::lifted( $new );
		}
		if ( 'reconnect' === $row['connection'] ) {
			$new['state']   = 'reconnect';
			$new['reason']  = $row['reason'];
			$new['outcome'] = $code;
		} elseif ( 'connected' === $row['connection'] ) {
			$new['checked_at']  = time();
			$new['verified_at'] = time();
			$new['plan']        = $plan;
			if ( 'reconnect' !== $old['state'] || ( $row['leaves'] ?? '' ) !== $old['reason'] ) {
				$new['state']   = 'connected';
				$new['reason']  = null;
				$new['outcome'] = $code;
			}
		} else {
			$new = Hold::set( $new, $code, $retry_after );
		}
		if ( $new['state'] !== $old['state'] ) {
			$new['since'] = time();
		}
		return $new;
	}

	/**
	 * Replaces the stored state in one statement that only succeeds if nobody else changed it meanwhile. `$change` gets
	 * the state in the database and returns the new one, or null to leave it.
	 */
	private static function update( callable $change ): array {
		for ( $tries = 0; $tries < 5; $tries++ ) {
			$stored = self::stored();
			$old    = (array) maybe_unserialize( $stored ) + self::NEW;
			$new    = $change( $old );
			if ( null === $new || $new === $old ) {
				return $old;
			}
			$new = array(
				'revision'  => $old['revision'] + 1,
				'installed' => max( $old['installed'], $new['installed'] ),
			) + $new;
			if ( self::swap( $stored, maybe_serialize( $new ) ) ) {
				Schedule::connection_changed( $old, $new );
				return $new;
			}
		}
		return self::get();
	}

	private static function stored(): string {
		global $wpdb;
		return (string) $wpdb->get_var(
			$wpdb->prepare( "SELECT option_value FROM {$wpdb->options} WHERE option_name = %s", self::OPTION )
		);
	}

	private static function swap( string $old, string $new ): bool {
		global $wpdb;
		$changed = $wpdb->update(
			$wpdb->options,
			array( 'option_value' => $new ),
			array(
				'option_name'  => self::OPTION,
				'option_value' => $old,
			)
		);
		wp_cache_delete( 'alloptions', 'options' );
		wp_cache_delete( self::OPTION, 'options' );
		return 1 === $changed;
	}
}
