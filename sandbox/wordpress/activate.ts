import type { Constant } from './config.ts';
import type { WordPressOptions } from './playground.ts';

/** The constants that the caller's options become in wp-config.php. */
export function ownConstants( options: WordPressOptions ): Record< string, Constant > {
	return {
		...( options.serviceUrl ? { SLASHIMAGE_API_URL: options.serviceUrl } : {} ),
		...( options.locale ? { SLASHIMAGE_SANDBOX_LOCALE: options.locale } : {} ),
		...options.constants,
	};
}

/**
 * The PHP that readies a site that has just started, of either kind: the administrator gets the
 * site's own password (an installer's is known to everybody, and a server may listen on every
 * address), and the plugin is activated, in a network for all of its sites.
 */
export function prepare( password: string ): string {
	return `
		// WordPress may have tried to start its cron while the server was not answering yet.
		delete_transient( 'doing_cron' );
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		$admin = get_user_by( 'login', 'admin' );
		if ( ! wp_check_password( '${ password }', $admin->user_pass ) ) {
			wp_set_password( '${ password }', $admin->ID );
		}
		foreach ( array_keys( get_plugins( '/slashimage' ) ) as $file ) {
			$result = activate_plugin( 'slashimage/' . $file, '', is_multisite() );
			if ( is_wp_error( $result ) ) {
				throw new Exception( $result->get_error_message() );
			}
		}
	`;
}
