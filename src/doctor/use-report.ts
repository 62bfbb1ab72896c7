import { useEffect, useRef, useState } from 'react';
import { __ } from '@wordpress/i18n';
import { curlCommand } from '../validation/report.ts';
import type { Report } from '../validation/doctor-schemas.ts';
import { readError, type Problem } from '../admin/errors.ts';
import { reportFile, reportText } from './report.ts';
import type { DoctorRequests } from './requests.ts';

/** What became of the report. `by_hand`: the browser does not let a page copy. */
export type Delivery =
	| { tag: 'idle' | 'busy' | 'copied' | 'downloaded' }
	| { tag: 'by_hand'; text: string }
	| { tag: 'failed'; problem: Problem };

export interface ReportDesk {
	delivery: Delivery;
	/** The minimal request as a command; empty until it was asked for. */
	command: string;
	copy: () => void;
	download: () => void;
	showCommand: () => void;
	copyCommand: () => void;
}

/** Says what became of the report; empty while there is nothing to say. */
export function deliveryLine( { tag }: Delivery ): string {
	switch ( tag ) {
		case 'copied':
			return __( 'Copied.', 'slashimage' );
		case 'downloaded':
			return __( 'Downloaded.', 'slashimage' );
		case 'by_hand':
			return __(
				'Your browser does not let this page copy. The text is selected: copy it yourself.',
				'slashimage'
			);
		default:
			return '';
	}
}

/** Fetches the report afresh each time, and hands it out. The last one asked for wins. */
export function useReport( requests: DoctorRequests, domain: string ): ReportDesk {
	const [ delivery, setDelivery ] = useState< Delivery >( { tag: 'idle' } );
	const [ command, setCommand ] = useState( '' );
	const asking = useRef< AbortController | null >( null );
	useEffect( () => () => asking.current?.abort(), [] );

	const deliver = async ( make: ( signal: AbortSignal ) => Promise< Delivery > ) => {
		asking.current?.abort();
		asking.current = new AbortController();
		const { signal } = asking.current;
		setDelivery( { tag: 'busy' } );
		const next = await make( signal ).catch( ( error: unknown ): Delivery => {
			return { tag: 'failed', problem: readError( error ) };
		} );
		if ( ! signal.aborted ) {
			setDelivery( next );
		}
	};
	const fetched = ( take: ( report: Report ) => Delivery | Promise< Delivery > ) => () =>
		void deliver( async ( signal ) => take( await requests.report( signal ) ) );
	return {
		delivery,
		command,
		copy: fetched( ( report ) => toClipboard( reportText( report, domain ) ) ),
		download: fetched( ( report ) => toFile( reportText( report, domain ), reportFile( domain, new Date() ) ) ),
		showCommand: fetched( ( { request } ) => {
			setCommand( curlCommand( request ) );
			return { tag: 'idle' };
		} ),
		copyCommand: () => void deliver( () => toClipboard( command ) ),
	};
}

// Absent on http sites, and refused where a browser no longer sees the click behind it.
async function toClipboard( text: string ): Promise< Delivery > {
	try {
		await navigator.clipboard.writeText( text );
		return { tag: 'copied' };
	} catch {
		return { tag: 'by_hand', text };
	}
}

function toFile( text: string, name: string ): Delivery {
	const link = document.createElement( 'a' );
	link.href = URL.createObjectURL( new Blob( [ text ], { type: 'text/plain' } ) );
	link.download = name;
	link.click();
	URL.revokeObjectURL( link.href );
	return { tag: 'downloaded' };
}
