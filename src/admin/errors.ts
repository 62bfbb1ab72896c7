import { readFailure, type Failure } from '../client/failure.ts';
import { causes, type KeyCause } from '../validation/key-rules.ts';
import { outcomes, type OutcomeCode } from '../validation/outcomes.ts';
import { seenSchema, type Seen } from '../validation/schemas.ts';
import { requestSentences } from '../validation/sentences.ts';

export type RequestCode = keyof typeof requestSentences;

/** Why an attempt failed. The first three are about the key; the rest is between the browser and its own site. */
export type Problem =
	| { tag: 'malformed'; cause: KeyCause }
	| { tag: 'refused'; code: OutcomeCode }
	| { tag: 'unreachable'; seen: Seen | null }
	| { tag: 'request'; code: RequestCode }
	| { tag: 'slow' }
	| { tag: 'broken'; code: string; status: number }
	| Exclude< Failure, { tag: 'error' } >;

/** Turns whatever a request rejected with into one problem: what `readFailure` sees, and our routes' own codes. */
export function readError( error: unknown ): Problem {
	const failure = readFailure( error );
	if ( failure.tag !== 'error' ) {
		return failure;
	}
	const { code, status, data } = failure;
	if ( isKeyCause( code ) ) {
		return { tag: 'malformed', cause: code };
	}
	if ( isOutcome( code ) ) {
		const seen = seenSchema.safeParse( data[ 'seen' ] );
		return outcomes[ code ].check === 'refused'
			? { tag: 'refused', code }
			: { tag: 'unreachable', seen: seen.success ? seen.data : null };
	}
	if ( isRequestCode( code ) ) {
		return { tag: 'request', code };
	}
	return status === 401 || status === 403 ? { tag: 'request', code: 'forbidden' } : { tag: 'broken', code, status };
}

const isKeyCause = ( code: string ): code is KeyCause =>
	code === 'key_unknown' || causes.some( ( { cause } ) => cause === code );

const isOutcome = ( code: string ): code is OutcomeCode => Object.hasOwn( outcomes, code );

const isRequestCode = ( code: string ): code is RequestCode => Object.hasOwn( requestSentences, code );
