import { createServer } from 'node:net';

/**
 * Starts something on the port asked for when that is free, else on one the system picks. A
 * port someone else holds is no reason to stop: what is printed and configured afterwards uses
 * the port really taken. Two sites starting together may both find the same port free; the one
 * that comes second is started again.
 */
export async function onFreePort< T >( wanted = 0, start: ( port: number ) => Promise< T > ): Promise< T > {
	const port = ( await tryPort( wanted ) ) ?? ( await tryPort( 0 ) ) ?? 0;
	try {
		return await start( port );
	} catch ( error ) {
		if ( ( error as NodeJS.ErrnoException ).code !== 'EADDRINUSE' ) {
			throw error;
		}
		return await onFreePort( 0, start );
	}
}

async function tryPort( port: number ): Promise< number | undefined > {
	return await new Promise( ( resolve, reject ) => {
		const server = createServer();
		server.once( 'error', ( error: NodeJS.ErrnoException ) =>
			error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve( undefined ) : reject( error )
		);
		// No host: the address WordPress Playground binds, which is every one of the machine.
		server.listen( port, () => {
			const address = server.address();
			server.close( () => resolve( address && typeof address === 'object' ? address.port : undefined ) );
		} );
	} );
}
