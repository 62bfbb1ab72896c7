<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * The sites of a network: what the network screen lists of them, and how they hear of a change. Each site notes its
 * state in a row of the network's, so that a list of sites costs one query for all states.
 */
final class Network_Sites {
	/** Goes on with the sites that one request did not get to. */
	public const EVENT = 'slashimage_sites';

	/** The site meta with a site's state, since when it is in it, and where its key comes from. */
	public const META = 'slashimage';

	private const PER_PAGE = 20;

	private const EVERY = array(
		'fields' => 'ids',
		'number' => 0,
	);

	/** Sites that are woken while somebody waits for it, and in one run of WP-Cron. */
	private const AT_ONCE = 20;
	private const BATCH   = 100;

	/** Reacts to a changed connection. A check notes it as well: the row is missing where a site became a network. */
	public static function connection_changed( array $old, array $new ): void {
		$noted = array_flip( array( 'state', 'since', 'source', 'checked_at' ) );
		if ( array_intersect_key( $old, $noted ) !== array_intersect_key( $new, $noted ) ) {
			self::note( $new );
		}
	}

	/** Notes the state of the current site. */
	public static function note( array $connection ): void {
		$noted = array_intersect_key( $connection, array_flip( array( 'state', 'since', 'source' ) ) );
		update_site_meta( get_current_blog_id(), self::META, $noted );
	}

	/** Returns a page of the sites; the last one where there are fewer. */
	public static function page( int $page ): array {
		$all   = array( 'network_id' => get_current_network_id() );
		$total = (int) get_sites( $all + array( 'count' => true ) );
		$page  = max( 1, min( $page, (int) ceil( $total / self::PER_PAGE ) ) );
		$shown = get_sites(
			$all + array(
				'number'  => self::PER_PAGE,
				'offset'  => ( $page - 1 ) * self::PER_PAGE,
				'orderby' => 'id',
			)
		);
		return array(
			'total'    => $total,
			'page'     => $page,
			'per_page' => self::PER_PAGE,
			'rows'     => array_map( static fn( \WP_Site $site ): array => self::row( (int) $site->blog_id ), $shown ),
		);
	}

	/** Has every site of the network create what is missing, and ask about the key it uses now. */
	public static function wake(): void {
		Network::at( get_main_site_id(), static fn() => wp_unschedule_hook( self::EVENT ) );
		self::go_on( 0, self::AT_ONCE );
	}

	/**
	 * Wakes the sites that come after one, `$most` of them: a network may have more than one request has time for. WP-Cron
	 * on the main site goes on. One second a site is room enough for the service and for the database.
	 */
	public static function go_on( int $after, int $most = self::BATCH ): void {
		global $wpdb;
		$ids = $wpdb->get_col(
			$wpdb->prepare(
				"SELECT blog_id FROM {$wpdb->blogs} WHERE site_id = %d AND blog_id > %d ORDER BY blog_id LIMIT %d",
				get_current_network_id(),
				$after,
				$most
			)
		);
		foreach ( $ids as $place => $id ) {
			Network::at( (int) $id, static fn() => self::begin( $place ) );
		}
		if ( count( $ids ) === $most ) {
			$next = array( (int) end( $ids ) );
			Network::at( get_main_site_id(), static fn() => wp_schedule_single_event( time(), self::EVENT, $next ) );
		}
	}

	/**
	 * A new site gets its table at once, and the network's key if there is one.
	 *
	 * @param mixed $site
	 */
	public static function initialize( $site = null ): void {
		if ( $site instanceof \WP_Site ) {
			Network::at( (int) $site->blog_id, static fn() => self::begin( 0 ) );
		}
	}

	/**
	 * A deleted site takes its table along; all else of it lies in tables of WordPress.
	 *
	 * @param mixed $tables
	 * @param mixed $id
	 * @return mixed
	 */
	public static function tables( $tables = null, $id = 0 ) {
		$is_of_site = is_array( $tables ) && get_current_blog_id() === Handed::id( $id );
		return $is_of_site ? array_merge( $tables, array( Queue::table() ) ) : $tables;
	}

	/** Takes the events of every site of this network away. */
	public static function clear(): void {
		Network::at( get_main_site_id(), static fn() => wp_unschedule_hook( self::EVENT ) );
		foreach ( get_sites( self::EVERY + array( 'network_id' => get_current_network_id() ) ) as $id ) {
			Network::at( (int) $id, array( Schedule::class, 'clear' ) );
		}
	}

	/** Removes what the plugin keeps, from every site of every network. */
	public static function uninstall(): void {
		Network::at( get_main_site_id(), static fn() => wp_unschedule_hook( self::EVENT ) );
		foreach ( get_sites( self::EVERY ) as $id ) {
			Network::at( (int) $id, array( Lifecycle::class, 'leave' ) );
		}
		foreach ( get_networks( self::EVERY ) as $id ) {
			Key_Store::forget_network( (int) $id );
			delete_network_option( (int) $id, Network::OPTION );
			delete_network_option( (int) $id, Mail::OPTION );
		}
		delete_metadata( 'blog', 0, self::META, '', true );
	}

	private static function begin( int $seconds ): void {
		Lifecycle::install();
		Schedule::plan();
		Schedule::check_soon( $seconds );
	}

	/** Name and address of a site are its administrator's to choose: plain text, and addresses of the web only. */
	private static function row( int $id ): array {
		$noted = get_site_meta( $id, self::META, true );
		return Network::at(
			$id,
			static fn(): array => array(
				'id'           => $id,
				'name'         => html_entity_decode( (string) get_option( 'blogname' ), ENT_QUOTES, 'UTF-8' ),
				'address'      => sanitize_url( home_url( '/' ), array( 'http', 'https' ) ),
				'settings_url' => sanitize_url( Screen::url(), array( 'http', 'https' ) ),
				'source'       => $noted['source'] ?? 'none',
				'state'        => $noted['state'] ?? 'disconnected',
				'since'        => $noted['since'] ?? null,
				// Without a row there is no table yet.
				'waiting'      => $noted ? Queue::waiting()['images'] : 0,
			)
		);
	}
}
