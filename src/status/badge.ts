import type { Image } from '../validation/schemas.ts';
import { element, shape } from './elements.ts';
import type { Shown } from './shown.ts';
import { statusWords } from './words.ts';

/** Draws the badge on a thumbnail: a shape, and its words for the pointer and for screen readers. */
export function drawBadge( badge: HTMLElement, image: Image, { page }: Shown ): void {
	const { label, detail } = statusWords( image, page.connection );
	const text = [ label, detail ].filter( Boolean ).join( '. ' );
	badge.title = text;
	// Of these a library may be full, and there is nothing to be told about them at a glance.
	badge.hidden = [ 'unsupported', 'elsewhere', 'not_optimized' ].includes( image.state );
	badge.replaceChildren( shape( image.state ), element( 'span', 'screen-reader-text', text ) );
}
