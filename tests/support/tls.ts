import type { IncomingMessage, ServerResponse } from 'node:http';
import { request as ask } from 'node:http';
import { createServer } from 'node:https';
import type { CertificateName } from './certificates.ts';
import { certificates } from './certificates.ts';
import { listen } from './ports.ts';

export interface TlsOptions {
	/** The http service that every request is passed on to. */
	to: string;
	certificate: CertificateName;
	/** How many seconds the clock of the answers is ahead; negative: behind. */
	clock?: number;
}

export interface TlsServer {
	/** https://localhost and the port. */
	url: string;
	port: number;
	close: () => Promise< void >;
}

/** The authority to trust: appended to a site's wp-includes/certificates/ca-bundle.crt, or node's `ca`. */
export async function certificateAuthority(): Promise< { pem: string } > {
	return { pem: ( await certificates() ).authority };
}

/** Starts a real TLS server on 127.0.0.1 in front of an http service. */
export async function startTls( { to, certificate, clock = 0 }: TlsOptions ): Promise< TlsServer > {
	const { servers } = await certificates();
	const server = createServer( servers[ certificate ], ( request, response ) =>
		passOn( request, response, to, clock )
	);
	// A visitor who does not trust the certificate hangs up; that is what most of them are for.
	server.on( 'tlsClientError', () => {} );
	const port = await listen( server );
	return {
		url: `https://localhost:${ port }`,
		port,
		close: () =>
			new Promise( ( resolve ) => {
				server.close( () => resolve() );
				server.closeAllConnections();
			} ),
	};
}

/** A service that hangs up is a server that hangs up: half an answer must not look like a whole one. */
function passOn( request: IncomingMessage, response: ServerResponse, to: string, clock: number ): void {
	const { method, headers, url = '/' } = request;
	const hangUp = () => void response.destroy();
	const asked = ask( to.replace( /\/$/, '' ) + url, { method, headers, agent: false }, ( answer ) => {
		response.writeHead( answer.statusCode ?? 502, withClock( answer.headers, clock ) );
		answer.on( 'error', hangUp ).pipe( response );
	} );
	asked.on( 'error', hangUp );
	response.on( 'close', () => asked.destroy() );
	request.pipe( asked );
}

function withClock( headers: IncomingMessage[ 'headers' ], clock: number ): IncomingMessage[ 'headers' ] {
	const time = headers.date ? Date.parse( headers.date ) : Date.now();
	return { ...headers, date: new Date( time + clock * 1000 ).toUTCString() };
}
