import { codelessAnswer, errorAnswer, retryAfter } from './errors.ts';
import type { Answer } from './errors.ts';
import type { ActiveFault } from './faults.ts';
import type { Optimized } from './optimize.ts';
import { SPOILERS } from './spoilers.ts';

/**
 * Takes the fault that is on, the path asked for and where redirects lead; returns what is answered
 * instead of asking the service at all, or null when the service is asked.
 */
export function answerInstead( active: ActiveFault, path: string, elsewhere: string ): Answer | null {
	switch ( active.fault ) {
		case 'error_500':
			return errorAnswer( active.code );
		case 'busy_503':
			return errorAnswer( 'service_busy', active.retryAfter );
		case 'rate_429':
			return codelessAnswer( 429, 'Too many requests.', retryAfter( active.retryAfter ) );
		case 'captive_portal':
			return page( 200, 'Welcome to the Wi-Fi', 'Log in to use the internet.' );
		case 'html_401':
			return page( 401, 'Authorization required', 'Please enter your password.' );
		case 'html_403':
			return page( 403, 'Forbidden', 'Your request was blocked by the firewall.' );
		case 'empty':
			return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
		case 'redirect':
			return { status: 302, headers: { location: elsewhere + path }, body: '' };
		default:
			return null;
	}
}

/**
 * Takes what became of a file and the fault that is on; returns it with its files spoiled the way
 * the fault says. The sizes and savings in the answer still claim a success.
 */
export async function spoil( result: Optimized, active: ActiveFault ): Promise< Optimized > {
	const spoilFile = SPOILERS[ active.fault ];
	if ( spoilFile === undefined ) {
		return result;
	}
	const least = result.original.bytes.length;
	const main = await spoilFile( result.main, least );
	const extras = await Promise.all( result.extras.map( ( extra ) => spoilFile( extra, least ) ) );
	return { ...result, main, extras };
}

function page( status: number, title: string, text: string ): Answer {
	const body = `<!doctype html><html lang="en"><title>${ title }</title><h1>${ title }</h1><p>${ text }</p></html>`;
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
