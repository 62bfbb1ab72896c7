// Packs build/<slug> as <slug>.zip, the way WordPress wants to be given a plugin.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { manifest } from './manifest.ts';
import { buildFolder, root } from './paths.ts';
import { staleFiles } from './plugin-files.ts';

const limit = 300_000;

// The earliest time a zip can tell, and a compressor of its own instead of zlib's: the same sources give the same
// bytes, whenever and wherever they are packed.
const always = { level: 9, mtime: new Date( 1980, 0, 1 ) } as const;

/** Returns the plugin's folder as a zip. Throws when the folder is stale, has files that don't belong, or is heavy. */
export function packed( folder: string, slug: string ): Uint8Array {
	const stale = staleFiles( folder );
	if ( stale.length ) {
		throw new Error( `Stale, run the build: ${ stale.join( ', ' ) }` );
	}
	// Translators have the template with the source; no site reads it.
	const paths = globSync( '**/*.*', { cwd: folder } )
		.map( ( path ) => path.replaceAll( '\\', '/' ) )
		.filter( ( path ) => ! path.endsWith( '.pot' ) )
		.sort();
	const foreign = paths.filter( ( path ) => ! /\.(?:php|js|css|txt|mo|json)$/.test( path ) );
	if ( foreign.length ) {
		throw new Error( `Not part of the plugin: ${ foreign.join( ', ' ) }` );
	}
	const files: Zippable = {};
	paths.forEach( ( path ) => ( files[ `${ slug }/${ path }` ] = [ readFileSync( join( folder, path ) ), always ] ) );
	const zip = zipSync( files );
	if ( zip.length >= limit ) {
		throw new Error( `The zip has ${ zip.length } bytes, under ${ limit } are allowed.` );
	}
	return zip;
}

if ( import.meta.main ) {
	const zip = packed( buildFolder, manifest.slug );
	const name = `${ manifest.slug }.zip`;
	writeFileSync( join( root, name ), zip );
	console.log( `${ name }: ${ zip.length } bytes of ${ limit }` );
}
