import { useEffect, useRef, useState } from 'react';
import { __ } from '@wordpress/i18n';
import type { Settings } from '../validation/schemas.ts';
import { readError, type Problem } from './errors.ts';
import type { Requests } from './requests.ts';

/** What becomes of the last change. */
export type Saving = { tag: 'idle' | 'saved' } | { tag: 'busy'; emails: boolean } | { tag: 'failed'; problem: Problem };

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
	const save = async ( emails: boolean ) => {
		if ( saving.tag === 'busy' ) {
			return;
		}
		asking.current = new AbortController();
		const { signal } = asking.current;
		setSaving( { tag: 'busy', emails } );
		try {
			setSettings( await requests.save( emails, signal ) );
			setSaving( { tag: 'saved' } );
		} catch ( error ) {
			setSaving( { tag: 'failed', problem: readError( error ) } );
		}
	};
	return { settings, saving, save };
}
