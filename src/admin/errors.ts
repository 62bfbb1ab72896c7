import { causes, type KeyCause } from '../validation/key-rules.ts';
import { outcomes, type OutcomeCode } from '../validation/outcomes.ts';
import { errorSchema, type Seen } from '../validation/schemas.ts';
import { requestSentences } from '../validation/sentences.ts';

export type RequestCode = keyof typeof requestSentences;

/** Why an attempt failed. The first three are about the key; the rest is between the browser and its own site. */
export type Problem =
	| { tag: 'malformed'; cause: KeyCause }
	| { tag: 'refused'; code: OutcomeCode }
	| { tag: 'unreachable'; seen: Seen | null }
	| { tag: 'request'; code: RequestCode }
	| { tag: 'session' }
	| { tag: 'offline' }
	| { tag: 'slow' }
	| { tag: 'garbled' }
	| { tag: 'broken'; code: string; status: number };

/**
 * Turns whatever a request rejected with into one problem. Decides by code and status, never by a sentence. Forced by
 * `apiFetch`, which rejects with plain objects, with the bare `Response` when an old session can't be renewed (6.8), and
 * with codes of its own for a missing network and for a page that is not JSON.
 */
export function readError( error: unknown ): Problem {
	if ( error instanceof Response ) {
		return { tag: 'session' };
	}
	const parsed = errorSchema.safeParse( error );
	if ( ! parsed.success ) {
		return { tag: 'garbled' };
	}
	const { code, data } = parsed.data;
	return byCode( code, data?.seen ?? null ) ?? byStatus( code, data?.status ?? 0 );
}

function byCode( code: string, seen: Seen | null ): Problem | null {
	if ( code === 'fetch_error' || code === 'offline_error' ) {
		return { tag: 'offline' };
	}
	if ( code === 'invalid_json' ) {
		return { tag: 'garbled' };
	}
	if ( isKeyCause( code ) ) {
		return { tag: 'malformed', cause: code };
	}
	if ( isOutcome( code ) ) {
		return outcomes[ code ].check === 'refused' ? { tag: 'refused', code } : { tag: 'unreachable', seen };
	}
	return isRequestCode( code ) && code !== 'forbidden' ? { tag: 'request', code } : null;
}

function byStatus( code: string, status: number ): Problem {
	return status === 401 || status === 403 ? { tag: 'session' } : { tag: 'broken', code, status };
}

const isKeyCause = ( code: string ): code is KeyCause =>
	code === 'key_unknown' || causes.some( ( { cause } ) => cause === code );

const isOutcome = ( code: string ): code is OutcomeCode => Object.hasOwn( outcomes, code );

const isRequestCode = ( code: string ): code is RequestCode => Object.hasOwn( requestSentences, code );
