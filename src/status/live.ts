import { speak } from '@wordpress/a11y';
import { ask } from '../client/ask.ts';
import { isFinal, type Failure } from '../client/failure.ts';
import { follow, type Look } from '../client/follow.ts';
import { pace } from '../notices/pace.ts';
import { showBubble } from '../notices/bubble.ts';
import { addPlace, shownNotice, updateNotice } from '../notices/notice.ts';
import type { ImagesNews } from '../validation/schemas.ts';
import { announcement } from './announcement.ts';
import { complete, isDetails } from './details.ts';
import { failureSentence } from './failure-sentence.ts';
import { draw } from './draw.ts';
import { element } from './elements.ts';
import { drawBulkActions } from './list.ts';
import { idOf, isImage, isMoving, isSame, places, type Shown } from './shown.ts';

/** How many images may be asked for at once. */
const most = 200;

/**
 * Follows what is on screen: one question for all of it, only while something there is in motion or the key is refused.
 * Returns a function to be called when something may have begun to move.
 */
export const followImages = ( shown: Shown ): ( () => void ) =>
	follow( () => look( shown ), { every: () => ( isNeeded( shown ) ? pace.first : null ), slow: pace.slow } ).soon;

function isNeeded( shown: Shown ): boolean {
	const ids = idsOnScreen( shown );
	if ( shown.asked.length ) {
		return true;
	}
	return shown.page.connection === 'reconnect'
		? ids.length > 0 || shownNotice() !== null
		: ids.some( ( id ) => isInMotion( shown, id ) );
}

async function look( shown: Shown ): Promise< Look > {
	const { page } = shown;
	const ids = idsOnScreen( shown ).slice( 0, most );
	const { version } = shown;
	if ( ! ids.length && ! page.settings_url ) {
		// There is nothing here that this person may ask about.
		return 'same';
	}
	const news = await ask< ImagesNews >( `/${ page.namespace }/${ ids.length ? `images?ids=${ ids }` : 'notice' }` );
	if ( news.failure ) {
		return isFinal( news.failure ) ? end( shown, news.failure ) : 'failed';
	}
	if ( version !== shown.version ) {
		return 'changed';
	}
	if ( news.revision < shown.revision ) {
		return 'same';
	}
	shown.revision = news.revision;
	shown.asked = [];
	const fresh = ( news.images ?? [] )
		.filter( isImage )
		.filter( ( image ) => ! isSame( shown.images.get( image.id ), image ) );
	const said = announcement( shown, ids, news );
	const turned = page.connection !== news.connection;
	page.connection = news.connection;
	if ( turned ) {
		drawBulkActions( shown );
	}
	fresh.forEach( ( image ) => shown.images.set( image.id, image ) );
	draw( shown );
	showBubble( news.bubble );
	const changed = page.notices && updateNotice( news.notice, page );
	if ( said ) {
		speak( said );
	}
	await Promise.all(
		places()
			.filter( isDetails )
			.map( ( place ) => complete( shown, idOf( place ) ) )
	);
	return fresh.length || turned || changed ? 'changed' : 'same';
}

/** Those in motion first: they are what changes. */
function idsOnScreen( shown: Shown ): number[] {
	const ids = [ ...new Set( places().map( idOf ) ) ].filter(
		( id ) => shown.images.has( id ) || shown.asked.includes( id )
	);
	return ids.sort( ( one, other ) => Number( isInMotion( shown, other ) ) - Number( isInMotion( shown, one ) ) );
}

const isInMotion = ( { images }: Shown, id: number ): boolean => {
	const image = images.get( id );
	return image === undefined || isMoving( image );
};

/** Says so, where people look, and once. */
function end( shown: Shown, failure: Failure ): 'ended' {
	shown.ended = failure;
	draw( shown );
	const place = addPlace( 'slashimage-ended' );
	place.className = 'notice notice-warning';
	place.replaceChildren( element( 'p', '', failureSentence( failure ) ) );
	speak( failureSentence( failure ) );
	return 'ended';
}
