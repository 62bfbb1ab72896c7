import { isFinal } from './failure.ts';
import type { Look } from './follow.ts';

/** What a person asked for last, and what came of it. */
export type Attempt< Action, Problem > =
	| { tag: 'idle' }
	| { tag: 'busy'; action: Action }
	| { tag: 'done'; action: Action }
	| { tag: 'cancelled'; action: Action }
	| { tag: 'failed'; action: Action; problem: Problem };

export interface State< Data, Action, Problem > {
	data: Data;
	/** Why it is known: it came with the page, with what a person did, or from a look. */
	from: 'page' | 'action' | 'poll';
	attempt: Attempt< Action, Problem >;
	/** Nothing more can be learned before the page is reloaded, and why. */
	ended: Problem | null;
}

interface Options< Data, Action, Problem > {
	/** Milliseconds after which a request is given up. */
	giveUp: number;
	readError: ( error: unknown ) => Problem;
	/** What giving up is called. */
	tooSlow: ( action: Action ) => Problem;
	/** Parts that alone are no news. */
	ignored: readonly string[];
	/** What is said of the last attempt once a look has brought news. */
	afterNews?: ( before: Data, after: Data, attempt: Attempt< Action, Problem > ) => Attempt< Action, Problem >;
}

type Signalled< Answer > = ( signal: AbortSignal ) => Promise< Answer >;

/**
 * What this site said last, and one attempt of a person at a time. A write wins over every read begun before it; a read
 * that is older by its revision is dropped; whatever is given up or cancelled is dropped when it comes after all. A
 * listener that throws stops nobody. Forced by answers that came late, from caches, and after their person had gone on.
 */
export function createResource< Data extends object, Action, Problem extends { tag: string } >(
	data: Data,
	{ giveUp, readError, tooSlow, ignored, afterNews = ( _, __, attempt ) => attempt }: Options< Data, Action, Problem >
) {
	let state: State< Data, Action, Problem > = { data, from: 'page', attempt: { tag: 'idle' }, ended: null };
	let writing: AbortController | null = null;
	let reading: AbortController | null = null;
	const listeners = new Set< () => void >();

	const set = ( change: Partial< typeof state > ) => {
		state = { ...state, ...change };
		for ( const listener of [ ...listeners ] ) {
			try {
				listener();
			} catch ( error ) {
				setTimeout( () => {
					throw error;
				} );
			}
		}
	};
	const stopReading = () => {
		reading?.abort();
		reading = null;
	};
	const settle = ( attempt: Attempt< Action, Problem > ) => {
		writing?.abort();
		writing = null;
		stopReading();
		set( { attempt } );
	};

	const mutate = ( action: Action, write: Signalled< Partial< Data > > ): void => {
		if ( writing ) {
			return;
		}
		stopReading();
		const controller = ( writing = new AbortController() );
		set( { attempt: { tag: 'busy', action } } );
		const end = ( change: Partial< typeof state > ) => {
			clearTimeout( timer );
			if ( writing === controller ) {
				writing = null;
				stopReading();
				set( change );
			}
		};
		const fail = ( problem: Problem ) =>
			end( {
				attempt: { tag: 'failed', action, problem },
				ended: problem.tag === 'session' ? problem : state.ended,
			} );
		const timer = setTimeout( () => {
			fail( tooSlow( action ) );
			controller.abort();
		}, giveUp );
		write( controller.signal ).then(
			( fresh ) => end( { data: { ...state.data, ...fresh }, from: 'action', attempt: { tag: 'done', action } } ),
			( error: unknown ) => fail( readError( error ) )
		);
	};

	const look = async ( read: ( signal: AbortSignal, data: Data ) => Promise< Partial< Data > > ): Promise< Look > => {
		if ( writing || reading ) {
			return 'same';
		}
		const controller = ( reading = new AbortController() );
		const timer = setTimeout( () => controller.abort(), giveUp );
		const old = state.data;
		try {
			const fresh = { ...old, ...newer( old, await read( controller.signal, old ) ) };
			if ( reading !== controller || isSame( old, fresh, [ 'revision' ] ) ) {
				return 'same';
			}
			set( { data: fresh, from: 'poll', attempt: afterNews( old, fresh, state.attempt ) } );
			return isSame( old, fresh, [ 'revision', ...ignored ] ) ? 'same' : 'changed';
		} catch ( error ) {
			const problem = readError( error );
			if ( reading !== controller || ! isFinal( problem ) ) {
				return 'failed';
			}
			set( { ended: problem } );
			return 'ended';
		} finally {
			clearTimeout( timer );
			if ( reading === controller ) {
				reading = null;
			}
		}
	};

	return {
		get: () => state,
		subscribe: ( listener: () => void ) => {
			listeners.add( listener );
			return () => void listeners.delete( listener );
		},
		mutate,
		look,
		/** Ends what is under way as something else. */
		settle,
		/** Takes away what was said; what is under way goes on. */
		dismiss: () => state.attempt.tag !== 'busy' && set( { attempt: { tag: 'idle' } } ),
	};
}

export type Resource< Data extends object, Action, Problem extends { tag: string } > = ReturnType<
	typeof createResource< Data, Action, Problem >
>;

interface Revised {
	revision?: number;
}

/** The parts of an answer that are no older than what is known. */
const newer = < Data extends object >( old: Data, fresh: Partial< Data > ): Partial< Data > =>
	Object.fromEntries(
		Object.entries( fresh ).filter(
			( [ name, part ] ) =>
				( ( part as Revised ).revision ?? 0 ) >=
				( ( ( old as Record< string, unknown > )[ name ] as Revised | undefined )?.revision ?? 0 )
		)
	) as Partial< Data >;

function isSame( one: object, other: object, ignored: readonly string[] ): boolean {
	const text = ( data: object ) =>
		JSON.stringify( data, ( name, value: unknown ) => ( ignored.includes( name ) ? null : value ) );
	return text( one ) === text( other );
}
