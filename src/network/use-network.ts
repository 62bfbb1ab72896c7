import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { tooSlow, type Action, type Attempt } from '../admin/attempt.ts';
import { readError, type Problem } from '../admin/errors.ts';
import { follow } from '../client/follow.ts';
import { createResource } from '../client/resource.ts';
import type { Network, NetworkPage } from '../validation/network-schemas.ts';
import { requestsTo, type Policy, type Requests } from './requests.ts';
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

interface Data {
	network: Network;
}

/**
 * The state of the network screen: what the main site said last, and one attempt at a time. After an attempt it keeps
 * looking for a while: the sites take a new key over one by one, and one that was given up may go through after all.
 */
function networkState( first: Network, requests: Requests, timing: Timing ) {
	const resource = createResource< Data, Action, Problem >(
		{ network: first },
		{ giveUp: timing.giveUp, readError, tooSlow, ignored: [] }
	);
	const shown = () => resource.get().data.network.sites.page;
	let attempted = '';
	let watched = 0;
	const as = ( ask: ( signal: AbortSignal ) => Promise< Network > ) => async ( signal: AbortSignal ) => ( {
		network: await ask( signal ),
	} );
	const look = ( ask = ( signal: AbortSignal ) => requests.look( shown(), signal ) ) => resource.look( as( ask ) );
	const every = () => {
		const { attempt, ended } = resource.get();
		if ( ended || attempt.tag === 'busy' ) {
			return null;
		}
		return performance.now() < watched ? timing.poll : timing.rest;
	};
	return {
		...resource,
		connect: ( key: string ) => {
			const id = ( attempted = `${ Math.random() }${ Date.now() }` );
			resource.mutate(
				'connect',
				as( ( signal ) => requests.connect( key, id, shown(), signal ) )
			);
		},
		disconnect: () =>
			resource.mutate(
				'disconnect',
				as( ( signal ) => requests.disconnect( shown(), signal ) )
			),
		save: ( policy: Policy ) =>
			resource.mutate(
				'save',
				as( ( signal ) => requests.save( policy, shown(), signal ) )
			),
		turnTo: ( to: number ) =>
			resource.mutate(
				'turn',
				as( ( signal ) => requests.look( to, signal ) )
			),
		cancel: () => {
			const { attempt } = resource.get();
			if ( attempt.tag === 'busy' ) {
				resource.settle( { tag: 'cancelled', action: attempt.action } );
				if ( attempt.action === 'connect' ) {
					void look( ( signal ) => requests.withdraw( attempted, shown(), signal ) );
				}
			}
		},
		follow: () => {
			const following = follow( () => look(), { every, slow: timing.slow } );
			let known = resource.get().attempt;
			const unsubscribe = resource.subscribe( () => {
				const { attempt } = resource.get();
				if ( attempt !== known ) {
					known = attempt;
					if ( attempt.tag !== 'idle' && attempt.tag !== 'busy' && attempt.action !== 'turn' ) {
						watched = performance.now() + timing.follow;
					}
					following.soon();
				}
			} );
			return () => {
				unsubscribe();
				following.stop();
				resource.settle( { tag: 'idle' } );
			};
		},
	};
}

/** The network screen's state and what a person may do, for React. */
export function useNetwork( page: NetworkPage, timing: Timing ): NetworkScreen {
	const site = useMemo( () => networkState( page.network, requestsTo( page.namespace ), timing ), [ page, timing ] );
	const { data, attempt } = useSyncExternalStore( site.subscribe, site.get );
	useEffect( () => site.follow(), [ site ] );
	const { connect, disconnect, save, turnTo, cancel, dismiss } = site;
	return { network: data.network, attempt, connect, disconnect, save, turnTo, cancel, clear: dismiss };
}
