import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../wordpress/run.ts';
import { as, handOver } from './account.ts';
import { program } from './find.ts';
import type { Layout } from './layout.ts';
import type { Server } from './server.ts';
import { startServer } from './server.ts';

export const database = { name: 'wordpress', user: 'wordpress' };

/** Small, and quick rather than careful: a power cut may cost this site its last second. */
const settings = [
	'--skip-networking',
	'--skip-name-resolve',
	'--skip-log-bin',
	'--performance-schema=OFF',
	'--character-set-server=utf8mb4',
	'--max-connections=50',
	'--key-buffer-size=8M',
	'--aria-pagecache-buffer-size=8M',
	'--innodb-buffer-pool-size=64M',
	'--innodb-log-file-size=16M',
	'--innodb-flush-log-at-trx-commit=0',
	'--innodb-doublewrite=OFF',
];

/**
 * Starts MariaDB on the site's own data, made when there is none. It listens on a socket and
 * nowhere else. The database and its user are made by the server itself, before it takes the
 * first connection: no client program is needed.
 */
export async function startDatabase( layout: Layout, password: string ): Promise< Server > {
	const { owner, databaseFolder, databaseSocket } = layout;
	await createData( layout );
	const first = join( layout.settings, 'database.sql' );
	await writeFile(
		first,
		`CREATE DATABASE IF NOT EXISTS ${ database.name };
		CREATE USER IF NOT EXISTS ${ database.user }@localhost IDENTIFIED BY '${ password }';
		GRANT ALL ON ${ database.name }.* TO ${ database.user }@localhost;`
			.replaceAll( /\s+/g, ' ' )
			.replaceAll( '; ', ';\n' )
	);
	return await startServer( {
		owner,
		command: [
			program( 'mariadbd' ),
			'--no-defaults',
			`--datadir=${ databaseFolder }`,
			`--socket=${ databaseSocket }`,
			`--tmpdir=${ layout.run }`,
			`--pid-file=${ join( layout.run, 'database.pid' ) }`,
			`--init-file=${ first }`,
			...settings,
		],
		log: join( layout.logs, 'database.log' ),
		listens: databaseSocket,
	} );
}

/** An installation that was interrupted half-way starts and then lacks tables; it begins anew. */
async function createData( { owner, databaseFolder, run: temporary }: Layout ): Promise< void > {
	const complete = `${ databaseFolder }.complete`;
	if ( existsSync( complete ) ) {
		return;
	}
	await rm( databaseFolder, { recursive: true, force: true } );
	await mkdir( databaseFolder, { recursive: true } );
	await handOver( owner, databaseFolder );
	const options = [
		'--no-defaults',
		'--auth-root-authentication-method=normal',
		'--skip-test-db',
		'--skip-name-resolve',
	];
	await run(
		...as( owner, [
			program( 'mariadb-install-db' ),
			...options,
			`--datadir=${ databaseFolder }`,
			`--tmpdir=${ temporary }`,
		] )
	);
	await writeFile( complete, '' );
}
