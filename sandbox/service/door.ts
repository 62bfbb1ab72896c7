import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';

const HOST = '127.0.0.1';
const TRY_AGAIN_MS = 100;

/** A listening port that can be closed and opened again under the same number. */
export interface Door {
	readonly port: number;
	readonly url: string;
	/** Refuses new connections and cuts the open ones, at once. */
	shut: () => void;
	reopen: () => void;
}

/**
 * Takes what answers requests and the port wanted; returns the open door, on a free port if the
 * wanted one is 0 or taken. Only this machine can reach it: keys travel in the clear.
 */
export async function openDoor( handler: RequestListener, wanted: number ): Promise< Door > {
	let server: Server | null = await listen( handler, wanted ).catch( ( error: unknown ) => {
		if ( isTaken( error ) ) {
			return listen( handler, 0 );
		}
		throw error;
	} );
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : wanted;
	return {
		port,
		url: `http://${ HOST }:${ port }`,
		shut() {
			server?.close();
			server?.closeAllConnections();
			server = null;
		},
		reopen() {
			server ??= keepTrying( handler, port, ( candidate ) => candidate === server );
		},
	};
}

function listen( handler: RequestListener, port: number ): Promise< Server > {
	return new Promise( ( resolve, reject ) => {
		const server = createServer( handler );
		server.once( 'error', reject );
		server.listen( port, HOST, () => resolve( server ) );
	} );
}

/**
 * Another process may hold the port for a moment (as the local end of a connection of its own), so
 * a failed attempt is repeated while the door is still wanted open.
 */
function keepTrying( handler: RequestListener, port: number, isWanted: ( server: Server ) => boolean ): Server {
	const server = createServer( handler );
	const attempt = () => {
		if ( isWanted( server ) ) {
			server.listen( port, HOST );
		}
	};
	server.on( 'error', () => setTimeout( attempt, TRY_AGAIN_MS ).unref() );
	server.on( 'listening', () => {
		if ( ! isWanted( server ) ) {
			server.close();
		}
	} );
	server.listen( port, HOST );
	return server;
}

function isTaken( error: unknown ): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : null;
	return code === 'EADDRINUSE' || code === 'EACCES';
}
