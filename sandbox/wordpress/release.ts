import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { run } from './run.ts';
import type { Source } from './source.ts';

const answerTimeout = 5_000;
const downloadTimeout = 300_000;

/**
 * Fills the folder from the release archive of wordpress.org. A machine without internet must
 * not make people wait, so the answer has to begin within five seconds; only the download
 * itself may take longer. `tar` is on every system that runs Node.
 */
export async function releaseArchive( { version, folder, scratch, say }: Source ): Promise< void > {
	const address = `https://wordpress.org/wordpress-${ version }.tar.gz`;
	say( `Downloading WordPress ${ version } from wordpress.org.` );
	const archive = join( scratch, 'wordpress.tar.gz' );
	await fetchTo( address, archive );
	await run( 'tar', [ '-xzf', archive, '-C', folder, '--strip-components=1' ] );
}

async function fetchTo( address: string, file: string ): Promise< void > {
	const abort = new AbortController();
	let timer = setTimeout( () => abort.abort(), answerTimeout );
	try {
		const response = await fetch( address, { signal: abort.signal } );
		if ( ! response.ok || ! response.body ) {
			throw new Error( `it answered ${ response.status }` );
		}
		clearTimeout( timer );
		timer = setTimeout( () => abort.abort(), downloadTimeout );
		await pipeline( Readable.fromWeb( response.body as WebStream ), createWriteStream( file ) );
	} catch ( error ) {
		throw new Error( `${ address } could not be downloaded (${ reason( error ) }).` );
	} finally {
		clearTimeout( timer );
	}
}

/** fetch hides why it failed in `cause`: 'fetch failed' alone tells nobody anything. */
function reason( error: unknown ): string {
	if ( ! ( error instanceof Error ) ) {
		return String( error );
	}
	if ( error.name === 'AbortError' ) {
		return 'no answer in time';
	}
	return error.cause instanceof Error ? error.cause.message : error.message;
}
