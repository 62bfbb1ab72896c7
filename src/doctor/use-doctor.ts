import { speak } from '@wordpress/a11y';
import { useCallback, useEffect, useRef, useState } from 'react';
import { checks } from '../validation/doctor.ts';
import type { Connection } from '../validation/schemas.ts';
import { runAnnouncement } from './lines.ts';
import { fromFirst, isOver, type Run } from './run.ts';
import { readError } from '../admin/errors.ts';
import type { DoctorRequests } from './requests.ts';

export interface Doctor {
	run: Run;
	/** Runs the checks from this place on, and keeps the results before it. Does nothing during a run. */
	start: ( place: number ) => void;
	stop: () => void;
}

const none: Run = { status: { tag: 'rest' }, results: [] };

/**
 * Runs the checks one after the other, one run at a time. What answers after a stop, or was asked about another key, is
 * dropped. The results of an earlier run are looked up once, quietly.
 */
export function useDoctor( connection: Connection, requests: DoctorRequests ): Doctor {
	const [ run, setRun ] = useState( none );
	const latest = useRef( { run, connection } );
	latest.current.connection = connection;
	const asking = useRef< AbortController | null >( null );

	const show = useCallback( ( next: Run ) => {
		const said = runAnnouncement( latest.current.run, next, latest.current.connection );
		latest.current.run = next;
		setRun( next );
		if ( said ) {
			speak( said );
		}
	}, [] );
	const begin = useCallback( (): AbortSignal => {
		asking.current?.abort();
		asking.current = new AbortController();
		return asking.current.signal;
	}, [] );

	useEffect( () => {
		const signal = begin();
		requests.results( signal ).then(
			( results ) => signal.aborted || show( { ...none, results: fromFirst( results ) } ),
			() => undefined
		);
	}, [ requests, begin, show ] );

	const { source, fingerprint } = connection.key;
	useEffect(
		() => () => {
			begin();
			latest.current.run = none;
			setRun( none );
		},
		[ source, fingerprint, begin ]
	);

	const start = async ( place: number ) => {
		if ( latest.current.run.status.tag === 'running' ) {
			return;
		}
		const signal = begin();
		let results = latest.current.run.results.slice( 0, place );
		show( { status: { tag: 'running' }, results } );
		try {
			for ( const check of checks.slice( place ) ) {
				const result = await requests.examine( check, signal );
				if ( signal.aborted ) {
					return;
				}
				results = [ ...results, result ];
				if ( isOver( results ) ) {
					break;
				}
				show( { status: { tag: 'running' }, results } );
			}
			show( { ...none, results } );
		} catch ( error ) {
			if ( ! signal.aborted ) {
				show( { status: { tag: 'failed', problem: readError( error ) }, results } );
			}
		}
	};
	const stop = () => {
		begin();
		show( { ...none, results: latest.current.run.results } );
	};
	return { run, start, stop };
}
