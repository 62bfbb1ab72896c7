import type { Connection } from '../validation/schemas.ts';

/** Brings the bubble in the menu up to date: PHP printed it with the page, and what it is about may be over. */
export function showBubble( bubble: Connection[ 'bubble' ] ): void {
	const link = document.querySelector( '#adminmenu a[href$="page=slashimage"]' );
	const old = link?.querySelector( '.slashimage-bubble' );
	if ( ! bubble ) {
		old?.remove();
		return;
	}
	const mark = span( 'update-count', bubble.text );
	mark.ariaHidden = 'true';
	const fresh = span( 'update-plugins slashimage-bubble', '' );
	fresh.append( mark, span( 'screen-reader-text', bubble.label ) );
	if ( old ) {
		old.replaceWith( fresh );
	} else {
		link?.append( ' ', fresh );
	}
}

function span( className: string, text: string ): HTMLElement {
	const result = document.createElement( 'span' );
	result.className = className;
	result.textContent = text;
	return result;
}
