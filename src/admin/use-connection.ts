import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AdminPage, Connection, Summary } from '../validation/schemas.ts';
import type { Attempt } from './attempt.ts';
import type { Problem } from './errors.ts';
import type { Requests } from './requests.ts';
import { siteState, type Site } from './site-state.ts';
import type { Timing } from './timing.ts';

/** What the site last said, and why the screen knows it. */
export interface Snapshot extends Site {
	from: 'page' | 'action' | 'poll';
}

/** Everything the views know and may do. */
export interface ConnectionScreen {
	snapshot: Snapshot;
	/** Why nothing more can be learned before the page is reloaded; null: it can. */
	ended: Problem | null;
	attempt: Attempt;
	connect: ( key: string ) => void;
	check: () => void;
	disconnect: () => void;
	/** Has images optimized on this site, too, which is another one than the key was connected on. */
	allowSite: () => void;
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

/** The settings screen's state and what a person may do, for React. */
export function useConnection( page: AdminPage, requests: Requests, timing: Timing ): ConnectionScreen {
	const site = useMemo( () => siteState( page, requests, timing ), [ page, requests, timing ] );
	const { data, from, attempt, ended } = useSyncExternalStore( site.subscribe, site.get );
	useEffect( () => site.follow(), [ site ] );
	const snapshot = useMemo( () => ( { ...data, from } ), [ data, from ] );
	const actions = useMemo( () => {
		const connection =
			( action: 'check' | 'disconnect' | 'allowSite', ask: ( signal: AbortSignal ) => Promise< Connection > ) =>
			() =>
				site.mutate( action, async ( signal ) => ( { connection: await ask( signal ) } ) );
		const summary =
			( action: 'retry' | 'optimize' | 'stop', ask: ( signal: AbortSignal ) => Promise< Summary > ) => () =>
				site.mutate( action, async ( signal ) => ( { summary: await ask( signal ) } ) );
		return {
			connect: site.connect,
			check: connection( 'check', requests.check ),
			disconnect: connection( 'disconnect', requests.disconnect ),
			allowSite: connection( 'allowSite', requests.allowSite ),
			retry: summary( 'retry', requests.retry ),
			optimize: summary( 'optimize', requests.optimize ),
			stop: summary( 'stop', requests.stop ),
			cancel: site.cancel,
			clear: site.dismiss,
		};
	}, [ site, requests ] );
	return { snapshot, ended, attempt, ...actions };
}
