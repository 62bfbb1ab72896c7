import { showStatus } from '../../src/status/index.ts';
import type { Connection, Image, StatusPage } from '../../src/validation/schemas.ts';

export const image = ( changes: Partial< Image > = {} ): Image => ( {
	id: 12,
	state: 'waiting',
	cause: null,
	bytes_before: 0,
	bytes_after: 0,
	...changes,
} );

export const connection = ( changes: Partial< Connection > = {} ): Connection => ( {
	state: 'connected',
	reason: null,
	outcome: null,
	since: 0,
	verified_at: null,
	checked_at: null,
	key: { source: 'database', name: null, fingerprint: 'sk_live_…cdef', settable: true, others: [] },
	plan: null,
	hold: null,
	domain: 'example.com',
	...changes,
} );

export const page = ( changes: Partial< StatusPage > = {} ): StatusPage => ( {
	connection: connection(),
	images: [],
	settings_url: 'https://example.com/wp-admin/upload.php?page=slashimage',
	namespace: 'slashimage/v1',
	...changes,
} );

/** Draws the media list with one row, as PHP prints it. Returns the row's cell. */
export function drawn( row: Image | null, changes: Partial< StatusPage > = {} ): HTMLElement {
	document.body.innerHTML =
		'<table><tbody><tr><td><span class="slashimage-status" data-id="12"></span></td></tr></tbody></table>';
	showStatus( document, page( { images: row ? [ row ] : [], ...changes } ) );
	return document.querySelector< HTMLElement >( '.slashimage-status' )!;
}

/** What a person reads, part by part. */
export const words = ( cell: HTMLElement ): string[] => [ ...cell.children ].map( ( { textContent } ) => textContent );
