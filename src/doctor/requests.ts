import apiFetch, { type APIFetchOptions } from '@wordpress/api-fetch';
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
	const ask = ( path: string, options: APIFetchOptions< true > ): Promise< unknown > =>
		apiFetch( { path: `/${ namespace }${ path }`, ...options } );
	return {
		results: async ( signal ) => doctorSchema.parse( await ask( '/doctor', { signal } ) ).results,
		examine: async ( check, signal ) =>
			checkResultSchema.parse( await ask( `/doctor/${ check }`, { method: 'POST', signal } ) ),
		report: async ( signal ) => reportSchema.parse( await ask( '/report', { signal } ) ),
	};
}
