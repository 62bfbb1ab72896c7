import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AdminPage, Connection, Summary } from '../validation/schemas.ts';
import { readError } from './errors.ts';
import type { Requests } from './requests.ts';
import type { Look } from './use-poll.ts';

/** What the site last said, and why the screen knows it. */
export interface Snapshot {
	connection: Connection;
	summary: Summary;
	from: 'page' | 'action' | 'poll';
}

export interface Snapshots {
	snapshot: Snapshot;
	/** The session has ended: nothing more can be learned before the page is reloaded. */
	ended: boolean;
	end: () => void;
	replace: ( fresh: Partial< Snapshot > ) => void;
	/** Whatever is being looked up now is older than what a person is about to do. */
	outdate: () => void;
	look: () => Promise< Look >;
}

/**
 * Holds what the site said last. `look` asks again and replaces it, unless an attempt of a person began or ended in the
 * meantime: then its answer is older than what is on screen and is dropped. A failing look stays quiet, except when the
 * session has ended.
 */
export function useSnapshot( page: AdminPage, requests: Requests ): Snapshots {
	const [ snapshot, setSnapshot ] = useState< Snapshot >( {
		connection: page.connection,
		summary: page.summary,
		from: 'page',
	} );
	const [ ended, setEnded ] = useState( false );
	const latest = useRef( snapshot );
	const looking = useRef< AbortController | null >( null );

	const replace = useCallback( ( fresh: Partial< Snapshot > ) => {
		latest.current = { ...latest.current, ...fresh };
		setSnapshot( latest.current );
	}, [] );
	const outdate = useCallback( () => {
		looking.current?.abort();
		looking.current = null;
	}, [] );
	const end = useCallback( () => setEnded( true ), [] );

	const look = useCallback( async (): Promise< Look > => {
		if ( looking.current ) {
			return 'same';
		}
		const controller = new AbortController();
		looking.current = controller;
		try {
			// In this order: the last look finds nothing in motion, and the credits it cost are counted after that.
			const summary = await requests.summary( controller.signal );
			const connection = await requests.connection( controller.signal );
			const old = latest.current;
			const fresh: Snapshot = { connection, summary, from: 'poll' };
			if ( looking.current !== controller || ! differ( old, fresh ) ) {
				return 'same';
			}
			replace( fresh );
			// The pace counts seconds, so it is another one each time: alone it is no news.
			return differ( old, fresh, 'pace' ) ? 'changed' : 'same';
		} catch ( error ) {
			if ( looking.current === controller && readError( error ).tag === 'session' ) {
				end();
			}
			return 'failed';
		} finally {
			if ( looking.current === controller ) {
				looking.current = null;
			}
		}
	}, [ requests, replace, end ] );

	useEffect( () => outdate, [ outdate ] );
	return useMemo(
		() => ( { snapshot, ended, end, replace, outdate, look } ),
		[ snapshot, ended, end, replace, outdate, look ]
	);
}

function differ( old: Snapshot, fresh: Snapshot, ignored?: keyof Summary ): boolean {
	const text = ( { connection, summary }: Snapshot ) =>
		JSON.stringify( [ connection, summary ], ( name, value: unknown ) => ( name === ignored ? null : value ) );
	return text( old ) !== text( fresh );
}
