import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Constant } from './config.ts';
import { constantsFor, wordpressConfig } from './config.ts';

const ownMuPlugins = resolve( import.meta.dirname, '../mu-plugins' );

/** What a site keeps from start to start, in `site.json`. */
interface Secrets {
	token: string;
	salt: string;
	password: string;
}

export interface SiteTree extends Secrets {
	/** The folder that becomes the web root; WordPress may write to it. */
	root: string;
	debugLog: string;
	uploads: string;
}

/** The folders that come from the shared WordPress files and are only read. */
export const sharedFolders = [ 'wp-admin', 'wp-includes', 'wp-content/themes' ];

/**
 * Makes, or finds again, the writable part of a site: the PHP files of the top level and its
 * own wp-content. The large folders are mounted over empty ones, so a site costs a few
 * kilobytes, and no site can change the WordPress files that all of them share.
 */
export async function siteTree( site: string, files: string ): Promise< SiteTree > {
	const root = join( site, 'wordpress' );
	const content = join( root, 'wp-content' );
	for ( const folder of [
		...sharedFolders.map( ( name ) => join( root, name ) ),
		...[ 'plugins/slashimage', 'mu-plugins', 'uploads', 'fonts' ].map( ( name ) => join( content, name ) ),
	] ) {
		await mkdir( folder, { recursive: true } );
	}
	for ( const name of await readdir( files ) ) {
		if ( name.endsWith( '.php' ) && name !== 'wp-config.php' ) {
			await copyFile( join( files, name ), join( root, name ) );
		}
	}
	await writeFile( join( content, 'index.php' ), '<?php\n' );
	return {
		...( await secrets( site ) ),
		root,
		debugLog: join( content, 'debug.log' ),
		uploads: join( content, 'uploads' ),
	};
}

/**
 * Writes wp-config.php for this start: the address and the service's may be new ones. `seenAs` is
 * the web root as PHP sees it; without one, where playground.ts mounts it.
 */
export async function writeConfig(
	tree: SiteTree,
	url: string,
	own: Record< string, Constant >,
	seenAs = '/wordpress'
): Promise< void > {
	const { token, salt } = tree;
	const debugLog = `${ seenAs }/wp-content/debug.log`;
	const config = wordpressConfig( constantsFor( { url, token, salt, debugLog, own } ) );
	await writeFile( join( tree.root, 'wp-config.php' ), config );
}

/** Copies our mu-plugin and the caller's anew, so that none of an earlier start is left. */
export async function placeMuPlugins( tree: SiteTree, folder?: string ): Promise< void > {
	const target = join( tree.root, 'wp-content/mu-plugins' );
	await rm( target, { recursive: true, force: true } );
	await mkdir( target, { recursive: true } );
	for ( const from of [ ownMuPlugins, ...( folder ? [ folder ] : [] ) ] ) {
		for ( const name of await readdir( from ) ) {
			await copyFile( join( from, name ), join( target, name ) );
		}
	}
}

async function secrets( site: string ): Promise< Secrets > {
	const file = join( site, 'site.json' );
	const text = await readFile( file, 'utf8' ).catch( () => '' );
	if ( text ) {
		return JSON.parse( text ) as Secrets;
	}
	const fresh = { token: random( 16 ), salt: random( 32 ), password: random( 8 ) };
	await writeFile( file, JSON.stringify( fresh, null, '\t' ) );
	return fresh;
}

function random( bytes: number ): string {
	return randomBytes( bytes ).toString( 'hex' );
}
