import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './errors.ts';

const CHUNK = 'a'.repeat( 64 * 1024 );
const HUGE_CHUNKS = 384;

/**
 * Takes a request, its response and the answer; sends it. A body that nobody has read is read and
 * thrown away, because cutting the connection would take the answer of an upload refused early
 * (too large, dead key) with it.
 */
export function send( request: IncomingMessage, response: ServerResponse, answer: Answer ): void {
	writeHead( response, answer );
	response.end( answer.body );
	request.resume();
}

/** As `send`, but the connection breaks after half the body. */
export function sendHalf( request: IncomingMessage, response: ServerResponse, answer: Answer ): void {
	const body = Buffer.from( answer.body );
	request.resume();
	writeHead( response, answer );
	response.write( body.subarray( 0, body.length / 2 ), () => response.destroy() );
}

/**
 * Sends one valid JSON object of 24 MB, no faster than the client takes it and without holding it
 * in memory; stops when the client has had enough.
 */
export async function sendHuge( request: IncomingMessage, response: ServerResponse ): Promise< void > {
	request.resume();
	response.writeHead( 200, { 'content-type': 'application/json; charset=utf-8' } );
	response.write( '{"success":true,"padding":"' );
	const gone = new AbortController();
	response.once( 'close', () => gone.abort() );
	for ( let chunk = 0; chunk < HUGE_CHUNKS; chunk++ ) {
		if ( response.destroyed ) {
			return;
		}
		if ( ! response.write( CHUNK ) ) {
			await once( response, 'drain', { signal: gone.signal } );
		}
	}
	response.end( '"}' );
}

function writeHead( response: ServerResponse, { status, headers, body }: Answer ): void {
	const length = Buffer.byteLength( body );
	response.writeHead( status, {
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff',
		...headers,
		'content-length': length,
	} );
}
