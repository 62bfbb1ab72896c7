import type { IncomingMessage, RequestListener } from 'node:http';
import { Room, readBody } from '../body.ts';
import type { Answer } from '../errors.ts';
import type { RequestLog } from '../record.ts';
import { send } from '../send.ts';
import { ACTIONS, SENTENCES } from './actions.ts';
import type { Controls, Outcome } from './actions.ts';
import { isForThisMachine, isOwnForm } from './guard.ts';
import { PAGE_POLICY, renderPage } from './page.ts';

const LARGEST_FORM = 64 * 1024;

export interface DashboardParts extends Controls {
	log: RequestLog;
	apiUrl: string;
}

/** Takes what the dashboard shows and changes; returns what answers the requests to it. */
export function createDashboard( parts: DashboardParts ): RequestListener {
	const room = new Room( 16 * LARGEST_FORM );
	return ( request, response ) => {
		answer( parts, request, room ).then(
			( result ) => send( request, response, result ),
			( error: unknown ) => {
				console.error( error );
				send( request, response, textAnswer( 500, 'Something went wrong.' ) );
			}
		);
	};
}

async function answer( parts: DashboardParts, request: IncomingMessage, room: Room ): Promise< Answer > {
	const [ pathname = '', query ] = ( request.url ?? '' ).split( '?' );
	if ( ! isForThisMachine( request ) ) {
		return textAnswer( 403, 'The dashboard can be used on this machine only.' );
	}
	if ( request.method === 'POST' ) {
		return answerForm( parts, request, pathname, room );
	}
	if ( request.method !== 'GET' && request.method !== 'HEAD' ) {
		return textAnswer( 405, 'Use GET or POST.' );
	}
	if ( pathname === '/dashboard' ) {
		return pageAnswer( parts, new URLSearchParams( query ).get( 'done' ) );
	}
	return pathname === '/' ? seeOther( '/dashboard' ) : textAnswer( 404, 'There is no such page.' );
}

async function answerForm(
	parts: DashboardParts,
	request: IncomingMessage,
	pathname: string,
	room: Room
): Promise< Answer > {
	const action = Object.hasOwn( ACTIONS, pathname ) ? ACTIONS[ pathname ] : undefined;
	if ( action === undefined ) {
		return textAnswer( 404, 'There is no such form.' );
	}
	if ( ! isOwnForm( request ) ) {
		return textAnswer( 403, 'Forms are accepted from the dashboard itself only.' );
	}
	const body = await readBody( request, LARGEST_FORM, room );
	if ( body.kind !== 'body' ) {
		return textAnswer( 413, 'The form is too large.' );
	}
	room.give( body.bytes.length );
	return seeOther( `/dashboard?done=${ action( parts, new URLSearchParams( body.bytes.toString() ) ) }` );
}

function pageAnswer( { store, log, apiUrl, faults }: DashboardParts, done: string | null ): Answer {
	const page = renderPage( {
		apiUrl,
		keys: store.keys(),
		account: store.account(),
		active: faults.active,
		requests: log.requests.slice( -50 ).reverse(),
		outcome: done !== null && Object.hasOwn( SENTENCES, done ) ? ( done as Outcome ) : null,
	} );
	return {
		status: 200,
		headers: { 'content-type': 'text/html; charset=utf-8', ...PAGE_POLICY },
		body: page.text,
	};
}

function seeOther( location: string ): Answer {
	return { status: 303, headers: { location }, body: '' };
}

function textAnswer( status: number, text: string ): Answer {
	return {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8' },
		body: `${ text }\n`,
	};
}
