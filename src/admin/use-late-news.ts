import { useCallback, useEffect, useRef } from 'react';
import { fingerprint } from '../validation/key.ts';
import type { Attempt } from './use-attempt.ts';
import type { Snapshot } from './use-snapshot.ts';

/**
 * Takes back what was said about an attempt when a later look at the site shows otherwise: another tab or person changed
 * the state, or an attempt that was given up went through after all. Returns a function that is told which key is being
 * tried (null: none); only its fingerprint is kept. Forced by a service that answers after 16 seconds.
 */
export function useLateNews( { connection, from }: Snapshot, settle: ( attempt: Attempt ) => void ) {
	const source = useRef( from );
	source.current = from;
	const verified = useRef( connection.verified_at );
	verified.current = connection.verified_at;
	const tried = useRef< { print: string; before: number | null } | null >( null );

	useEffect( () => {
		if ( source.current === 'poll' ) {
			tried.current = null;
			settle( { tag: 'idle' } );
		}
	}, [ connection.state, settle ] );

	useEffect( () => {
		const { key, verified_at: at, state } = connection;
		const wanted = tried.current;
		if ( wanted && state === 'connected' && key.fingerprint === wanted.print && at !== wanted.before ) {
			tried.current = null;
			if ( source.current === 'poll' ) {
				settle( { tag: 'done', action: 'connect' } );
			}
		}
	}, [ connection, settle ] );

	return useCallback( ( key: string | null ) => {
		tried.current = key === null ? null : { print: fingerprint( key ), before: verified.current };
	}, [] );
}
