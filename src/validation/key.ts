import { cleaning, causes, keyPattern, hexLength, longestText, type KeyCause, type CleaningNote } from './key-rules.ts';

export type KeyReading =
	| { ok: true; key: string; removed: CleaningNote[] }
	| { ok: false; key: string; removed: CleaningNote[]; cause: KeyCause; count?: number; character?: string };

/**
 * Takes away what a paste adds to a key without changing it: spaces, line breaks, zero-width characters, quotes, a
 * `Bearer ` prefix, upper case. Returns the text left and the names of what was removed. Cleaning twice is cleaning
 * once, and a valid key comes out as it went in. Forced by keys copied from e-mails and chats, where the space that
 * makes a key "invalid" can't be seen.
 */
export function cleanKey( pasted: string ): { key: string; removed: CleaningNote[] } {
	const removed: CleaningNote[] = [];
	let key = pasted.slice( 0, longestText );
	for ( const rule of cleaning ) {
		const next = key.replace( new RegExp( rule.pattern, 'gu' ), ( found ) =>
			rule.replacement === 'lower' ? found.toLowerCase() : ''
		);
		if ( next !== key && ! removed.includes( rule.note ) ) {
			removed.push( rule.note );
		}
		key = next;
	}
	return { key, removed };
}

/**
 * Reads a pasted string as an API key. Returns the cleaned key when its shape is right, otherwise the first named cause
 * that fits, with what the sentence about it needs: how many characters are missing or too many (`count`), the first
 * character that can't be in a key (`character`). Never throws. Forced by "invalid API key", which told nobody that the
 * last four characters had not been selected.
 */
export function readKey( pasted: string ): KeyReading {
	const { key, removed } = cleanKey( pasted );
	if ( new RegExp( keyPattern, 'u' ).test( key ) ) {
		return { ok: true, key, removed };
	}
	for ( const rule of causes ) {
		const found = new RegExp( rule.pattern, 'u' ).exec( key );
		if ( found ) {
			return { ok: false, key, removed, cause: rule.cause, ...detail( rule, found[ 1 ] ?? '' ) };
		}
	}
	return { ok: false, key, removed, cause: 'key_unknown' };
}

/**
 * What may be shown of a key: its prefix and last four characters. Returns an empty string for anything that is not of
 * a key's shape, so that half a secret pasted into the wrong field is never echoed.
 */
export function fingerprint( key: string ): string {
	const prefix = new RegExp( keyPattern, 'u' ).exec( key )?.[ 1 ];
	return prefix ? `${ prefix }…${ key.slice( -4 ) }` : '';
}

function detail( rule: ( typeof causes )[ number ], captured: string ): { count?: number; character?: string } {
	if ( ! ( 'detail' in rule ) ) {
		return {};
	}
	return rule.detail === 'count' ? { count: Math.abs( hexLength - captured.length ) } : { character: captured };
}
