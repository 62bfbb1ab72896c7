import { speak } from '@wordpress/a11y';
import { ask } from '../notices/ask.ts';
import { showBubble } from '../notices/bubble.ts';
import { addPlace, shownNotice, updateNotice } from '../notices/notice.ts';
import { watch, type Look } from '../notices/watch.ts';
import type { ImagesNews } from '../validation/schemas.ts';
import { announcement } from './announcement.ts';
import { complete, isDetails } from './details.ts';
import { endedSentence } from './cell.ts';
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
export const follow = ( shown: Shown ): ( () => void ) =>
	watch(
		() => isNeeded( shown ),
		() => look( shown )
	);

function isNeeded( shown: Shown ): boolean {
	const ids = idsOnScreen( shown );
	return shown.page.connection === 'reconnect'
		? ids.length > 0 || shownNotice() !== null
		: ids.some( ( id ) => isInMotion( shown, id ) );
}

async function look( shown: Shown ): Promise< Look > {
	const { page } = shown;
	const ids = idsOnScreen( shown ).slice( 0, most );
	const { version } = shown;
	const news = await ask< ImagesNews >( `/${ page.namespace }/${ ids.length ? `images?ids=${ ids }` : 'notice' }` );
	if ( typeof news === 'string' ) {
		return news === 'ended' ? end( shown ) : 'same';
	}
	if ( version !== shown.version ) {
		return 'changed';
	}
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
	const ids = [ ...new Set( places().map( idOf ) ) ].filter( ( id ) => shown.images.has( id ) );
	return ids.sort( ( one, other ) => Number( isInMotion( shown, other ) ) - Number( isInMotion( shown, one ) ) );
}

const isInMotion = ( { images }: Shown, id: number ): boolean => {
	const image = images.get( id );
	return image !== undefined && isMoving( image );
};

/** Says so, where people look, and once. */
function end( shown: Shown ): 'ended' {
	shown.ended = true;
	draw( shown );
	const place = addPlace( 'slashimage-ended' );
	place.className = 'notice notice-warning';
	place.replaceChildren( element( 'p', '', endedSentence() ) );
	speak( endedSentence() );
	return 'ended';
}
