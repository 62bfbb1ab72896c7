import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readlink, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';

/** Debian's own: the configuration of a machine-wide WordPress, and of its web server. */
const dropped = [ 'wp-config.php', '.htaccess' ];

/**
 * Copies WordPress out of an unpacked Debian package, with every symbolic link replaced by
 * what it leads to: the package shares libraries with others, and those links lead nowhere
 * once the folder is used by itself.
 */
export async function copyFollowingLinks( root: string, path: string, target: string ): Promise< void > {
	await mkdir( target, { recursive: true } );
	for ( const entry of await readdir( join( root, path ) ) ) {
		if ( dropped.includes( entry ) ) {
			continue;
		}
		const from = await follow( root, join( path, entry ) );
		const to = join( target, entry );
		if ( entry === 'ca-bundle.crt' ) {
			// Leads to a file of the system, which may not be there; these are the same authorities.
			await writeFile( to, rootCertificates.join( '\n' ) );
		} else if ( ( await stat( join( root, from ) ) ).isDirectory() ) {
			await copyFollowingLinks( root, from, to );
		} else {
			await copyFile( join( root, from ), to );
		}
	}
}

/** Where a path inside the package really is; links are read as if `root` were the system's. */
async function follow( root: string, path: string ): Promise< string > {
	let at = path;
	for ( let steps = 0; steps < 10; steps++ ) {
		const link = await readlink( join( root, at ) ).catch( () => undefined );
		if ( link === undefined ) {
			break;
		}
		at = link.startsWith( '/' ) ? link : join( dirname( at ), link );
	}
	if ( ! existsSync( join( root, at ) ) && ! path.endsWith( '.crt' ) ) {
		throw new Error( `${ path } in Debian's package leads to ${ at }, which is missing.` );
	}
	return at;
}
