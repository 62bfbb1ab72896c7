import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import apiFetch from '@wordpress/api-fetch';

export interface Asked {
	method: string;
	path: string;
	body: unknown;
}

export interface Reply {
	status: number;
	/** An object is sent as JSON, a string as the page it is. */
	body: unknown;
}

/** A tiny REST server for the rooms: remembers what was asked, and answers what the test says. */
export interface RestServer {
	asked: Asked[];
	/** What it answers; null: hangs up without an answer. */
	reply: Reply | null | Promise< Reply >;
	close: () => Promise< void >;
}

/** Starts a server and points `apiFetch` to it. One a test file: apiFetch keeps the first address it was given. */
export async function startRestServer(): Promise< RestServer > {
	const http = createServer( async ( request, response ) => {
		let text = '';
		for await ( const chunk of request ) {
			text += chunk;
		}
		rest.asked.push( {
			method: request.method ?? '',
			// Without what keeps a read from a cache.
			path: ( request.url ?? '' ).replace( /_=\d+&/, '' ),
			body: text ? JSON.parse( text ) : null,
		} );
		const reply = await rest.reply;
		if ( ! reply ) {
			request.socket.destroy();
			return;
		}
		const page = typeof reply.body === 'string';
		response.writeHead( reply.status, { 'content-type': page ? 'text/html' : 'application/json' } );
		response.end( page ? reply.body : JSON.stringify( reply.body ) );
	} );
	const rest: RestServer = { asked: [], reply: { status: 200, body: {} }, close: () => stop( http ) };
	await new Promise< void >( ( resolve ) => http.listen( 0, '127.0.0.1', resolve ) );
	const { port } = http.address() as AddressInfo;
	apiFetch.use( apiFetch.createRootURLMiddleware( `http://127.0.0.1:${ port }/` ) );
	return rest;
}

function stop( http: Server ): Promise< void > {
	http.closeAllConnections();
	return new Promise( ( resolve ) => http.close( () => resolve() ) );
}
