import type { News, NoticePage } from '../validation/schemas.ts';
import { ask } from './ask.ts';
import { showBubble } from './bubble.ts';
import { shownNotice, updateNotice } from './notice.ts';
import { watch, type Look } from './watch.ts';

declare global {
	interface Window {
		slashimageNotice?: NoticePage;
	}
}

/**
 * Shows the notice, and watches for its end: another tab, another admin or the background may put the key right. What
 * only asks for a first key stays until the next page.
 */
export function start( page: NoticePage ): void {
	updateNotice( page.notice, page );
	const isNeeded = () => page.notice !== 'not_configured' && shownNotice() !== null;
	watch( isNeeded, async (): Promise< Look > => {
		const news = await ask< News >( `/${ page.namespace }/notice` );
		if ( typeof news === 'string' ) {
			return news === 'ended' ? news : 'same';
		}
		showBubble( news.bubble );
		return updateNotice( news.notice, page ) ? 'changed' : 'same';
	} );
}

// At once, not on DOM ready: WordPress's common.js moves notices below the heading and gives them their dismiss button
// on DOM ready, and footer scripts run just before that.
if ( window.slashimageNotice ) {
	start( window.slashimageNotice );
}
