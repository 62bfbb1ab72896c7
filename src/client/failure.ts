/** Why a request to this site got no answer of ours. */
export type Failure =
	// The person is logged out, and the nonce could not be renewed.
	| { tag: 'session' }
	// Somebody else's code closes REST: with which code, and, where that is known, whose it may be.
	| { tag: 'blocked'; code: string; by?: string }
	| { tag: 'offline' }
	// Something other than WordPress answered.
	| { tag: 'garbled' }
	// This site's own error.
	| { tag: 'error'; code: string; status: number; message: string; data: Record< string, unknown > };

/** What WordPress and our routes refuse with: anything else that refuses is somebody else's. */
const own = [ 'rest_forbidden', 'forbidden' ];

/**
 * Reads whatever a request rejected with. Decides by code and status, never by a sentence. Forced by `apiFetch`, which
 * rejects with plain objects, with the bare `Response` when an old session can't be renewed (6.8), and with codes of its
 * own for a missing network and for a page that is not JSON.
 */
export function readFailure( error: unknown ): Failure {
	if ( error instanceof Response ) {
		return { tag: 'session' };
	}
	const { code, message, data } = ( error ?? {} ) as Record< string, unknown >;
	if ( typeof code !== 'string' || code === 'invalid_json' ) {
		return { tag: 'garbled' };
	}
	if ( code === 'fetch_error' || code === 'offline_error' ) {
		return { tag: 'offline' };
	}
	const more = ( data ?? {} ) as Record< string, unknown >;
	const status = Number( more[ 'status' ] ?? 0 );
	const isOurs = own.includes( code );
	if ( code === 'rest_cookie_invalid_nonce' || ( status === 401 && isOurs ) ) {
		return { tag: 'session' };
	}
	return ( status === 401 || status === 403 ) && ! isOurs
		? { tag: 'blocked', code }
		: { tag: 'error', code, status, message: String( message ?? '' ), data: more };
}

/** Whether asking again leads nowhere before the page is reloaded. */
export const isFinal = ( failure: { tag: string; status?: number } ): boolean =>
	failure.tag === 'session' || failure.tag === 'blocked' || failure.status === 403;
