/** The doors a sandbox site has for its owner; see sandbox/mu-plugins/sandbox.php. */
export interface SiteClient {
	/** Runs PHP inside WordPress and answers what it returns, as JSON carries it. */
	evaluate: ( code: string ) => Promise< unknown >;
	/** An address that logs in as the administrator and goes on to a path of the site. */
	loginUrl: ( path?: string ) => string;
}

/**
 * Talks to the sandbox's mu-plugin of one site. Tests prepare and look at WordPress through
 * `evaluate`, which takes the body of a PHP function (`return get_option( 'home' );`) and
 * throws with PHP's own message when that fails.
 */
export function siteClient( url: string, token: string ): SiteClient {
	return {
		async evaluate( code ) {
			const response = await fetch( `${ url }/?slashimage_sandbox=eval`, {
				method: 'POST',
				headers: { 'x-slashimage-sandbox': token, 'content-type': 'text/plain' },
				body: code,
			} );
			return answer( response.status, await response.text() );
		},
		loginUrl( path = '/wp-admin/' ) {
			const query = new URLSearchParams( { slashimage_login: token, to: path } );
			return `${ url }/?${ query }`;
		},
	};
}

function answer( status: number, text: string ): unknown {
	let body: { result?: unknown; error?: string };
	try {
		body = JSON.parse( text ) as typeof body;
	} catch {
		throw new Error( `The sandbox site answered ${ status }: ${ text.slice( 0, 2000 ) }` );
	}
	if ( body.error !== undefined ) {
		throw new Error( body.error );
	}
	return body.result ?? null;
}
