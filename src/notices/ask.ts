import apiFetch from '@wordpress/api-fetch';

/** Milliseconds after which a question is given up; the next one may fare better. */
const giveUp = 15_000;

/** Why there is no answer: `ended` for good (the session is over, or the right to ask), `failed` this time. */
export type NoAnswer = 'ended' | 'failed';

/**
 * Asks the site. Returns the answer as it came, or why there is none; never throws. Forced by `apiFetch`, which renews an
 * old nonce by itself, and rejects with a plain object, or with the bare `Response` where the session is gone (6.8).
 */
export async function ask< Answer extends object >( path: string ): Promise< Answer | NoAnswer > {
	try {
		const answer: unknown = await apiFetch( { path, signal: AbortSignal.timeout( giveUp ) } );
		return typeof answer === 'object' && answer ? ( answer as Answer ) : 'failed';
	} catch ( error ) {
		const status = error instanceof Response ? 403 : statusOf( error );
		return status === 401 || status === 403 ? 'ended' : 'failed';
	}
}

const statusOf = ( error: unknown ): number | undefined =>
	( error as { data?: { status?: number } } | null )?.data?.status;
