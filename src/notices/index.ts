import type { NoticePage } from '../validation/schemas.ts';
import { showNotice } from './notice.ts';

declare global {
	interface Window {
		slashimageNotice?: NoticePage;
	}
}

const place = document.getElementById( 'slashimage-notice' );

// At once, not on DOM ready: WordPress's common.js moves notices below the heading and gives them their dismiss button
// on DOM ready, and footer scripts run just before that.
if ( place && window.slashimageNotice ) {
	showNotice( place, window.slashimageNotice );
}
