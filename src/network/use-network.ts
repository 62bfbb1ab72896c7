import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAttempt, type Action, type Attempt } from '../admin/use-attempt.ts';
import { usePoll, type Look } from '../admin/use-poll.ts';
import type { Network, NetworkPage } from '../validation/network-schemas.ts';
import { requestsTo, type Policy } from './requests.ts';
import type { Timing } from './timing.ts';

/** Everything the views know and may do. */
export interface NetworkScreen {
	network: Network;
	attempt: Attempt;
	connect: ( key: string ) => void;
	disconnect: () => void;
	save: ( policy: Policy ) => void;
	/** Shows a page of the sites. */
	turnTo: ( page: number ) => void;
	/** Ends what is under way, if anything is. */
	cancel: () => void;
	/** Takes away what the last attempt said. */
	clear: () => void;
}

type Request = ( signal: AbortSignal ) => Promise< Network >;

/**
 * The state of the network screen: what the main site said last, and one attempt at a time. After an attempt it keeps
 * looking for a while: the sites take a new key over one by one, and one that was given up may go through after all.
 */
export function useNetwork( page: NetworkPage, timing: Timing ): NetworkScreen {
	const requests = useMemo( () => requestsTo( page.namespace ), [ page.namespace ] );
	const [ network, setNetwork ] = useState( page.network );
	const { attempt, run, settle } = useAttempt( timing.giveUp );
	const shown = network.sites.page;
	const looking = useRef< AbortController | null >( null );
	const outdate = useCallback( () => {
		looking.current?.abort();
		looking.current = null;
	}, [] );
	useEffect( () => outdate, [ outdate ] );

	const look = useCallback( async (): Promise< Look > => {
		const controller = new AbortController();
		outdate();
		looking.current = controller;
		try {
			const fresh = await requests.look( shown, controller.signal );
			if ( looking.current !== controller ) {
				return 'same';
			}
			setNetwork( fresh );
			return 'changed';
		} catch {
			return 'failed';
		}
	}, [ requests, shown, outdate ] );
	usePoll( useFollowed( attempt, timing.follow ) ? timing.poll : null, timing.slow, look );

	const actions = useMemo( () => {
		const begin = ( action: Action, request: Request ) => {
			outdate();
			run( action, request, ( fresh ) => {
				outdate();
				setNetwork( fresh );
			} );
		};
		return {
			connect: ( key: string ) => begin( 'connect', ( signal ) => requests.connect( key, shown, signal ) ),
			disconnect: () => begin( 'disconnect', ( signal ) => requests.disconnect( shown, signal ) ),
			save: ( policy: Policy ) => begin( 'save', ( signal ) => requests.save( policy, shown, signal ) ),
			turnTo: ( to: number ) => begin( 'turn', ( signal ) => requests.look( to, signal ) ),
			clear: () => settle( { tag: 'idle' } ),
		};
	}, [ requests, shown, run, settle, outdate ] );
	const cancel = () => settle( attempt.tag === 'busy' ? { tag: 'cancelled', action: attempt.action } : attempt );
	return { network, attempt, ...actions, cancel };
}

/** Whether an attempt that reaches the sites has ended not long ago. */
function useFollowed( attempt: Attempt, lasts: number ): boolean {
	const [ followed, setFollowed ] = useState( 0 );
	const { tag } = attempt;
	const ended = tag !== 'idle' && tag !== 'busy' && attempt.action !== 'turn';
	useEffect( () => {
		if ( ended ) {
			setFollowed( ( count ) => count + 1 );
		}
	}, [ attempt, ended ] );
	useEffect( () => {
		const timer = followed ? setTimeout( () => setFollowed( 0 ), lasts ) : undefined;
		return () => clearTimeout( timer );
	}, [ followed, lasts ] );
	return followed > 0 && tag !== 'busy';
}
