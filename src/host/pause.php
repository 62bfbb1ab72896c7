<?php
declare( strict_types=1 );

namespace SlashImage;

/** What waits for a working key, as the e-mails tell it: this site, or the sites of its network. */
final class Pause {
	/**
	 * Returns since when, and which sites, the one that waits longest first; null where none does. `$except`: a site of
	 * the network that is left out.
	 *
	 * @return ?array{since: int, sites: int[]}
	 */
	public static function find( int $except = 0 ): ?array {
		$waiting = is_multisite() ? self::of_network( $except ) : self::of_site();
		asort( $waiting );
		return $waiting ? array(
			'since' => min( $waiting ),
			'sites' => array_keys( $waiting ),
		) : null;
	}

	/** @return array<int, int> Since when, by the site's id. */
	private static function of_site(): array {
		$connection = Connection::fresh();
		return 'reconnect' === $connection['state'] ? array( get_current_blog_id() => $connection['since'] ) : array();
	}

	/** @return array<int, int> As above. Two queries, however many sites there are. */
	private static function of_network( int $except ): array {
		$ids = get_sites(
			array(
				'fields'       => 'ids',
				'number'       => 0,
				'network_id'   => get_current_network_id(),
				'site__not_in' => array( $except ),
				'archived'     => 0,
				'deleted'      => 0,
				'spam'         => 0,
				'meta_key'     => Network_Sites::META,
				'meta_compare' => 'LIKE',
				'meta_value'   => serialize( 'state' ) . serialize( 'reconnect' ),
			)
		);
		update_meta_cache( 'blog', $ids );
		$since = array();
		foreach ( $ids as $id ) {
			$since[ $id ] = (int) ( get_site_meta( $id, Network_Sites::META, true )['since'] ?? 0 );
		}
		return $since;
	}
}
