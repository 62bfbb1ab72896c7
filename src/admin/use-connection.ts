import { useEffect, useMemo, useState } from 'react';
import type { AdminPage, Connection, Summary } from '../validation/schemas.ts';
import type { Requests } from './requests.ts';
import type { Timing } from './timing.ts';
import { useAttempt, type Action, type Attempt } from './use-attempt.ts';
import { useLateNews } from './use-late-news.ts';
import { pollEvery, usePoll } from './use-poll.ts';
import { useSnapshot, type Snapshot } from './use-snapshot.ts';

/** Everything the views know and may do. */
export interface ConnectionScreen {
	snapshot: Snapshot;
	ended: boolean;
	attempt: Attempt;
	connect: ( key: string ) => void;
	check: () => void;
	disconnect: () => void;
	retry: () => void;
	/** Everything that is not optimized yet. */
	optimize: () => void;
	/** Takes what waits out of the queue. */
	stop: () => void;
	/** Ends what is under way, if anything is. */
	cancel: () => void;
	/** Takes away what the last attempt said. */
	clear: () => void;
}

/**
 * The state of the settings screen: what the site said last, one attempt at a time, and a look at the site now and then
 * while something moves. After a cancelled or abandoned attempt it keeps looking for a while, because the server may
 * still finish it, and the screen must tell the truth.
 */
export function useConnection( page: AdminPage, requests: Requests, timing: Timing ): ConnectionScreen {
	const { snapshot, ended, end, replace, outdate, look } = useSnapshot( page, requests );
	const { attempt, run, settle } = useAttempt( timing.giveUp );
	const { connection, summary } = snapshot;
	const trying = useLateNews( snapshot, settle );
	const unsettled = useUnsettled( attempt, timing.unsettled );
	const every = unsettled ? timing.poll : pollEvery( connection, summary, timing );
	usePoll( ended || attempt.tag === 'busy' ? null : every, timing.slow, look );

	useEffect( () => {
		if ( attempt.tag === 'failed' && attempt.problem.tag === 'session' ) {
			end();
		} else if ( isAbandoned( attempt ) || ( attempt.tag === 'failed' && attempt.problem.tag === 'request' ) ) {
			void look();
		}
	}, [ attempt, end, look ] );

	const actions = useMemo( () => {
		const begin = < Answer >(
			action: Action,
			request: ( signal: AbortSignal ) => Promise< Answer >,
			take: ( answer: Answer ) => Partial< Snapshot >,
			key: string | null = null
		) => {
			outdate();
			trying( key );
			run( action, request, ( answer ) => {
				outdate();
				replace( { ...take( answer ), from: 'action' } );
			} );
		};
		const asConnection = ( fresh: Connection ) => ( { connection: fresh } );
		const asSummary = ( fresh: Summary ) => ( { summary: fresh } );
		return {
			connect: ( key: string ) =>
				begin( 'connect', ( signal ) => requests.connect( key, signal ), asConnection, key ),
			check: () => begin( 'check', requests.check, asConnection ),
			disconnect: () => begin( 'disconnect', requests.disconnect, asConnection ),
			retry: () => begin( 'retry', requests.retry, asSummary ),
			optimize: () => begin( 'optimize', requests.optimize, asSummary ),
			stop: () => begin( 'stop', requests.stop, asSummary ),
			clear: () => settle( { tag: 'idle' } ),
		};
	}, [ requests, run, settle, outdate, replace, trying ] );
	const cancel = () => settle( attempt.tag === 'busy' ? { tag: 'cancelled', action: attempt.action } : attempt );
	return { snapshot, ended, attempt, ...actions, cancel };
}

/** Whether the server may still be finishing an attempt that this screen no longer waits for. */
function useUnsettled( attempt: Attempt, lasts: number ): boolean {
	const [ unsettled, setUnsettled ] = useState( false );
	useEffect( () => {
		if ( attempt.tag === 'busy' || attempt.tag === 'done' ) {
			setUnsettled( false );
		}
		if ( isAbandoned( attempt ) ) {
			setUnsettled( true );
		}
	}, [ attempt ] );
	useEffect( () => {
		const timer = unsettled ? setTimeout( () => setUnsettled( false ), lasts ) : undefined;
		return () => clearTimeout( timer );
	}, [ unsettled, lasts ] );
	return unsettled;
}

// Nobody waits for its answer any more, and there may still be one.
function isAbandoned( attempt: Attempt ): boolean {
	if ( attempt.tag !== 'failed' ) {
		return attempt.tag === 'cancelled';
	}
	const { problem } = attempt;
	return (
		problem.tag === 'slow' ||
		problem.tag === 'offline' ||
		( problem.tag === 'unreachable' && problem.seen?.kind === 'timeout' )
	);
}
