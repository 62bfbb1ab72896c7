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
				self::route( 'POST', 'connect', Decisions::get( 'schemas', 'connect_request', 'properties' ) ),
				self::route( 'DELETE', 'disconnect' ),
				'schema' => static fn(): array => Decisions::get( 'schemas', 'connection' ),
			)
		);
		register_rest_route( $namespace, '/connection/check', self::route( 'POST', 'check' ) );
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

	/** What a browser may know about the connection. */
	public static function state(): array {
		$state = Connection::get();
		$key   = Key_Store::current();
		return array(
			'state'       => $state['state'],
			'reason'      => $state['reason'],
			'outcome'     => $state['outcome'],
			'since'       => $state['since'],
			'verified_at' => $state['verified_at'],
			'checked_at'  => $state['checked_at'],
			'key'         => array(
				'source'      => $key->source,
				'name'        => '' === $key->name ? null : $key->name,
				// Of the key the state is about; it can be told even when the stored key can't be read any more.
				'fingerprint' => $state['fingerprint'],
			),
			'plan'        => $state['plan'],
			'hold'        => Hold::is_on( $state ) ? $state['hold'] : null,
			'domain'      => (string) wp_parse_url( Service::origin(), PHP_URL_HOST ),
		);
	}

	/**
	 * Takes over a pasted key, if its shape is right and the service accepts it. In every other case the stored key, its
	 * state and the queue stay exactly as they were.
	 *
	 * @return array|\WP_Error
	 */
	public static function connect( \WP_REST_Request $request ) {
		if ( Key_Store::current()->is_managed() ) {
			return Rest_Error::request( 'key_managed', 409 );
		}
		$read = Key_Shape::read( $request['key'] );
		if ( null !== $read['cause'] ) {
			return Rest_Error::malformed( $read['cause'] );
		}
		$checked = Service::check( $read['key'], 15 );
		$outcome = $checked['answer']->outcome;
		if ( 'accepted' !== Decisions::get( 'outcomes', $outcome, 'check' ) ) {
			return Rest_Error::not_accepted( $checked['answer'] );
		}
		$key = Key_Store::write( $read['key'] );
		if ( null === $key ) {
			return Rest_Error::request( 'key_not_stored', 500 );
		}
		Connection::connect( $key, $outcome, $checked['plan'] );
		return self::state();
	}

	/** @return array|\WP_Error */
	public static function disconnect() {
		if ( Key_Store::current()->is_managed() ) {
			return Rest_Error::request( 'key_managed', 409 );
		}
		Key_Store::forget();
		Connection::disconnect();
		return self::state();
	}

	/** @return array|\WP_Error */
	public static function check() {
		$answer = Check::run( 15 );
		if ( null === $answer ) {
			return Rest_Error::request( 'disconnected', 409 );
		}
		return 'unreachable' === Decisions::get( 'outcomes', $answer->outcome, 'check' )
			? Rest_Error::not_accepted( $answer )
			: self::state();
	}

	private static function route( string $method, string $callback, array $args = array() ): array {
		return array(
			'methods'             => $method,
			'callback'            => array( self::class, $callback ),
			'permission_callback' => array( self::class, 'allowed' ),
			'args'                => array_map( static fn( array $arg ): array => $arg + array( 'required' => true ), $args ),
		);
	}
}
