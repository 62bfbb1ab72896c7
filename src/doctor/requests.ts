import { readFailure } from '../client/failure.ts';
import { request } from '../client/request.ts';
import type { CheckName } from '../validation/doctor.ts';
import {
	checkResultSchema,
	doctorSchema,
	reportSchema,
	type CheckResult,
	type Report,
} from '../validation/doctor-schemas.ts';

export interface DoctorRequests {
	/** The results of the last run, as far as it came. */
	results: ( signal: AbortSignal ) => Promise< CheckResult[] >;
	examine: ( check: CheckName, signal: AbortSignal ) => Promise< CheckResult >;
	report: ( signal: AbortSignal ) => Promise< Report >;
}

/** Returns the doctor's calls to this site; they answer and reject as those of `requestsTo`. */
export function doctorRequestsTo( namespace: string ): DoctorRequests {
	const ask = async ( route: string, data: object | undefined, signal: AbortSignal ): Promise< unknown > => {
		try {
			return await request( `/${ namespace }${ route }`, data, signal );
		} catch ( error ) {
			const code = signal.aborted ? '' : refusal( error );
			const answer = code ? await pastRest( route, data, signal, code ) : null;
			if ( ! answer ) {
				throw error;
			}
			return answer;
		}
	};
	return {
		results: async ( signal ) => doctorSchema.parse( await ask( '/doctor', undefined, signal ) ).results,
		examine: async ( check, signal ) => checkResultSchema.parse( await ask( `/doctor/${ check }`, {}, signal ) ),
		report: async ( signal ) => reportSchema.parse( await ask( '/report', undefined, signal ) ),
	};
}

// Also where a page comes in place of an answer, or REST is not there at all. Returns the code; empty: it isn't closed.
function refusal( error: unknown ): string {
	const failure = readFailure( error );
	switch ( failure.tag ) {
		case 'blocked':
			return failure.code;
		case 'garbled':
			return 'invalid_json';
		default:
			return 'code' in failure && failure.code === 'rest_no_route' ? failure.code : '';
	}
}

// What WordPress gives its own scripts.
interface Page {
	ajaxurl?: string;
	wp?: { apiFetch?: { nonceMiddleware?: { nonce?: string } } };
}

/**
 * Asks by admin-ajax.php. The checks have to work where REST does not: it may be what they find. Returns null where that
 * is of no help either.
 */
async function pastRest(
	route: string,
	data: object | undefined,
	signal: AbortSignal,
	code: string
): Promise< unknown > {
	const { ajaxurl = '/wp-admin/admin-ajax.php', wp } = window as Page;
	const nonce = wp?.apiFetch?.nonceMiddleware?.nonce ?? '';
	const body = new URLSearchParams( {
		action: 'slashimage_rest',
		_wpnonce: nonce,
		route,
		code,
		method: data ? 'POST' : 'GET',
	} );
	const answer = await fetch( ajaxurl, { method: 'POST', body, signal } );
	return answer.ok ? ( ( await answer.json() ) as unknown ) : null;
}
