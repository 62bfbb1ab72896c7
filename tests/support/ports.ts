import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';

/** A port of 127.0.0.1 on which nothing listens: the system gave it out a moment ago, and has it back. */
export async function closedPort(): Promise< number > {
	const server = createServer();
	const port = await listen( server );
	await new Promise( ( resolve ) => server.close( resolve ) );
	return port;
}

/** A port of 127.0.0.1 that takes every connection and whatever is sent, and never says a word. */
export async function silentPort(): Promise< { port: number; close: () => Promise< void > } > {
	const sockets = new Set< Socket >();
	const server = createServer( ( socket ) => {
		sockets.add( socket );
		// Whoever loses patience and hangs up is no failure here.
		socket.on( 'error', () => {} ).on( 'close', () => sockets.delete( socket ) );
		socket.resume();
	} );
	const port = await listen( server );
	return {
		port,
		close: () =>
			new Promise( ( resolve ) => {
				server.close( () => resolve() );
				sockets.forEach( ( socket ) => socket.destroy() );
			} ),
	};
}

/** Resolves with the port of 127.0.0.1 that the system gave the server. */
export async function listen( server: Server ): Promise< number > {
	await new Promise< void >( ( resolve, reject ) => {
		server.once( 'error', reject ).listen( 0, '127.0.0.1', resolve );
	} );
	return ( server.address() as AddressInfo ).port;
}
