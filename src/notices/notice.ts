import apiFetch from '@wordpress/api-fetch';
import type { NoticePage } from '../validation/schemas.ts';
import { noticeWords } from './words.ts';

/**
 * Turns the empty place PHP printed into WordPress's own kind of notice. No role and no live region: it is part of the
 * page as it loads and is read in its turn, like core's notices; announced, it would cut into every page's title until
 * the key is replaced.
 */
export function showNotice( place: HTMLElement, page: NoticePage ): void {
	const kind = page.notice === 'not_configured' ? 'notice-info' : 'notice-error';
	place.classList.add( 'notice', kind, 'is-dismissible' );
	place.replaceChildren( paragraph( page ) );
	place.addEventListener( 'click', ( { target } ) => {
		if ( target instanceof Element && target.closest( '.notice-dismiss' ) ) {
			remember( page );
		}
	} );
}

function paragraph( page: NoticePage ): HTMLElement {
	const { before, link, after } = noticeWords( page.notice, page.domain );
	const anchor = document.createElement( 'a' );
	anchor.href = page.settings_url;
	anchor.textContent = link;
	const result = document.createElement( 'p' );
	result.append( before, anchor, after );
	return result;
}

/** Failing is silent: the notice is gone from this page either way, and comes back with the next one. */
function remember( { namespace, notice }: NoticePage ): void {
	apiFetch( { path: `/${ namespace }/notice`, method: 'POST', data: { notice } } ).catch( () => {} );
}
