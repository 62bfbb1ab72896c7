<?php
declare( strict_types=1 );

namespace SlashImage;

/** REST: the key of a network, what its sites may do, and the sites. Every write answers with the complete state. */
final class Network_Controller {
	public const CAPABILITY = 'manage_network_options';

	public static function register(): void {
		$namespace = Decisions::manifest( 'restNamespace' );
		register_rest_route( $namespace, '/network', self::route( 'GET', 'answer' ) );
		register_rest_route( $namespace, '/network/key', self::route( 'POST', 'connect', Decisions::args( 'connect_request' ) ) );
		register_rest_route( $namespace, '/network/key/disconnect', self::route( 'POST', 'disconnect' ) );
		register_rest_route( $namespace, '/network/key/withdraw', self::route( 'POST', 'withdraw', Decisions::args( 'withdraw_request' ) ) );
		register_rest_route( $namespace, '/network/settings', self::route( 'POST', 'save', Decisions::args( 'network_settings_request' ) ) );
	}

	public static function allowed(): bool {
		return current_user_can( self::CAPABILITY );
	}

	/** What the network screen shows, with one page of the sites. */
	public static function state( int $page ): array {
		$keys = Key_Store::for_network();
		$used = Key_Store::of_network();
		return array(
			'revision'    => Rest::now(),
			'key'         => Connection_Controller::keys( $keys, Key_Store::is_network_settable() ),
			'problem'     => '' === $used->problem ? null : $used->problem,
			'verified_at' => 'network' === $used->source ? Network::get()['verified_at'] : null,
			'domain'      => Network::at( get_main_site_id(), array( Origin::class, 'shown' ) ),
			'own_keys'    => Network::own_keys(),
			'settings'    => array( 'settable' => true ) + Settings::get(),
			'sites'       => Network_Sites::page( $page ),
		);
	}

	public static function answer( \WP_REST_Request $request ): array {
		return self::state( $request['page'] );
	}

	/**
	 * Takes over a pasted key, if the service accepts it for the main site; a key that is locked to domains may still be
	 * refused on another one, which then says so. In every other case nothing changes anywhere.
	 *
	 * @return array|\WP_Error
	 */
	public static function connect( \WP_REST_Request $request ) {
		if ( ! Key_Store::is_network_settable() ) {
			return Rest_Error::request( 'key_managed', 409 );
		}
		$main    = get_main_site_id();
		$checked = Network::at( $main, static fn() => Check::pasted( $request['key'], 15 ) );
		if ( is_wp_error( $checked ) ) {
			return $checked;
		}
		$problem = Network::at( $main, static fn(): string => Connection::alone( static fn(): string => Withdrawal::has( (string) $request['attempt'] ) ? 'withdrawn' : self::take_over( $checked ) ) );
		return '' === $problem ? self::answer( $request ) : Rest_Error::request( $problem, 'withdrawn' === $problem ? 409 : 500 );
	}

	/** As for a site's own key. */
	public static function withdraw( \WP_REST_Request $request ): array {
		Network::at( get_main_site_id(), static fn() => Connection::alone( static fn() => Withdrawal::note( $request['attempt'] ) ) );
		return self::answer( $request );
	}

	/**
	 * Forgets the network's key. Sites with a key of their own that they may use go on; the others wait.
	 *
	 * @return array|\WP_Error
	 */
	public static function disconnect( \WP_REST_Request $request ) {
		if ( ! in_array( 'network', wp_list_pluck( Key_Store::for_network(), 'source' ), true ) ) {
			return Rest_Error::request( Key_Store::is_network_settable() ? 'disconnected' : 'key_managed', 409 );
		}
		Network::at(
			get_main_site_id(),
			static fn() => Connection::alone(
				static function (): void {
					Key_Store::forget_network();
					Network::save( array( 'verified_at' => null ) );
				}
			)
		);
		Network_Sites::wake();
		return self::answer( $request );
	}

	public static function save( \WP_REST_Request $request ): array {
		$before = Network::own_keys();
		Network::save(
			array(
				'own_keys'     => $request['own_keys'],
				'emails'       => $request['emails'],
				'keep_backups' => $request['keep_backups'],
			)
		);
		if ( Network::own_keys() !== $before ) {
			Network_Sites::wake();
		}
		return self::answer( $request );
	}

	/** Stores an accepted key, on the main site. That one need not ask again: the answer was about it. Returns the problem, or nothing. */
	private static function take_over( array $checked ): string {
		$key = Key_Store::write_network( $checked['key'] );
		if ( null === $key ) {
			return 'key_not_stored';
		}
		Network::save( array( 'verified_at' => time() ) );
		Network_Sites::wake();
		if ( 'network' === Key_Store::current()->source ) {
			Connection::connect( $key, $checked['outcome'], $checked['plan'] );
		}
		return '';
	}

	private static function route( string $method, string $callback, array $args = array() ): array {
		$page = array(
			'type'    => 'integer',
			'minimum' => 1,
			'default' => 1,
		);
		return array(
			'methods'             => $method,
			'callback'            => array( self::class, $callback ),
			'permission_callback' => array( self::class, 'allowed' ),
			'args'                => compact( 'page' ) + $args,
		);
	}
}
