import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { readError, type Problem } from './errors.ts';

export type Action = 'connect' | 'check' | 'disconnect' | 'retry' | 'optimize' | 'stop' | 'save' | 'turn';

/** What a person asked for last, and what came of it. */
export type Attempt =
	| { tag: 'idle' }
	| { tag: 'busy'; action: Action }
	| { tag: 'done'; action: Action }
	| { tag: 'cancelled'; action: Action }
	| { tag: 'failed'; action: Action; problem: Problem };

export interface Attempts {
	attempt: Attempt;
	run: < Answer >(
		action: Action,
		request: ( signal: AbortSignal ) => Promise< Answer >,
		onAnswer: ( answer: Answer ) => void
	) => void;
	settle: ( attempt: Attempt ) => void;
}

const idle: Attempt = { tag: 'idle' };

/**
 * Keeps one attempt at a time. `run` starts one, or does nothing while another is under way; `settle` ends it as
 * something else (cancelled, cleared) and whatever it answers later is dropped. After `giveUp` milliseconds it fails by
 * itself. Forced by double clicks, by Enter pressed twice, and by an answer that came after its person had gone on.
 */
export function useAttempt( giveUp: number ): Attempts {
	const [ attempt, setAttempt ] = useState< Attempt >( idle );
	const running = useRef< AbortController | null >( null );

	const settle = useCallback( ( next: Attempt ) => {
		running.current?.abort();
		running.current = null;
		setAttempt( next );
	}, [] );

	const run: Attempts[ 'run' ] = useCallback(
		( action, request, onAnswer ) => {
			if ( running.current ) {
				return;
			}
			const controller = new AbortController();
			running.current = controller;
			setAttempt( { tag: 'busy', action } );
			const end = ( next: Attempt, then?: () => void ) => {
				clearTimeout( timer );
				if ( running.current === controller ) {
					settle( next );
					then?.();
				}
			};
			const timer = setTimeout( () => end( { tag: 'failed', action, problem: tooSlow( action ) } ), giveUp );
			request( controller.signal ).then(
				( answer ) => end( { tag: 'done', action }, () => onAnswer( answer ) ),
				( error: unknown ) => end( { tag: 'failed', action, problem: readError( error ) } )
			);
		},
		[ giveUp, settle ]
	);

	useEffect(
		() => () => {
			running.current?.abort();
			running.current = null;
		},
		[]
	);
	return useMemo( () => ( { attempt, run, settle } ), [ attempt, run, settle ] );
}

// Only connecting and checking wait for the service; the others are between the browser and its own site.
function tooSlow( action: Action ): Problem {
	return action === 'connect' || action === 'check'
		? { tag: 'unreachable', seen: { kind: 'timeout', status: 0 } }
		: { tag: 'slow' };
}
