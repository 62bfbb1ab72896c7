<?php
declare( strict_types=1 );

namespace SlashImage;

use WpOrg\Requests\IdnaEncoder;

/**
 * The site's origin as the service is told it, in one spelling: lower case, ASCII, without a final dot, a port or a path.
 * A request says of itself what it likes, so only somebody who may manage the connection brings a new one.
 */
final class Origin {
	/**
	 * Where nobody is logged in who may manage the connection it is the one stored by somebody who was or, before that, the
	 * one in the database. Empty: the site has no usable address, or it isn't known yet which; then nothing is asked.
	 */
	public static function current(): string {
		$is_spoken_for = Site::is_spoken_for();
		$stored        = self::normal( Connection::get()['origin'] );
		if ( '' !== $stored && ! $is_spoken_for ) {
			return $stored;
		}
		$origin = self::normal( $is_spoken_for ? home_url() : self::in_database() );
		/** Filters the Origin, for sites behind a proxy or with mapped domains. */
		$filtered = apply_filters( 'slashimage_origin', $origin );
		return is_string( $filtered ) ? self::normal( $filtered ) : $origin;
	}

	/** The domain the service sees: what has to be on the key's list. */
	public static function domain(): string {
		return self::host( self::current() );
	}

	/** The same for a person: where it is spelled in letters of other alphabets, in both spellings. */
	public static function shown(): string {
		$domain  = self::domain();
		$letters = false !== strpos( $domain, 'xn--' ) && function_exists( 'idn_to_utf8' ) ? (string) idn_to_utf8( $domain ) : '';
		return '' === $letters || $letters === $domain ? $domain : "$letters ($domain)";
	}

	/** An address as an origin; empty: it has no host that can be one. One without a scheme is taken for https. */
	public static function normal( string $address ): string {
		$address = trim( $address );
		$address = false === strpos( $address, '//' ) ? "//$address" : $address;
		$host    = self::ascii( (string) wp_parse_url( $address, PHP_URL_HOST ) );
		$scheme  = strtolower( (string) wp_parse_url( $address, PHP_URL_SCHEME ) );
		return '' === $host ? '' : ( 'http' === $scheme ? 'http' : 'https' ) . "://$host";
	}

	/** The host of an address in the same spelling; empty: it has none. */
	public static function host( string $address ): string {
		return (string) wp_parse_url( self::normal( $address ), PHP_URL_HOST );
	}

	private static function ascii( string $host ): string {
		$host = rtrim( $host, '.' );
		try {
			$host = IdnaEncoder::encode( function_exists( 'mb_strtolower' ) ? mb_strtolower( $host, 'UTF-8' ) : strtolower( $host ) );
		} catch ( \Throwable $error ) {
			return '';
		}
		$host = strtolower( $host );
		return preg_match( '/^(\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?)$/D', $host ) ? $host : '';
	}

	/** The address in the database, unless the configuration names another host: that may be made from the request's. */
	private static function in_database(): string {
		$home = Site::stored_home();
		// On a network it is about the main site.
		return defined( 'WP_HOME' ) && is_main_site() && self::host( (string) WP_HOME ) !== self::host( $home ) ? '' : $home;
	}
}
