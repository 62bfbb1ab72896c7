/** Somebody at a browser: keeps cookies, asks REST with the nonce, reads pages. */
export interface Visitor {
	rest: ( method: string, path: string, body?: unknown ) => Promise< RestAnswer >;
	page: ( path: string, headers?: Record< string, string > ) => Promise< string >;
	cookie: string;
}

export interface RestAnswer {
	status: number;
	text: string;
	body: Record< string, unknown > & { code?: string; message?: string; data?: Record< string, unknown > };
}

/** Logs in and returns the visitor; without a user's name, one who is not logged in. `known`: headers a browser adds to all. */
export async function visitor(
	url: string,
	user?: string,
	password = '',
	known: Record< string, string > = {}
): Promise< Visitor > {
	const cookie = user ? await logIn( url, user, password ) : '';
	const get = async ( path: string, headers: Record< string, string > = {} ) =>
		( await fetch( url + path, { headers: { cookie, ...known, ...headers } } ) ).text();
	const nonce = user ? await get( '/wp-admin/admin-ajax.php?action=rest-nonce' ) : '';
	return {
		cookie,
		page: get,
		rest: async ( method, path, body ) => {
			const answer = await fetch( `${ url }/wp-json/slashimage/v1${ path }`, {
				method,
				headers: {
					cookie,
					...known,
					...( nonce ? { 'X-WP-Nonce': nonce } : {} ),
					'Content-Type': 'application/json',
				},
				...( body === undefined ? {} : { body: JSON.stringify( body ) } ),
			} );
			const text = await answer.text();
			return { status: answer.status, text, body: JSON.parse( text ) as RestAnswer[ 'body' ] };
		},
	};
}

async function logIn( url: string, user: string, password: string ): Promise< string > {
	const answer = await fetch( `${ url }/wp-login.php`, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie: 'wordpress_test_cookie=WP%20Cookie%20check' },
		body: new URLSearchParams( { log: user, pwd: password, testcookie: '1' } ),
	} );
	const cookies = answer.headers.getSetCookie().map( ( cookie ) => cookie.split( ';' )[ 0 ] );
	if ( answer.status !== 302 ) {
		throw new Error( `Could not log in as ${ user }: ${ answer.status }` );
	}
	return cookies.join( '; ' );
}
