<?php
declare( strict_types=1 );

namespace SlashImage;

/** What a network administrator decides for all sites: one key, whether sites may use their own, the e-mails. */
final class Network {
	public const OPTION = 'slashimage_network';

	private const NEW = array(
		'own_keys'     => true,
		'emails'       => true,
		'keep_backups' => true,
		'verified_at'  => null,
	);

	/** Returns what is decided; the defaults where nobody has. */
	public static function get(): array {
		$stored = get_site_option( self::OPTION );
		return ( is_array( $stored ) ? $stored : array() ) + self::NEW;
	}

	/** Whether sites may use a key of their own. */
	public static function own_keys(): bool {
		return (bool) self::get()['own_keys'];
	}

	/** Stores what is decided anew; the rest stays. */
	public static function save( array $decided ): void {
		update_site_option( self::OPTION, $decided + self::get() );
	}

	/**
	 * Runs a function as one of the network's sites. Where there is one site only, it is that one.
	 *
	 * @return mixed What the function returns.
	 */
	public static function at( int $site, callable $what ) {
		if ( get_current_blog_id() === $site ) {
			return $what();
		}
		switch_to_blog( $site );
		try {
			return $what();
		} finally {
			restore_current_blog();
		}
	}
}
