<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * The state of the connection: one small autoloaded option without a secret in it, so that a healthy page pays nothing.
 * Changes go through one compare-and-swap, because workers on several servers report at the same time.
 */
final class Connection {
	public const OPTION = 'slashimage_connection';

	/** Seconds that changing key and state may take. */
	private const LONGEST = 5;

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
		'holds'       => array(),
		// How often in a row a worker was ended by the server, and nothing was finished in between.
		'ended'       => 0,
		// Which of Loopback's ways gets through to this site, and when that was tested.
		'way'         => 'ajax',
		'tested'      => 0,
		// Whose site it is, as Site::confirmed() says; null: nobody who may say so was here yet.
		'site'        => null,
	);

	/** @var array<int, string> By site, what this request has written last: a replica that lags does not know it yet. */
	private static array $written = array();

	/** The types of fields that may be null. */
	private const TYPES = array(
		'reason'      => 'string',
		'outcome'     => 'string',
		'verified_at' => 'integer',
		'checked_at'  => 'integer',
		'plan'        => 'array',
		'site'        => 'array',
	);

	/** Returns the stored state; the defaults for what an older version did not store. */
	public static function get(): array {
		return self::complete( get_option( self::OPTION ) );
	}

	/** The state as it is in the database now: a worker runs for long, and others change it meanwhile. */
	public static function fresh(): array {
		return self::complete( maybe_unserialize( self::stored() ) );
	}

	/**
	 * What is stored, each field of its type, with the defaults for what is not; what an older version held goes.
	 *
	 * @param mixed $stored
	 */
	private static function complete( $stored ): array {
		$stored = is_array( $stored ) ? $stored : array();
		$state  = self::NEW;
		foreach ( self::NEW as $name => $default ) {
			$value = $stored[ $name ] ?? null;
			if ( gettype( $value ) === ( self::TYPES[ $name ] ?? gettype( $default ) ) ) {
				$state[ $name ] = $value;
			}
		}
		if ( ! in_array( $state['state'], Decisions::get( 'schemas', 'connection', 'properties', 'state', 'enum' ), true ) ) {
			$state['state'] = 'disconnected';
		}
		$is_unchecked = 'disconnected' === $state['state'] ? 'none' !== $state['source'] || Key_Store::configured() : 'connected' === $state['state'] && null === $state['verified_at'];
		if ( $is_unchecked ) {
			$state['state'] = 'unchecked';
		}
		if ( ! in_array( $state['way'], array( 'none', ...Loopback::WAYS ), true ) ) {
			$state['way'] = self::NEW['way'];
		}
		$state['plan']  = Plan::stored( $state['plan'] );
		$state['holds'] = array_filter( $state['holds'], array( Hold::class, 'is_one' ) );
		return $state;
	}

	/** Has it loaded with every page again, where somebody has turned that off: each page would ask for it. */
	public static function keep_loaded(): void {
		if ( ! array_key_exists( self::OPTION, wp_load_alloptions() ) && false !== get_option( self::OPTION ) ) {
			wp_set_option_autoload( self::OPTION, true );
		}
	}

	/** Creates the option, so that reading it never costs a query, and notes the version of what is installed. */
	public static function install( int $version ): void {
		add_option( self::OPTION, array( 'since' => time() ) + self::NEW, '', true );
		self::update( static fn( array $old ): array => array( 'installed' => $version ) + $old );
	}

	/**
	 * Changes key and state together, after whoever is at it: the later of two wins whole. One that is at it for longer than
	 * any is was killed, and is not waited for. Returns what `$change` returns.
	 *
	 * @return mixed
	 */
	public static function alone( callable $change ) {
		$until = microtime( true ) + self::LONGEST;
		$lock  = Lock::take( self::OPTION );
		while ( ! $lock && microtime( true ) < $until ) {
			usleep( 50000 );
			$lock = Lock::take( self::OPTION );
		}
		try {
			return $change();
		} finally {
			if ( $lock ) {
				$lock->release();
			}
		}
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
				'origin'      => Origin::current(),
				'plan'        => $plan,
				// The site it is connected on, and no other.
				'site'        => Site::is_spoken_for() ? Site::confirmed( null ) : null,
				// The disk is no emptier for another key, and PHP no better.
				'holds'       => array_intersect_key( $old['holds'], array_flip( array( 'error', 'storage', 'background' ) ) ),
			) + array_intersect_key( $old, array_flip( array( 'ended', 'way', 'tested' ) ) ) + self::about( $key ) + self::NEW
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
			$about += array_intersect_key( self::NEW, array_flip( array( 'verified_at', 'checked_at', 'plan' ) ) );
			if ( 'connected' === $state['state'] ) {
				$about['state'] = 'unchecked';
			}
		}
		self::update(
			static function ( array $old ) use ( $about ): array {
				$new = $about + $old;
				if ( $old['key_id'] !== $about['key_id'] ) {
					$new = Hold::lifted( $new, 'service', 'credits' );
				}
				// Another key was set for this site. Not for an id alone: a copy with other salts has another one for the same key.
				return $old['fingerprint'] === $about['fingerprint'] ? $new : array( 'site' => null ) + Hold::lifted( $new, 'site' );
			}
		);
	}

	/** Notes the address the service is told from now on. Returns whether it is another one. */
	public static function moved( string $origin ): bool {
		$moved = '' !== $origin && Site::is_spoken_for() && self::get()['origin'] !== $origin;
		if ( $moved ) {
			self::update( static fn( array $old ): array => array( 'origin' => $origin ) + $old );
		}
		return $moved;
	}

	/** An image was optimized and stored: what was waited for is there, and the next wait starts short. */
	public static function answered(): void {
		$state = self::fresh();
		if ( $state['holds'] || $state['ended'] ) {
			self::update( static fn( array $old ): array => array( 'ended' => 0 ) + Hold::lifted( $old, 'service', 'credits', 'storage', 'error' ) );
		}
	}

	/** Notes that the server has ended a worker. Where that goes on, nothing is left to the background any more. */
	public static function ended(): void {
		self::update(
			static function ( array $old ): array {
				$old['ended'] = min( 99, $old['ended'] + 1 );
				return $old['ended'] >= Decisions::get( 'ended_before_holding' ) ? Hold::set( $old, 'work_ended', 0 ) : $old;
			}
		);
	}

	/** Notes that work goes on after its answer. */
	public static function outlived(): void {
		self::update( static fn( array $old ): array => array( 'ended' => 0 ) + Hold::lifted( $old, 'background' ) );
		Schedule::next();
	}

	/** Notes which way gets through to this site. */
	public static function found_way( string $way ): void {
		self::update(
			static fn( array $old ): array => array(
				'way'    => $way,
				'tested' => time(),
			) + $old
		);
	}

	/** Holds the queue for what an outcome says, in which the key has no part. */
	public static function hold( string $outcome, int $retry_after = 0 ): array {
		return self::update( static fn( array $old ): array => Hold::set( $old, $outcome, $retry_after ) );
	}

	public static function lift( string ...$reasons ): array {
		return self::update( static fn( array $old ): array => Hold::lifted( $old, ...$reasons ) );
	}

	/** Somebody who may manage the connection says that it is for this site, too. */
	public static function confirm_site(): array {
		return self::update( static fn( array $old ): array => array( 'site' => Site::confirmed( $old['site'] ) ) + Hold::lifted( $old, 'site' ) );
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
		if ( 'unchanged' !== $row['connection'] && Site::is_spoken_for() ) {
			$new['origin'] = Origin::current();
		}
		if ( 'accepted' === $row['check'] ) {
			$new = Hold::lifted( $new, 'service', ...( 0 === ( $plan['remaining'] ?? null ) ? array() : array( 'credits' ) ) );
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
			$stored = self::stored_or_new();
			$old    = self::complete( maybe_unserialize( $stored ) );
			$new    = $change( $old );
			if ( null === $new || $new === $old ) {
				// The cache may have lost a write.
				self::cache( $stored );
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
			// Somebody was faster; what they wrote may take a while to come to where it is read.
			unset( self::$written[ get_current_blog_id() ] );
			usleep( 50000 * 2 ** $tries );
		}
		return self::get();
	}

	/** What is stored; where somebody has deleted it, a new one is: a change would find nothing to change. */
	private static function stored_or_new(): string {
		$stored = self::stored();
		if ( '' === $stored ) {
			add_option( self::OPTION, array( 'since' => time() ) + self::NEW, '', true );
			$stored = self::stored();
		}
		return $stored;
	}

	private static function stored(): string {
		global $wpdb;
		$stored = (string) $wpdb->get_var(
			$wpdb->prepare( "SELECT option_value FROM {$wpdb->options} WHERE option_name = %s", self::OPTION )
		);
		$written = self::$written[ get_current_blog_id() ] ?? '';
		return self::revision( $written ) > self::revision( $stored ) ? $written : $stored;
	}

	private static function revision( string $stored ): int {
		return '' === $stored ? -1 : self::complete( maybe_unserialize( $stored ) )['revision'];
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
		if ( 1 === $changed ) {
			self::$written[ get_current_blog_id() ] = $new;
			self::cache( $new );
		}
		return 1 === $changed;
	}

	/**
	 * Has the cache say what the database says, as WordPress does with an option that is written: one that is only dropped
	 * from a persistent cache may stay there, and would be believed for good.
	 */
	private static function cache( string $value ): void {
		$all = wp_load_alloptions();
		if ( '' !== $value && ( $all[ self::OPTION ] ?? null ) !== $value ) {
			$all[ self::OPTION ] = $value;
			wp_cache_set( 'alloptions', $all, 'options' );
			wp_cache_delete( self::OPTION, 'options' );
		}
	}
}
