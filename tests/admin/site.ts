import apiFetch from '@wordpress/api-fetch';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
	status?: number;
	body: unknown;
	/** Milliseconds before it is given. */
	after?: number;
}

export interface Site {
	/** The requests so far: `POST /connection {"key":…}`. */
	requests: string[];
	/** Their addresses, with the queries. */
	paths: string[];
	/** Says how a route answers from now on; a list is used up one by one, the last one stays. */
	answer: ( route: string, ...answers: Answer[] ) => void;
	/** Connections are dropped without an answer. */
	offline: boolean;
	url: string;
	stop: () => Promise< void >;
}

/**
 * A site's REST API over real HTTP, scripted route by route, so that nothing of ours is mocked: `apiFetch` really asks,
 * and a cancelled request is really cut off. A route without a script never answers.
 */
export async function startSite(): Promise< Site > {
	const scripts = new Map< string, Answer[] >();
	const site: Site = {
		requests: [],
		paths: [],
		answer: ( route, ...answers ) => void scripts.set( route, answers ),
		offline: false,
		url: '',
		stop: () =>
			new Promise( ( resolve ) => {
				server.closeAllConnections();
				server.close( () => resolve() );
			} ),
	};
	const server = createServer( async ( request, response ) => {
		const route = routeOf( request );
		site.paths.push( request.url ?? '' );
		site.requests.push( `${ route } ${ await bodyOf( request ) }`.trim() );
		if ( site.offline ) {
			request.socket.destroy();
			return;
		}
		const script = scripts.get( route ) ?? [];
		const answer = script.length > 1 ? script.shift() : script[ 0 ];
		if ( answer ) {
			setTimeout( () => send( response, answer ), answer.after ?? 0 );
		}
	} );
	await new Promise< void >( ( resolve ) => server.listen( 0, '127.0.0.1', resolve ) );
	site.url = `http://127.0.0.1:${ ( server.address() as AddressInfo ).port }/`;
	return site;
}

// `apiFetch` keeps its middleware for good, so there is one, and it asks whichever site is up.
let current: Site | null = null;
apiFetch.use( ( options, next ) =>
	next( { ...options, url: `${ current?.url }${ ( options.path ?? '' ).slice( 1 ) }` } )
);

export function useSite( site: Site ): void {
	current = site;
	// Where WordPress renews the session's nonce.
	apiFetch.nonceEndpoint = `${ site.url }nonce`;
}

// WordPress sends DELETE as a POST that says so, for old proxies.
const routeOf = ( { method, headers, url = '' }: IncomingMessage ): string =>
	`${ headers[ 'x-http-method-override' ] ?? method } ${ url.replace( /\?.*/, '' ).replace( '/slashimage/v1', '' ) }`;

async function bodyOf( request: IncomingMessage ): Promise< string > {
	let body = '';
	for await ( const chunk of request ) {
		body += String( chunk );
	}
	// An empty body says nothing, and an attempt to connect has another name each time.
	return body.replace( /,?"attempt":"[\d.e-]+"/, '' ).replace( /^\{\}$/, '' );
}

function send( response: ServerResponse, { status = 200, body }: Answer ): void {
	const text = typeof body === 'string';
	response.writeHead( status, { 'Content-Type': text ? 'text/html' : 'application/json' } );
	response.end( text ? body : JSON.stringify( body ) );
}
