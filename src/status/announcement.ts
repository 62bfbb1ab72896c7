import { __, sprintf } from '@wordpress/i18n';
import type { Image, ImagesNews } from '../validation/schemas.ts';
import { imageSentences } from '../validation/sentences.ts';
import { isMoving, type Shown } from './shown.ts';
import { translate } from './translate.ts';

/**
 * Says aloud what the news mean for the page as a whole, or nothing: that optimizing is paused, that it goes on, that all
 * is done. Never an image at a time, of which there may be a hundred. Asked before the news are taken over.
 */
export function announcement( { page, images }: Shown, news: ImagesNews, fresh: Image[] ): string {
	if ( news.connection !== page.connection ) {
		return news.connection === 'reconnect'
			? translate( imageSentences.paused )
			: __( 'Optimizing goes on.', 'slashimage' );
	}
	const after = new Map( images );
	fresh.forEach( ( image ) => after.set( image.id, image ) );
	if ( ! some( images ) || some( after ) || news.connection !== 'connected' ) {
		return '';
	}
	const failed = fresh.filter( ( { state } ) => state === 'failed' ).length;
	return failed
		? /* translators: %d: a number. */
			sprintf( __( 'The images on this page are done. Failed: %d', 'slashimage' ), failed )
		: __( 'The images on this page are done.', 'slashimage' );
}

const some = ( images: Shown[ 'images' ] ): boolean => [ ...images.values() ].some( isMoving );
