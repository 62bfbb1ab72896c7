<?php
declare( strict_types=1 );

namespace SlashImage;

/** Installing, updating and removing what the plugin keeps. */
final class Lifecycle {
	private const VERSION = 5;

	/** When the table could not be made, in unix time. Autoloaded: it is asked for on every page until it can. */
	public const TRIED = 'slashimage_install_tried';

	private const LOCK = 'slashimage_install';

	/**
	 * Creates what is missing: on activation, and on the first admin page of a site where no activation ran (a
	 * must-use loader, a new site of a network, an update). Asking costs nothing: the option is loaded anyway.
	 */
	public static function install(): void {
		$state = get_option( Connection::OPTION );
		// A later version's is ours as well: whoever went back to this one keeps it.
		if ( ( is_array( $state ) ? (int) ( $state['installed'] ?? 0 ) : 0 ) < self::VERSION ) {
			self::make();
		}
	}

	/**
	 * At the end of a request in which the database refused a query about the table: somebody may have dropped it, or brought
	 * half of it. That it is whole costs nobody a query.
	 */
	public static function heal(): void {
		// Where WordPress notes what the database refused.
		$queries = array_column( (array) ( $GLOBALS['EZSQL_ERROR'] ?? array() ), 'query' );
		if ( false !== strpos( implode( ' ', array_filter( $queries, 'is_string' ) ), Queue::table() ) ) {
			self::mend();
		}
	}

	/** Makes the table anew where it is not whole. */
	private static function mend(): void {
		if ( ! Queue::is_whole() ) {
			self::make();
		}
	}

	/** Makes the table, one request at a time: two that add the same index get in each other's way. */
	private static function make(): void {
		if ( abs( time() - (int) get_option( self::TRIED, 0 ) ) < MINUTE_IN_SECONDS ) {
			return;
		}
		$lock = Lock::take( self::LOCK );
		if ( $lock ) {
			self::make_alone();
			$lock->release();
		}
	}

	/** That the table is there is noted only once it is; until then it is tried again, once a minute. */
	private static function make_alone(): void {
		$is_made = Queue::install();
		Connection::install( $is_made ? self::VERSION : 0 );
		if ( ! $is_made ) {
			update_option( self::TRIED, time(), true );
			return;
		}
		delete_option( self::TRIED );
		Check::look_for_key();
		Library::begin();
		if ( is_multisite() ) {
			Network_Sites::note( Connection::get() );
		}
	}

	/** On every admin page and in WP-Cron: what is missing, and what has changed around the plugin. */
	public static function keep_up(): void {
		self::install();
		Connection::keep_loaded();
		Schedule::keep_up();
	}

	/** @param mixed $network_wide */
	public static function activate( $network_wide = false ): void {
		self::install();
		self::mend();
		// What came while nobody was looking.
		Library::begin();
		Schedule::resume();
		if ( $network_wide ) {
			Network_Sites::wake();
		}
	}

	/** @param mixed $network_wide */
	public static function deactivate( $network_wide = false ): void {
		$network_wide ? Network_Sites::clear() : Schedule::clear();
	}

	/** Removes what the plugin keeps, from every site. The originals stay, unless somebody has decided otherwise. */
	public static function uninstall(): void {
		is_multisite() ? Network_Sites::uninstall() : self::leave();
		// Of a version before, for all sites.
		delete_metadata( 'user', 0, 'slashimage_hidden_notices', '', true );
	}

	/** Removes the key, the state, the queue and the schedule of this site. */
	public static function leave(): void {
		global $wpdb;
		Schedule::clear();
		Key_Store::forget();
		if ( ! Settings::get()['keep_backups'] ) {
			Files\Vault::delete_all();
		}
		// In one statement: WordPress would read the ids of a million rows first.
		$wpdb->delete( $wpdb->postmeta, array( 'meta_key' => Files\Image::META ) ); // phpcs:ignore WordPress.DB.SlowDBQuery -- once.
		delete_option( Connection::OPTION );
		delete_option( self::TRIED );
		// Left by a worker that died.
		delete_option( Worker::LOCK . '.lock' );
		delete_option( self::LOCK . '.lock' );
		delete_option( Connection::OPTION . '.lock' );
		delete_option( Worker::WORKED );
		delete_option( Loopback::OUTLIVED );
		delete_option( Withdrawal::OPTION );
		delete_option( Broken::OPTION );
		delete_metadata( 'user', 0, Notice::key(), '', true );
		delete_option( Mail::LOCK . '.lock' );
		delete_site_option( Mail::OPTION );
		delete_option( Settings::OPTION );
		delete_transient( Check::ASKED );
		delete_option( Doctor::OPTION );
		delete_option( Library::OPTION );
		delete_option( Library::FAILED );
		delete_option( Files\Review::OPTION );
		$table = Queue::table();
		$wpdb->query( "DROP TABLE IF EXISTS $table" );
	}
}
