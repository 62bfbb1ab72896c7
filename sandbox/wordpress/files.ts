import { join } from 'node:path';
import { cacheFolder, isBranch, publish, versionOf } from './cache.ts';
import { assertComplete } from './complete.ts';
import { debianPackage } from './debian.ts';
import { releaseArchive } from './release.ts';

export const defaultVersion = '7.1';

export interface FilesOptions {
	/** A release branch, such as 7.1. Without one any WORDPRESS_DIR will do, else 7.1. */
	version?: string;
	/** Hears what is being waited for, in whole sentences. */
	say?: ( sentence: string ) => void;
}

/**
 * A folder with the files of WordPress, which nobody may write to: WORDPRESS_DIR, else an
 * earlier download, else the release archive, else Debian's package of a newer suite (for
 * machines that reach a Debian mirror and nothing else). Answers the path of the folder.
 */
export async function wordpressFiles( options: FilesOptions = {} ): Promise< string > {
	const say = options.say ?? ( () => {} );
	const own = await ownFolder( options.version, say );
	if ( own ) {
		return own;
	}
	const version = options.version ?? defaultVersion;
	const target = join( cacheFolder(), `wordpress-${ version }` );
	if ( isBranch( await versionOf( target ), version ) ) {
		return target;
	}
	return await download( version, target, say );
}

/**
 * WORDPRESS_DIR when it fits. A test that asks for 6.8 must never get another version under
 * that name, so a folder of another one is passed over, aloud.
 */
async function ownFolder(
	version: string | undefined,
	say: ( sentence: string ) => void
): Promise< string | undefined > {
	const folder = process.env[ 'WORDPRESS_DIR' ];
	if ( ! folder ) {
		return undefined;
	}
	const found = await versionOf( folder );
	if ( ! found ) {
		throw new Error(
			`WORDPRESS_DIR is ${ folder }, and there is no WordPress in it. Set it to a folder ` +
				'with wp-includes and wp-admin inside, or unset it to have one downloaded.'
		);
	}
	if ( version && ! isBranch( found, version ) ) {
		say( `WORDPRESS_DIR holds WordPress ${ found }; this needs ${ version }, so it is not used.` );
		return undefined;
	}
	return folder;
}

async function download( version: string, target: string, say: ( sentence: string ) => void ): Promise< string > {
	const failures: string[] = [];
	for ( const source of [ releaseArchive, debianPackage ] ) {
		try {
			return await publish( target, async ( folder, scratch ) => {
				await source( { version, folder, scratch, say } );
				await assertComplete( folder, version );
			} );
		} catch ( error ) {
			failures.push( error instanceof Error ? error.message : String( error ) );
		}
	}
	throw new Error(
		[
			`WordPress ${ version } could not be downloaded:`,
			...failures.map( ( failure ) => `  - ${ failure }` ),
			'Connect this machine to the internet and try again, or unpack WordPress yourself and',
			'set WORDPRESS_DIR to its folder (the one with wp-includes inside).',
		].join( '\n' )
	);
}
