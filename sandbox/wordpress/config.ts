export type Constant = string | number | boolean;

/**
 * The wp-config.php of a sandbox site. Everything is written to the file instead of handed to
 * the PHP engine, so that the same site also opens in an ordinary PHP. The salts must stay the
 * same from start to start: the plugin's stored key is encrypted with them.
 */
export function wordpressConfig( constants: Record< string, Constant > ): string {
	const lines = Object.entries( constants ).map(
		( [ name, value ] ) => `defined( '${ name }' ) || define( '${ name }', ${ php( value ) } );`
	);
	return [
		'<?php',
		...lines,
		"$table_prefix = 'wp_';",
		"defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );",
		"require_once ABSPATH . 'wp-settings.php';",
		'',
	].join( '\n' );
}

/** The constants every sandbox site has; `own` comes last and wins. */
export function constantsFor( site: {
	url: string;
	token: string;
	salt: string;
	debugLog: string;
	own: Record< string, Constant >;
} ): Record< string, Constant > {
	return {
		WP_HOME: site.url,
		WP_SITEURL: site.url,
		DB_NAME: 'wordpress',
		DB_USER: '',
		DB_PASSWORD: '',
		DB_HOST: '',
		DB_CHARSET: 'utf8mb4',
		DB_COLLATE: '',
		...salts( site.salt ),
		WP_ENVIRONMENT_TYPE: 'local',
		WP_DEBUG: true,
		WP_DEBUG_DISPLAY: false,
		WP_DEBUG_LOG: site.debugLog,
		SCRIPT_DEBUG: false,
		SAVEQUERIES: true,
		AUTOMATIC_UPDATER_DISABLED: true,
		SLASHIMAGE_SANDBOX_TOKEN: site.token,
		...site.own,
	};
}

function salts( salt: string ): Record< string, Constant > {
	const names = [ 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ];
	return Object.fromEntries(
		names.flatMap( ( name ) => [
			[ `${ name }_KEY`, `${ salt }-${ name }-key` ],
			[ `${ name }_SALT`, `${ salt }-${ name }-salt` ],
		] )
	);
}

function php( value: Constant ): string {
	if ( typeof value === 'string' ) {
		return `'${ value.replaceAll( '\\', '\\\\' ).replaceAll( "'", "\\'" ) }'`;
	}
	return String( value );
}
