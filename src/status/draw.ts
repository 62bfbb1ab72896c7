import { drawBadge } from './badge.ts';
import { drawCell } from './cell.ts';
import { idOf, places, type Shown } from './shown.ts';

/** What each place was last drawn from, so that one with no news is left alone: somebody may be reading or pressing there. */
const drawn = new WeakMap< HTMLElement, string >();

/** Draws an image, or all of them, wherever they are shown and something about them is new. */
export function draw( shown: Shown, id?: number ): void {
	for ( const place of places( id ) ) {
		drawPlace( place, shown );
	}
}

/** Draws one place, which need not be in the document yet. */
export function drawPlace( place: HTMLElement, shown: Shown ): void {
	const image = shown.images.get( idOf( place ) );
	const from = JSON.stringify( [ image, shown.page.connection, shown.ended ] );
	if ( ! image || drawn.get( place ) === from ) {
		return;
	}
	drawn.set( place, from );
	const isBadge = place.classList.contains( 'slashimage-badge' );
	keepFocus( place, () => ( isBadge ? drawBadge : drawCell )( place, image, shown ) );
}

/** Where what had the focus is gone, the place takes it, so that its new words are read and Tab goes on there. */
function keepFocus( place: HTMLElement, change: () => void ): void {
	const had = place.contains( place.ownerDocument.activeElement );
	const wasOpen = place.querySelector( 'details' )?.open;
	change();
	const details = place.querySelector( 'details' );
	if ( details && wasOpen ) {
		details.open = true;
	}
	if ( had ) {
		place.role = 'group';
		place.ariaLabel = 'SlashImage';
		place.tabIndex = -1;
		place.focus();
	}
}
