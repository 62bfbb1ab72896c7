import apiFetch from '@wordpress/api-fetch';

/**
 * Makes a request to one of our routes. With `data`, also an empty one, it is a write: a POST with a body, because
 * firewalls refuse those without one, and other methods. Without it is a read, whose address no cache has seen. Answers
 * and rejects as `apiFetch` does; `readFailure` makes sense of what it rejects with.
 */
export function request( path: string, data?: object, signal: AbortSignal | null = null ): Promise< unknown > {
	return data
		? apiFetch( { path, method: 'POST', data, signal } )
		: apiFetch( { path: `${ path }${ path.includes( '?' ) ? '&' : '?' }_=${ Date.now() }`, signal } );
}
