<?php
declare( strict_types=1 );

namespace SlashImage;

/** Installing, updating and removing what the plugin keeps. */
final class Lifecycle {
	private const VERSION = 1;

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
	}

	public static function activate(): void {
		self::install();
		Schedule::resume();
	}

	public static function deactivate(): void {
		Schedule::clear();
	}

	/** Removes the key, the state, the queue and the schedule. The backups of originals stay: they are the site's. */
	public static function uninstall(): void {
		global $wpdb;
		Schedule::clear();
		Key_Store::forget();
		delete_option( Connection::OPTION );
		// Left by a worker that died.
		delete_option( Worker::LOCK . '.lock' );
		delete_metadata( 'user', 0, Notice::META, '', true );
		$table = Queue::table();
		$wpdb->query( "DROP TABLE IF EXISTS $table" );
	}
}
