<?php
declare( strict_types=1 );

namespace SlashImage;

/** Installing, updating and removing what the plugin keeps. */
final class Lifecycle {
	private const VERSION = 3;

	/**
	 * Creates what is missing: on activation, and on the first admin page of a site where no activation ran (a
	 * must-use loader, a new site of a network, an update). Asking costs nothing: the option is loaded anyway.
	 */
	public static function install(): void {
		$state = get_option( Connection::OPTION );
		if ( self::VERSION === ( is_array( $state ) ? ( $state['installed'] ?? 0 ) : 0 ) ) {
			return;
		}
		Queue::install();
		Connection::install( self::VERSION );
		Library::begin();
		if ( is_multisite() ) {
			Network_Sites::note( Connection::get() );
		}
	}

	/** On every admin page and in WP-Cron: what is missing, and what has changed around the plugin. */
	public static function keep_up(): void {
		self::install();
		Schedule::keep_up();
	}

	public static function activate( bool $network_wide ): void {
		self::install();
		// What came while nobody was looking.
		Library::begin();
		Schedule::resume();
		if ( $network_wide ) {
			Network_Sites::wake();
		}
	}

	public static function deactivate(): void {
		Schedule::clear();
	}

	/** Removes what the plugin keeps, from every site. The backups of originals stay: they are the sites'. */
	public static function uninstall(): void {
		is_multisite() ? Network_Sites::uninstall() : self::leave();
		delete_metadata( 'user', 0, Notice::META, '', true );
	}

	/** Removes the key, the state, the queue and the schedule of this site. */
	public static function leave(): void {
		global $wpdb;
		Schedule::clear();
		Key_Store::forget();
		delete_option( Connection::OPTION );
		// Left by a worker that died.
		delete_option( Worker::LOCK . '.lock' );
		delete_option( Worker::WORKED );
		delete_option( Mail::LOCK . '.lock' );
		delete_site_option( Mail::OPTION );
		delete_option( Settings::OPTION );
		delete_transient( Check::ASKED );
		delete_option( Doctor::OPTION );
		delete_option( Library::OPTION );
		delete_option( Library::FAILED );
		$table = Queue::table();
		$wpdb->query( "DROP TABLE IF EXISTS $table" );
	}
}
