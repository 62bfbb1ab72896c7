import { useEffect, useRef, useState } from 'react';
import { __ } from '@wordpress/i18n';
import type { Settings } from '../validation/schemas.ts';
import { readError, type Problem } from './errors.ts';
import type { Requests } from './requests.ts';

/** What a person may decide. */
export type Change = Partial< Pick< Settings, 'emails' | 'keep_backups' > >;

/** What becomes of the last change. */
export type Saving = { tag: 'idle' | 'saved' } | { tag: 'busy'; change: Change } | { tag: 'failed'; problem: Problem };

/** Says how far saving is; empty while there is nothing to say. */
export function savingLine( { tag }: Saving ): string {
	switch ( tag ) {
		case 'busy':
			return __( 'Saving…', 'slashimage' );
		case 'saved':
			return __( 'Saved.', 'slashimage' );
		default:
			return '';
	}
}

/** Saves each change at once, one at a time; one that fails is taken back. */
export function useSettings( first: Settings, requests: Requests ) {
	const [ settings, setSettings ] = useState( first );
	const [ saving, setSaving ] = useState< Saving >( { tag: 'idle' } );
	const asking = useRef< AbortController | null >( null );
	useEffect( () => () => asking.current?.abort(), [] );
	const save = async ( change: Change ) => {
		if ( saving.tag === 'busy' ) {
			return;
		}
		asking.current = new AbortController();
		const { signal } = asking.current;
		setSaving( { tag: 'busy', change } );
		try {
			setSettings( await requests.save( change, signal ) );
			setSaving( { tag: 'saved' } );
		} catch ( error ) {
			setSaving( { tag: 'failed', problem: readError( error ) } );
		}
	};
	return { settings, saving, save };
}
