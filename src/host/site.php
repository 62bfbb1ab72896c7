<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * Whose site this is: the host, the blog of a network, and the type of environment that the key was connected for. A copy
 * of a site has its key as well, and would spend its credits. Only somebody who may manage the connection changes what is
 * stored of it: a request says of itself what it likes.
 */
final class Site {
	/** What is known of this site now. `host` without a port and `www.`, in lower case: the same site by other addresses. */
	public static function current(): array {
		return array(
			'host'        => self::host( self::home() ),
			'blog'        => get_current_blog_id(),
			'environment' => wp_get_environment_type(),
		);
	}

	/** What is stored when somebody says that SlashImage may optimize here, too; `$old`: what was stored before, if it counts. */
	public static function confirmed( ?array $old ): array {
		$now = self::current();
		$old = self::is_of( $old, $now['blog'] ) ? $old : array(
			'hosts'        => array(),
			'environments' => array(),
		);
		return array(
			'hosts'        => array_values( array_unique( array( ...$old['hosts'], $now['host'] ) ) ),
			'blog'         => $now['blog'],
			'environments' => array_values( array_unique( array( ...$old['environments'], $now['environment'] ) ) ),
		);
	}

	/** The outcome of working on this site: `another_site`, `another_environment`, or empty: it is the one. */
	public static function differs( array $state ): string {
		$known = $state['site'];
		if ( null === $known ) {
			return '';
		}
		$now = self::current();
		if ( ! self::is_of( $known, $now['blog'] ) || ! in_array( $now['host'], $known['hosts'], true ) ) {
			return 'another_site';
		}
		return 'production' === $now['environment'] || in_array( $now['environment'], $known['environments'], true ) ? '' : 'another_environment';
	}

	/** What the sentence of an outcome is filled with. */
	public static function difference( string $outcome, array $state ): array {
		$now = self::current();
		switch ( $outcome ) {
			case 'another_site':
				return array( implode( ', ', (array) ( $state['site']['hosts'] ?? array() ) ), $now['host'] );
			case 'another_environment':
				return array( implode( ', ', (array) ( $state['site']['environments'] ?? array() ) ), $now['environment'] );
			case 'switched_off':
				return array( Decisions::manifest( 'optimizing', 'constant' ) );
			default:
				return array();
		}
	}

	/**
	 * Notes or settles, for somebody who may manage the connection, whether this is the site it is for. Costs nothing while
	 * nothing has changed.
	 */
	public static function look(): void {
		$state = Connection::get();
		if ( ! self::is_spoken_for() || in_array( $state['state'], array( 'disconnected', 'unchecked' ), true ) ) {
			return;
		}
		$differs = self::differs( $state );
		$held    = $state['holds']['site']['outcome'] ?? '';
		if ( null === $state['site'] ) {
			Connection::confirm_site();
		} elseif ( '' === $differs && '' !== $held ) {
			Connection::lift( 'site' );
		} elseif ( $differs !== $held ) {
			Connection::hold( $differs );
		}
	}

	/** Whether the configuration says that nothing is to be optimized here: false, or other hosts than this. */
	public static function is_switched_off(): bool {
		$constant = Decisions::manifest( 'optimizing', 'constant' );
		if ( ! defined( $constant ) ) {
			return false;
		}
		$value = constant( $constant );
		$hosts = array_map( array( self::class, 'host' ), array_map( 'strval', array_filter( (array) $value, 'is_scalar' ) ) );
		return is_bool( $value ) || is_int( $value ) ? ! $value : ! in_array( self::current()['host'], $hosts, true );
	}

	/**
	 * Whether whoever this request is of may say what the site's address is. On a command line and in WP-Cron an address made
	 * from the request's is another one, whoever they run as.
	 */
	public static function is_spoken_for(): bool {
		return function_exists( 'wp_get_current_user' ) && ! wp_doing_cron() && ! Check::on_command_line() && Connection_Controller::allowed();
	}

	/**
	 * The home address, without what plugins do to links; of a request without a host, as from a command line, the one in
	 * the database.
	 */
	private static function home(): string {
		$home = (string) get_option( 'home' );
		return '' === Origin::host( $home ) ? self::stored_home() : $home;
	}

	/** The home address in the database, whatever the configuration and other plugins say. */
	public static function stored_home(): string {
		global $wpdb;
		return (string) $wpdb->get_var( "SELECT option_value FROM $wpdb->options WHERE option_name = 'home'" );
	}

	private static function host( string $address ): string {
		return (string) preg_replace( '/^www\./', '', Origin::host( $address ) );
	}

	/** Whether what is stored is about this blog: sites in folders of a network share their host. */
	private static function is_of( ?array $known, int $blog ): bool {
		return is_array( $known['hosts'] ?? null ) && is_array( $known['environments'] ?? null ) && ( $known['blog'] ?? null ) === $blog;
	}
}
