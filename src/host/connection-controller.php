<?php
declare( strict_types=1 );

namespace SlashImage;

/** REST: the connection. Every write answers with its complete state. */
final class Connection_Controller {
	public static function register(): void {
		$namespace = Decisions::manifest( 'restNamespace' );
		register_rest_route(
			$namespace,
			'/connection',
			array(
				self::route( 'GET', 'state' ),
				self::route( 'POST', 'connect', Decisions::args( 'connect_request' ) ),
				'schema' => static fn(): array => Decisions::get( 'schemas', 'connection' ),
			)
		);
		register_rest_route( $namespace, '/connection/disconnect', self::route( 'POST', 'disconnect' ) );
		register_rest_route( $namespace, '/connection/withdraw', self::route( 'POST', 'withdraw', Decisions::args( 'withdraw_request' ) ) );
		register_rest_route( $namespace, '/connection/check', self::route( 'POST', 'check' ) );
		register_rest_route( $namespace, '/connection/allow-site', self::route( 'POST', 'allow_site' ) );
		register_rest_route(
			$namespace,
			'/notice',
			array(
				'methods'             => 'POST',
				'callback'            => array( Notice::class, 'hide' ),
				'permission_callback' => array( self::class, 'allowed' ),
				'args'                => array(
					'notice' => array(
						'type'     => 'string',
						'enum'     => array_keys( Decisions::get( 'notices' ) ),
						'required' => true,
					),
				),
			)
		);
	}

	public static function allowed(): bool {
		return current_user_can( Decisions::manifest( 'menu', 'capability' ) );
	}

	/** What a browser may know about the connection. It is about the key in use, which may have changed just now. */
	public static function state(): array {
		Check::if_changed();
		Site::look();
		$state = Connection::get();
		return array(
			'revision'    => $state['revision'],
			'state'       => $state['state'],
			'reason'      => $state['reason'],
			'outcome'     => $state['outcome'],
			'since'       => $state['since'],
			'verified_at' => $state['verified_at'],
			'checked_at'  => $state['checked_at'],
			'key'         => self::keys( Key_Store::all(), Key_Store::is_settable(), $state['fingerprint'] ),
			'plan'        => $state['plan'],
			'hold'        => self::hold( $state ),
			'domain'      => Origin::shown(),
			'bubble'      => Bubble::get(),
		);
	}

	private static function hold( array $state ): ?array {
		$hold = Hold::shown( $state );
		return $hold ? array( 'sentence' => Hold::sentence( $hold, $state ) ) + $hold : null;
	}

	/**
	 * Has images optimized on this site, too: somebody saw that it is another one than the key was connected on.
	 *
	 * @return array|\WP_Error
	 */
	public static function allow_site() {
		if ( ! isset( Connection::get()['holds']['site'] ) ) {
			return Rest_Error::request( 'site_not_held', 409 );
		}
		Connection::confirm_site();
		return self::state();
	}

	/**
	 * Takes over a pasted key, if its shape is right and the service accepts it. In every other case the stored key, its
	 * state and the queue stay exactly as they were.
	 *
	 * @return array|\WP_Error
	 */
	public static function connect( \WP_REST_Request $request ) {
		if ( ! Key_Store::is_settable() ) {
			return self::managed();
		}
		$checked = Check::pasted( $request['key'], 15 );
		if ( is_wp_error( $checked ) ) {
			return $checked;
		}
		$problem = Connection::alone(
			static function () use ( $checked, $request ): string {
				if ( Withdrawal::has( (string) $request['attempt'] ) ) {
					return 'withdrawn';
				}
				$key = Key_Store::write( $checked['key'] );
				if ( $key ) {
					Connection::connect( $key, $checked['outcome'], $checked['plan'] );
				}
				return $key ? '' : 'key_not_stored';
			}
		);
		return '' === $problem ? self::state() : Rest_Error::request( $problem, 'withdrawn' === $problem ? 409 : 500 );
	}

	/** Somebody has cancelled an attempt to connect: it stores nothing any more, unless it has stored the key already. */
	public static function withdraw( \WP_REST_Request $request ): array {
		Connection::alone( static fn() => Withdrawal::note( $request['attempt'] ) );
		return self::state();
	}

	/**
	 * Forgets the stored key. Where another source has the key in use, nothing else changes; a site of a network goes back
	 * to the network's key.
	 *
	 * @return array|\WP_Error
	 */
	public static function disconnect() {
		if ( ! in_array( 'database', wp_list_pluck( Key_Store::all(), 'source' ), true ) ) {
			return Key_Store::is_settable() ? Rest_Error::request( 'disconnected', 409 ) : self::managed();
		}
		Connection::alone(
			static function (): void {
				$was_in_use = 'database' === Key_Store::current()->source;
				Key_Store::forget();
				if ( $was_in_use ) {
					Connection::disconnect();
				}
			}
		);
		return self::state();
	}

	/** @return array|\WP_Error */
	public static function check() {
		$answer = Check::run( 15 );
		Schedule::try_background();
		if ( null === $answer ) {
			return Rest_Error::request( 'disconnected', 409 );
		}
		return 'unreachable' === Decisions::get( 'outcomes', $answer->outcome, 'check' )
			? Rest_Error::not_accepted( $answer )
			: self::state();
	}

	/**
	 * The key in use, the first of these, and the others. `$known`: its fingerprint, should it no longer be readable.
	 *
	 * @param Key[] $keys
	 */
	public static function keys( array $keys, bool $settable, string $known = '' ): array {
		$used   = $keys[0] ?? new Key( 'none' );
		$differ = array_filter( $keys, static fn( Key $key ): bool => $key->id() !== $used->id() );
		return array(
			'fingerprint' => 'key_unreadable' === $used->problem ? $known : $used->fingerprint(),
			'settable'    => $settable,
			'others'      => array_map( static fn( Key $key ): array => $key->shown(), array_values( $differ ) ),
		) + $used->shown();
	}

	/** The key is set elsewhere: in the configuration, or by the network. */
	private static function managed(): \WP_Error {
		return Rest_Error::request( Key_Store::configured() ? 'key_managed' : 'settings_managed', 409 );
	}

	private static function route( string $method, string $callback, array $args = array() ): array {
		return array(
			'methods'             => $method,
			'callback'            => array( self::class, $callback ),
			'permission_callback' => array( self::class, 'allowed' ),
			'args'                => $args,
		);
	}
}
