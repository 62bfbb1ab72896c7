import { randomBytes } from 'node:crypto';

export type KeyKind = 'live' | 'sub';

/** Takes the kind of key; returns a new one: its prefix and 48 lower-case hex characters. */
export function createKey( kind: KeyKind ): string {
	return `sk_${ kind }_${ randomBytes( 24 ).toString( 'hex' ) }`;
}

/**
 * Takes an Authorization header; returns the key it carries, or null. The scheme's name may be
 * written in any case (RFC 9110), the key may not.
 */
export function bearerKey( authorization: string | undefined ): string | null {
	return /^bearer +(\S+)$/i.exec( authorization ?? '' )?.[ 1 ] ?? null;
}

/**
 * Takes a text that may be a key or hold one; returns it with every key cut to its prefix and last
 * four characters. Paths go through here too: a client that puts a key into a query string must
 * not have it shown on the dashboard.
 */
export function maskKeys( text: string ): string {
	return text.replace( /(sk_(?:live|sub)_)([0-9a-z]+)/gi, ( _, prefix: string, rest: string ) =>
		rest.length > 8 ? `${ prefix }…${ rest.slice( -4 ) }` : `${ prefix }…`
	);
}

/**
 * Takes an Authorization header; returns what may be shown of it. Anything that doesn't look like
 * a key is not shown at all: it may be another service's key, pasted by mistake.
 */
export function fingerprint( authorization: string | null ): string {
	if ( authorization === null ) {
		return 'none';
	}
	const key = bearerKey( authorization );
	return key !== null && /^sk_(live|sub)_[0-9a-z]*$/i.test( key ) ? maskKeys( key ) : 'not a key';
}
