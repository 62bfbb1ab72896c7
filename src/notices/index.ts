import type { News, NoticePage } from '../validation/schemas.ts';
import { ask } from '../client/ask.ts';
import { isFinal } from '../client/failure.ts';
import { follow, type Look } from '../client/follow.ts';
import { showBubble } from './bubble.ts';
import { shownNotice, updateNotice } from './notice.ts';
import { pace } from './pace.ts';

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
	let revision = 0;
	const look = async (): Promise< Look > => {
		const news = await ask< News >( `/${ page.namespace }/notice` );
		if ( news.failure ) {
			return isFinal( news.failure ) ? 'ended' : 'failed';
		}
		if ( news.revision < revision ) {
			return 'same';
		}
		revision = news.revision;
		showBubble( news.bubble );
		return updateNotice( news.notice, page ) ? 'changed' : 'same';
	};
	follow( look, { every: () => ( isNeeded() ? pace.first : null ), slow: pace.slow } );
}

// At once, not on DOM ready: WordPress's common.js moves notices below the heading and gives them their dismiss button
// on DOM ready, and footer scripts run just before that.
if ( window.slashimageNotice ) {
	start( window.slashimageNotice );
}
