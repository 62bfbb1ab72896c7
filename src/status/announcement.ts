import { __, sprintf } from '@wordpress/i18n';
import type { Image, ImagesNews } from '../validation/schemas.ts';
import { imageSentences } from '../validation/sentences.ts';
import { isMoving, type Shown } from './shown.ts';
import { translate } from '../notices/translate.ts';

/**
 * Says aloud what the news mean for the page as a whole, or nothing: that optimizing is paused, that it goes on, that all
 * is done. Never an image at a time, of which there may be a hundred. Asked before the news are taken over; `ids` are the
 * images on screen.
 */
export function announcement( { page, images }: Shown, ids: number[], news: ImagesNews ): string {
	if ( news.connection === 'reconnect' ) {
		return page.connection === 'reconnect' ? '' : translate( imageSentences.paused );
	}
	const isBack = page.connection === 'reconnect' && news.connection === 'connected';
	const before = ids.flatMap( ( id ) => images.get( id ) ?? [] );
	const after = before.map( ( image ) => news.images?.find( ( { id } ) => id === image.id ) ?? image );
	const isDone = before.some( isMoving ) && ! after.some( isMoving );
	return [ isBack && __( 'Optimizing goes on.', 'slashimage' ), isDone && doneSentence( after ) ]
		.filter( Boolean )
		.join( ' ' );
}

function doneSentence( images: Image[] ): string {
	const failed = images.filter( ( { state } ) => state === 'failed' ).length;
	return failed
		? /* translators: %d: a number. */
			sprintf( __( 'The images on this page are done. Failed: %d', 'slashimage' ), failed )
		: __( 'The images on this page are done.', 'slashimage' );
}
