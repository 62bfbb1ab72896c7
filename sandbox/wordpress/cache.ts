import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const unfinished = 'unfinished-';
const repository = resolve( import.meta.dirname, '../..' );

/**
 * The folder that keeps what took long to get: WordPress files and the site of `npm start`.
 * `SLASHIMAGE_CACHE` moves it, so that several checkouts (or a CI machine) can share one.
 */
export function cacheFolder(): string {
	return process.env[ 'SLASHIMAGE_CACHE' ] ?? join( repository, '.cache' );
}

/**
 * Builds a folder of the cache in a temporary one beside it and renames it into place, so that
 * a download that was interrupted half-way is never mistaken for a complete one. When another
 * process finished the same folder meanwhile, that one is kept and used.
 */
export async function publish(
	target: string,
	build: ( folder: string, scratch: string ) => Promise< void >
): Promise< string > {
	await mkdir( cacheFolder(), { recursive: true } );
	await dropLeftovers();
	const scratch = await mkdtemp( join( cacheFolder(), unfinished ) );
	try {
		const folder = join( scratch, 'result' );
		await mkdir( folder );
		await build( folder, scratch );
		await rename( folder, target ).catch( ( error: unknown ) => {
			if ( ! existsSync( target ) ) {
				throw error;
			}
		} );
	} finally {
		await rm( scratch, { recursive: true, force: true } );
	}
	return target;
}

/** What a process that was killed while downloading left behind; a running one is younger. */
async function dropLeftovers(): Promise< void > {
	for ( const name of await readdir( cacheFolder() ) ) {
		const folder = join( cacheFolder(), name );
		if ( name.startsWith( unfinished ) && Date.now() - ( await stat( folder ) ).mtimeMs > 3_600_000 ) {
			await rm( folder, { recursive: true, force: true } );
		}
	}
}

/**
 * The version a folder of WordPress files says it is, or undefined when it holds none. The
 * file is read as text: no PHP runs before a site starts.
 */
export async function versionOf( folder: string ): Promise< string | undefined > {
	const file = join( folder, 'wp-includes/version.php' );
	const text = await readFile( file, 'utf8' ).catch( () => '' );
	return /\$wp_version\s*=\s*'([^']+)'/.exec( text )?.[ 1 ];
}

/** Whether a version belongs to a release branch: 7.1 and 7.1.3 are both 7.1. */
export function isBranch( found: string | undefined, version: string ): boolean {
	return found === version || ( found?.startsWith( `${ version }.` ) ?? false );
}
