import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { account, handOver } from './account.ts';

/** Where a native site keeps what. */
export interface Layout {
	owner: Account;
	/** The web root. */
	root: string;
	databaseFolder: string;
	databaseSocket: string;
	phpSocket: string;
	/** The servers' settings and logs. */
	settings: string;
	logs: string;
	/** Sockets and temporary files of this start. */
	run: string;
}

/** Makes the folders of a site's servers, and empties the one of an earlier start. */
export async function makeLayout( site: string, root: string ): Promise< Layout > {
	const owner = account();
	const run = await runFolder( site );
	const layout: Layout = {
		owner,
		root,
		run,
		databaseFolder: join( site, 'database' ),
		databaseSocket: join( run, 'database.sock' ),
		phpSocket: join( run, 'php.sock' ),
		settings: join( site, 'settings' ),
		logs: join( site, 'logs' ),
	};
	for ( const folder of [ layout.settings, layout.logs ] ) {
		await mkdir( folder, { recursive: true } );
	}
	for ( const folder of [ site, run ] ) {
		await handOver( owner, folder );
	}
	return layout;
}

/**
 * The path of a socket may have 107 characters, which a project in a deep folder is over at once.
 * Its sockets go to a folder below the system's temporary one instead.
 */
async function runFolder( site: string ): Promise< string > {
	const folder = join( site, 'run' );
	if ( folder.length > 80 ) {
		return await mkdtemp( join( tmpdir(), 'slashimage-run-' ) );
	}
	await rm( folder, { recursive: true, force: true } );
	await mkdir( folder );
	return folder;
}
