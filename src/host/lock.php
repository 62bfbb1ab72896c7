<?php
declare( strict_types=1 );

namespace SlashImage;

/** WordPress's own lock in the options table: one process of a site at a time, and a dead one's goes after five minutes. */
final class Lock {
	/** Whether the lock was free, and is now this process's. */
	public static function take( string $name ): bool {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';
		// Of two that come at once the database may end one's query. That one did not get the lock, which is no error.
		$shown = $wpdb->suppress_errors();
		$taken = \WP_Upgrader::create_lock( $name, 5 * MINUTE_IN_SECONDS );
		$wpdb->suppress_errors( $shown );
		return $taken;
	}

	public static function release( string $name ): void {
		\WP_Upgrader::release_lock( $name );
	}
}
