import { follow } from '../client/follow.ts';
import { createResource } from '../client/resource.ts';
import { fingerprint } from '../validation/key.ts';
import type { AdminPage, Connection, Summary } from '../validation/schemas.ts';
import { isAbandoned, tooSlow, type Action } from './attempt.ts';
import { readError, type Problem } from './errors.ts';
import { underWay } from './queue.ts';
import type { Requests } from './requests.ts';
import type { Timing } from './timing.ts';

/** What the settings screen knows of its site. */
export interface Site {
	connection: Connection;
	summary: Summary;
}

/** Where it is kept that an attempt to connect was begun, for whoever leaves the page and comes back. */
const begun = 'slashimage-connecting';

/**
 * Says how often to look, in milliseconds. Images in motion are watched closely; a refused key or a queue that is held is
 * looked at slowly, because another tab or another person may put it right; everything else once in a while.
 */
export function pollEvery( { connection, summary }: Site, timing: Timing ): number {
	if ( connection.state === 'reconnect' || connection.state === 'unchecked' ) {
		return timing.slow;
	}
	if ( connection.state === 'disconnected' || underWay( summary ) === 0 ) {
		return timing.rest;
	}
	if ( summary.silent ) {
		return timing.step;
	}
	return connection.hold ? timing.slow : timing.poll;
}

/**
 * The state of the site as this screen shows it, kept up to date. After an attempt that nobody waits for any more it looks
 * more often for a while, because the server may still finish it. What was said about an attempt is taken back when a
 * later look shows otherwise.
 */
export function siteState( page: AdminPage, requests: Requests, timing: Timing ) {
	const first: Site = { connection: page.connection, summary: page.summary };
	// The key that is being tried, as its fingerprint.
	let tried: { print: string; before: number | null; attempt: string } | null = null;
	const resource = createResource< Site, Action, Problem >( first, {
		giveUp: timing.giveUp,
		readError: ( error ) => {
			const problem = readError( error );
			return problem.tag === 'blocked' ? { ...problem, by: page.guards } : problem;
		},
		tooSlow,
		ignored: [ 'pace' ],
		afterNews: ( { connection: before }, { connection: { state, key, verified_at: at } }, attempt ) => {
			const isThrough = tried && state === 'connected' && key.fingerprint === tried.print && at !== tried.before;
			if ( ! isThrough && state === before.state ) {
				return attempt;
			}
			tried = null;
			if ( isThrough && attempt.tag === 'cancelled' ) {
				return { tag: 'done', action: 'already' };
			}
			return isThrough && state === before.state ? { tag: 'done', action: 'connect' } : { tag: 'idle' };
		},
	} );
	let unsettled = Number( sessionStorage.getItem( begun ) ?? 0 ) + timing.unsettled;

	const read = async ( signal: AbortSignal, { summary: { silent } }: Site ) => {
		// In this order: the last look finds nothing in motion, and the credits it cost are counted after that.
		const summary = await requests[ silent ? 'work' : 'summary' ]( signal );
		return { summary, connection: await requests.connection( signal ) };
	};
	const look = ( ask = read ) => resource.look( ask );
	const pace = () => {
		const { data, attempt, ended } = resource.get();
		if ( ended || attempt.tag === 'busy' ) {
			return null;
		}
		return Date.now() < unsettled ? timing.poll : pollEvery( data, timing );
	};
	const connect = ( key: string ) => {
		// Not `randomUUID`, which sites without https don't have.
		const attempt = `${ Math.random() }${ Date.now() }`;
		tried = { print: fingerprint( key ), before: resource.get().data.connection.verified_at, attempt };
		sessionStorage.setItem( begun, String( Date.now() ) );
		resource.mutate( 'connect', async ( signal ) => ( {
			connection: await requests.connect( key, attempt, signal ),
		} ) );
	};
	const cancel = () => {
		const { attempt } = resource.get();
		if ( attempt.tag !== 'busy' ) {
			return;
		}
		resource.settle( { tag: 'cancelled', action: attempt.action } );
		const { attempt: id = '' } = tried ?? {};
		if ( attempt.action === 'connect' && id ) {
			void look( async ( signal ) => ( {
				...resource.get().data,
				connection: await requests.withdraw( id, signal ),
			} ) );
		}
	};
	return {
		...resource,
		mutate: ( ...begin: Parameters< typeof resource.mutate > ) => {
			tried = null;
			resource.mutate( ...begin );
		},
		connect,
		cancel,
		/** Keeps it up to date until the function that is returned is called. */
		follow: () => {
			const following = follow( () => look(), { every: pace, slow: timing.slow } );
			let known = resource.get().attempt;
			const unsubscribe = resource.subscribe( () => {
				const { attempt } = resource.get();
				const isNew = attempt !== known;
				known = attempt;
				if ( isNew && isAbandoned( attempt ) ) {
					unsettled = Date.now() + timing.unsettled;
				}
				if (
					isNew &&
					attempt.tag === 'failed' &&
					( isAbandoned( attempt ) || attempt.problem.tag === 'request' )
				) {
					void look();
				}
				if ( isNew ) {
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
