// What the doctor says over REST.
import * as z from 'zod/mini';
import { checks, findingStatuses, steps } from './doctor.ts';

/** What one check of the doctor found. The sentences are ready to be shown, in the reader's language. */
export const checkResultSchema = z.object( {
	check: z.enum( checks ),
	// Unix time.
	at: z.int(),
	ms: z.int(),
	// The worst first. `advice` is empty and `link` null where there is nothing to do.
	findings: z.array(
		z.object( {
			code: z.string(),
			status: z.enum( findingStatuses ),
			seen: z.string(),
			advice: z.string(),
			link: z.nullable( z.string() ),
			steps: z.array( z.enum( steps ) ),
		} )
	),
	// Nothing after it can be learned.
	ends: z.boolean(),
} );

/** The results of the last run, as far as it came. */
export const doctorSchema = z.object( { results: z.array( checkResultSchema ) } );

/** Facts for support. `request`: the minimal one, to be repeated by hand. */
export const reportSchema = z.object( {
	sections: z.array(
		z.object( { title: z.string(), rows: z.array( z.object( { label: z.string(), value: z.string() } ) ) } )
	),
	request: z.object( { url: z.string(), origin: z.string() } ),
} );

export type CheckResult = z.infer< typeof checkResultSchema >;
export type Report = z.infer< typeof reportSchema >;
