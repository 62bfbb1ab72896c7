import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startNativeWordPress } from '../../sandbox/native/wordpress.ts';
import type { Closing } from '../../sandbox/wordpress/closing.ts';
import { wordpressFiles } from '../../sandbox/wordpress/files.ts';
import { zip } from '../wordpress/site.ts';
import { visitor } from '../wordpress/visitor.ts';

export interface Answer {
	/** The server's time, from the request to WordPress' shutdown. */
	milliseconds: number;
	/** PHP's part of it on the processor, which is steadier on a machine that is busy. */
	processor: number;
	/** How many queries there were. */
	number: number;
	/** What they were; empty unless asked for. */
	queries: { sql: string; callers: string }[];
	text: string;
}

export interface Ask {
	method?: string;
	/** Leaves the plugin out of this one request. */
	without?: boolean;
	/** Writes the queries down, which costs time. */
	queries?: boolean;
}

export interface Stack {
	evaluate: ( code: string ) => Promise< unknown >;
	/** A request of the administrator's. */
	ask: ( path: string, how?: Ask ) => Promise< Answer >;
}

/** A site on PHP-FPM, nginx and MariaDB with the built plugin, of which nothing is left when it is closed. */
export async function startStack( closing: Closing ): Promise< Stack > {
	const folder = await mkdtemp( join( tmpdir(), 'slashimage-bench-' ) );
	closing.add( () => rm( folder, { recursive: true, force: true } ) );
	const wp = await startNativeWordPress( {
		files: await wordpressFiles( { version: '7.1', say: ( sentence ) => console.error( sentence ) } ),
		plugin: await zip( folder ),
		site: folder,
		muPlugins: resolve( import.meta.dirname, 'mu-plugins' ),
		constants: { DISABLE_WP_CRON: true, SAVEQUERIES: false },
		workers: 1,
	} );
	closing.add( wp.close );
	await wp.evaluate( "update_user_meta( 1, 'upload_per_page', 100 );" );
	const { cookie, page } = await visitor( wp.url, 'admin', wp.adminPassword );
	const nonce = await page( '/wp-admin/admin-ajax.php?action=rest-nonce' );
	return {
		evaluate: wp.evaluate,
		async ask( path, { method = 'GET', without, queries } = {} ) {
			const words = [
				wp.token,
				'time',
				...( without ? [ 'without' ] : [] ),
				...( queries ? [ 'queries' ] : [] ),
			];
			const headers = { cookie, 'x-wp-nonce': nonce, 'x-slashimage-bench': words.join( ' ' ) };
			return read( path, await fetch( wp.url + path, { method, headers } ) );
		},
	};
}

async function read( path: string, response: Response ): Promise< Answer > {
	const [ text = '', measured ] = ( await response.text() ).split( '\nbench:' );
	if ( ! response.ok || ! measured ) {
		throw new Error( `${ path } answered ${ response.status }: ${ text.slice( 0, 500 ) }` );
	}
	return { ...( JSON.parse( measured ) as Omit< Answer, 'text' > ), text };
}
