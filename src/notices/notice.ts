import { request } from '../client/request.ts';
import type { NoticeCode } from '../validation/notices.ts';
import type { NoticePage } from '../validation/schemas.ts';
import { noticeWords } from './words.ts';

/** Where PHP prints it, and where it is put when it comes while the page is open. */
const id = 'slashimage-notice';

// Closed by this person; an answer that was on its way then may still name it.
let closed: NoticeCode | null = null;

/** The notice on the page, if there is one. */
export const shownNotice = (): HTMLElement | null => document.getElementById( id );

/**
 * Brings the notice up to date: shows it, changes it, or takes it away with null. Returns whether anything changed. PHP
 * printed an empty place where it was due when the page was made.
 */
export function updateNotice( notice: NoticeCode | null, page: Omit< NoticePage, 'notice' > ): boolean {
	const place = shownNotice();
	closed = notice ? closed : null;
	if ( ! notice || notice === closed ) {
		place?.remove();
		return place !== null;
	}
	if ( place?.dataset[ 'notice' ] === notice ) {
		return false;
	}
	showNotice( place ?? addPlace( id ), { ...page, notice } );
	return true;
}

/**
 * Turns an empty place into WordPress's own kind of notice. No role and no live region: it is part of the page as it
 * loads and is read in its turn, like core's notices; announced, it would cut into every page's title until the key is
 * replaced.
 */
export function showNotice( place: HTMLElement, page: NoticePage ): void {
	const kind = page.notice.endsWith( 'refused' ) ? 'notice-error' : 'notice-info';
	place.dataset[ 'notice' ] = page.notice;
	place.className = `notice ${ kind } is-dismissible`;
	place.replaceChildren( paragraph( page ) );
	place.onclick = ( { target } ) => {
		if ( target instanceof Element && target.closest( '.notice-dismiss' ) ) {
			closed = page.notice;
			remember( page );
		}
	};
	makeDismissible();
}

/** Adds a place for a notice where WordPress has its own, below the heading. A screen without one shows nothing. */
export function addPlace( name: string ): HTMLElement {
	const place = document.createElement( 'div' );
	place.id = name;
	document.querySelector( '.wp-header-end' )?.after( place );
	return place;
}

/** Asks WordPress's common.js for the button that closes a notice: it looks for them when the page is ready, and then. */
export function makeDismissible(): void {
	const { jQuery } = window as { jQuery?: ( of: Document ) => { trigger: ( event: string ) => void } };
	jQuery?.( document ).trigger( 'wp-updates-notice-added' );
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
	request( `/${ namespace }/notice`, { notice } ).catch( () => {} );
}
