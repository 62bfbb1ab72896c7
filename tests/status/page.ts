import { showStatus } from '../../src/status/index.ts';
import type { Image, ImageDetails, StatusPage } from '../../src/validation/schemas.ts';

export const image = ( changes: Partial< Image > = {} ): Image => ( {
	id: 12,
	state: 'waiting',
	cause: null,
	sentence: '',
	bytes_before: 0,
	bytes_after: 0,
	...changes,
} );

export const optimized = ( changes: Partial< ImageDetails > = {} ): Image =>
	image( { state: 'optimized', bytes_before: 2_000_000, bytes_after: 742_000, ...changes } );

export const page = ( changes: Partial< StatusPage > = {} ): StatusPage => ( {
	revision: 1,
	connection: 'connected',
	notice: null,
	notices: true,
	bubble: null,
	images: [],
	domain: 'example.com',
	settings_url: 'https://example.com/wp-admin/upload.php?page=slashimage',
	namespace: 'slashimage/v1',
	filter: '',
	done: null,
	...changes,
} );

/** Draws a place of one image, as PHP prints it: in the list, or beside an image. Returns the place. */
export function drawn( row: Image, changes: Partial< StatusPage > = {}, className = '' ): HTMLElement {
	document.body.innerHTML = `<main><hr class="wp-header-end"><div class="slashimage-status ${ className }" data-id="${ row.id }"></div></main>`;
	showStatus( page( { images: [ row ], ...changes } ) );
	return document.querySelector< HTMLElement >( '.slashimage-status' )!;
}

/** What a person reads, part by part. */
export const words = ( cell: HTMLElement ): string[] => [ ...cell.children ].map( ( { textContent } ) => textContent );
