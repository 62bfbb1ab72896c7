import { constants } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { versionOf } from '../wordpress/cache.ts';
import { run } from '../wordpress/run.ts';
import { sharedFolders } from '../wordpress/site.ts';

/**
 * Copies the large folders of WordPress into the web root, unless an earlier start did. Linking
 * would not do: PHP follows a link before it looks for the files next to it, and would read the
 * wp-config.php of the place the link leads to.
 */
export async function placeWordPress( files: string, root: string ): Promise< void > {
	const note = join( root, '../wordpress.copied' );
	const wanted = `${ files } ${ await versionOf( files ) }`;
	if ( ( await readFile( note, 'utf8' ).catch( () => '' ) ) === wanted ) {
		return;
	}
	await rm( note, { force: true } );
	for ( const name of sharedFolders ) {
		await rm( join( root, name ), { recursive: true, force: true } );
		// Where the file system can, a copy shares its blocks with the original until one is changed.
		await cp( join( files, name ), join( root, name ), { recursive: true, mode: constants.COPYFILE_FICLONE } );
	}
	await ownAuthorities( join( root, 'wp-includes/class-wp-http.php' ) );
	await writeFile( note, wanted );
}

/**
 * Has WordPress believe the authorities of its own list, as the release does. Debian's package asks the system's list
 * instead, and a test could not add an authority for one site alone.
 */
async function ownAuthorities( file: string ): Promise< void > {
	const text = await readFile( file, 'utf8' );
	const own = "ABSPATH . WPINC . '/certificates/ca-bundle.crt'";
	await writeFile( file, text.replaceAll( "'/etc/ssl/certs/ca-certificates.crt'", own ) );
}

/**
 * Puts the plugin in place anew: the built folder is copied, a .zip is unpacked. People install
 * the zip, so what only works from the build folder must not look fine here.
 */
export async function placePlugin( plugin: string, root: string ): Promise< void > {
	const plugins = join( root, 'wp-content/plugins' );
	const target = join( plugins, 'slashimage' );
	await rm( target, { recursive: true, force: true } );
	if ( plugin.endsWith( '.zip' ) ) {
		await run( 'unzip', [ '-q', plugin, '-d', plugins ] );
	} else {
		await cp( plugin, target, { recursive: true } );
	}
}
