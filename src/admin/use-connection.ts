import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { fingerprint } from '../validation/key.ts';
import type { AdminPage, Connection, Summary } from '../validation/schemas.ts';
import { requestsTo } from './requests.ts';
import type { Timing } from './timing.ts';
import { useAttempt, type Attempt } from './use-attempt.ts';
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
	/** Ends what is under way; takes away what the last attempt said. */
	cancel: () => void;
	clear: () => void;
}

/**
 * The state of the settings screen: what the site said last, one attempt at a time, and a look at the site now and then
 * while something moves. After a cancelled or abandoned attempt it keeps looking for a while, because the server may
 * still finish it, and the screen must tell the truth.
 */
export function useConnection( page: AdminPage, timing: Timing ): ConnectionScreen {
	const requests = useMemo( () => requestsTo( page.namespace ), [ page.namespace ] );
	const { snapshot, ended, end, replace, outdate, look } = useSnapshot( page, requests );
	const { attempt, run, settle } = useAttempt( timing.giveUp );
	const { connection, summary } = snapshot;
	const tried = useRef( '' );

	const unsettled = useUnsettled( attempt, timing.unsettled );
	const every = unsettled ? timing.poll : pollEvery( connection, summary, timing );
	usePoll( ended || attempt.tag === 'busy' ? null : every, timing.slow, look );

	useEffect( () => {
		if ( attempt.tag === 'failed' && attempt.problem.tag === 'session' ) {
			end();
		} else if ( unsettled || ( attempt.tag === 'failed' && attempt.problem.tag === 'request' ) ) {
			void look();
		}
	}, [ attempt, unsettled, end, look ] );

	// An attempt that was given up went through after all: what was said about it is no longer true.
	useEffect( () => {
		if ( unsettled && connection.state === 'connected' && connection.key.fingerprint === tried.current ) {
			settle( { tag: 'done', action: 'connect' } );
		}
	}, [ unsettled, connection, settle ] );

	const gotConnection = useCallback(
		( fresh: Connection ) => replace( { connection: fresh, from: 'action' } ),
		[ replace ]
	);
	const gotSummary = useCallback( ( fresh: Summary ) => replace( { summary: fresh, from: 'action' } ), [ replace ] );

	const actions = useMemo(
		() => ( {
			connect: ( key: string ) => {
				outdate();
				tried.current = fingerprint( key );
				run( 'connect', ( signal ) => requests.connect( key, signal ), gotConnection );
			},
			check: () => {
				outdate();
				run( 'check', requests.check, gotConnection );
			},
			disconnect: () => {
				outdate();
				run( 'disconnect', requests.disconnect, gotConnection );
			},
			retry: () => {
				outdate();
				run( 'retry', requests.retry, gotSummary );
			},
			clear: () => settle( { tag: 'idle' } ),
		} ),
		[ requests, run, settle, outdate, gotConnection, gotSummary ]
	);
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
		if ( attempt.tag === 'cancelled' || ( attempt.tag === 'failed' && wasAbandoned( attempt ) ) ) {
			setUnsettled( true );
		}
	}, [ attempt ] );
	useEffect( () => {
		const timer = unsettled ? setTimeout( () => setUnsettled( false ), lasts ) : undefined;
		return () => clearTimeout( timer );
	}, [ unsettled, lasts ] );
	return unsettled;
}

function wasAbandoned( { problem }: Extract< Attempt, { tag: 'failed' } > ): boolean {
	return (
		problem.tag === 'slow' ||
		problem.tag === 'offline' ||
		( problem.tag === 'unreachable' && problem.seen?.kind === 'timeout' )
	);
}
