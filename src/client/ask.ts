import { readFailure, type Failure } from './failure.ts';
import { request } from './request.ts';

/** Milliseconds after which a question is given up; the next one may fare better. */
const giveUp = 15_000;

/** Asks the site, for the small scripts. Returns the answer as it came, or why there is none as `failure`; never throws. */
export async function ask< Answer extends object >(
	path: string,
	data?: object
): Promise< ( Answer & { failure?: undefined } ) | { failure: Failure } > {
	try {
		const answer = await request( path, data, AbortSignal.timeout( giveUp ) );
		return typeof answer === 'object' && answer
			? ( answer as Answer & { failure?: undefined } )
			: { failure: { tag: 'garbled' } };
	} catch ( error ) {
		return { failure: readFailure( error ) };
	}
}
