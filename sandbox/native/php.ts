import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../wordpress/run.ts';
import { as } from './account.ts';
import { findPhpFpm } from './find.ts';
import type { Layout } from './layout.ts';
import type { Server } from './server.ts';
import { startServer } from './server.ts';

/** PHP as a good host sets it up. Mail goes nowhere; a file that has changed is read anew at once. */
const ini = ( temporary: string ) => `
sys_temp_dir = ${ temporary }
upload_tmp_dir = ${ temporary }
memory_limit = 256M
max_execution_time = 60
upload_max_filesize = 64M
post_max_size = 66M
display_errors = Off
log_errors = On
error_reporting = E_ALL
expose_php = Off
sendmail_path = /bin/true
opcache.enable = 1
opcache.revalidate_freq = 0
`;

export interface PhpOptions {
	/** The newest without one. */
	php?: string;
	env?: Record< string, string >;
	ini?: Record< string, string >;
}

export interface Php {
	/** Runs a file on the command line and answers what it printed. */
	script: ( file: string, parameters: string[] ) => Promise< string >;
	serve: ( children: number ) => Promise< Server >;
}

/**
 * PHP for one site, of the version asked for or the newest: a command line, and a server with a
 * fixed number of children (a request to the site itself needs one of its own). Both read our
 * php.ini instead of the system's; the extensions are the system's. The caller's settings are for
 * the server alone: what they take away may be needed to install WordPress.
 */
export async function preparePhp( layout: Layout, options: PhpOptions = {} ): Promise< Php > {
	const { php: version, env = {}, ini: own = {} } = options;
	const programs = findPhpFpm( version );
	if ( ! programs ) {
		throw new Error( `There is no PHP ${ version } with FPM on this machine (php-fpm${ version }).` );
	}
	const iniFile = join( layout.settings, 'php.ini' );
	await writeFile( iniFile, ini( layout.run ).trimStart() );
	return {
		script: ( file, parameters ) =>
			run( ...as( layout.owner, [ programs.cli, '-c', iniFile, '-f', file, '--', ...parameters ] ) ),
		async serve( children ) {
			const pool = join( layout.settings, 'php-fpm.conf' );
			const serverIni = join( layout.settings, 'php-fpm.ini' );
			await writeFile( serverIni, ini( layout.run ).trimStart() + lines( own ) );
			await writeFile( pool, poolSettings( layout, children, Object.keys( env ) ) );
			return await startServer( {
				owner: layout.owner,
				command: [ programs.fpm, '--nodaemonize', '-c', serverIni, '--fpm-config', pool ],
				log: join( layout.logs, 'php-fpm.log' ),
				listens: layout.phpSocket,
				env,
			} );
		},
	};
}

function lines( settings: Record< string, string > ): string {
	return Object.entries( settings )
		.map( ( [ name, value ] ) => `${ name } = ${ value }\n` )
		.join( '' );
}

/**
 * The children see only the variables named here. `$NAME` is the server's own variable of that
 * name: written out, a value could hold what has a meaning in this file.
 */
function poolSettings( layout: Layout, children: number, variables: string[] ): string {
	return `[global]
error_log = ${ join( layout.logs, 'php-fpm.errors.log' ) }

[site]
listen = ${ layout.phpSocket }
pm = static
pm.max_children = ${ children }
catch_workers_output = yes
${ variables.map( ( name ) => `env[${ name }] = $${ name }\n` ).join( '' ) }`;
}
