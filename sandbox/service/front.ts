import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Api } from './api.ts';
import { errorAnswer } from './errors.ts';
import { answerInstead } from './fault-answers.ts';
import type { FaultSwitch } from './fault-switch.ts';
import type { RequestLog } from './record.ts';
import { send, sendHalf, sendHuge } from './send.ts';

export interface Front {
	listener: RequestListener;
	/** Settles when no request is being worked on any more. */
	idle: () => Promise< void >;
}

/**
 * Takes the API, where requests are recorded, the switch of faults and where redirects lead;
 * returns what stands between the network and the API: it records, plays the fault and answers.
 */
export function createFront( api: Api, log: RequestLog, faults: FaultSwitch, elsewhere: string ): Front {
	const running = new Set< Promise< void > >();
	const answer = async ( request: IncomingMessage, response: ServerResponse ) => {
		const note = log.begin( request );
		const active = faults.active;
		if ( active.fault === 'slow' ) {
			await waitUnlessGone( active.delayMs, response );
		}
		if ( active.fault === 'huge' ) {
			note( 200 );
			return sendHuge( request, response );
		}
		const instead = answerInstead( active, request.url ?? '/', elsewhere );
		const result = instead ?? ( await api( request, active ) );
		note( result.status );
		response.once( 'finish', () => result.sent?.() );
		( active.fault === 'truncated' ? sendHalf : send )( request, response, result );
	};
	return {
		listener( request, response ) {
			const work = answer( request, response )
				.catch( ( error: unknown ) => giveUp( request, response, error ) )
				.finally( () => running.delete( work ) );
			running.add( work );
		},
		async idle() {
			await Promise.allSettled( running );
		},
	};
}

/** A client that left is not an error of the service; it must not cost a credit either. */
async function waitUnlessGone( milliseconds: number, response: ServerResponse ): Promise< void > {
	const gone = new AbortController();
	response.once( 'close', () => gone.abort() );
	await wait( milliseconds, undefined, { signal: gone.signal } );
}

function giveUp( request: IncomingMessage, response: ServerResponse, error: unknown ): void {
	if ( response.destroyed || request.destroyed || response.headersSent ) {
		response.destroy();
		return;
	}
	console.error( error );
	send( request, response, errorAnswer( 'server_error' ) );
}
