import { _n, sprintf } from '@wordpress/i18n';
import { addPlace, makeDismissible } from '../notices/notice.ts';
import type { StatusPage } from '../validation/schemas.ts';
import { element } from './elements.ts';

/** Says what a bulk action came to, in WordPress's own kind of notice. It is part of the page as it loads. */
export function showDone( { action, changed, unchanged }: NonNullable< StatusPage[ 'done' ] > ): void {
	const sentences = [
		...( changed || ! unchanged ? [ sprintf( doneWords[ action ]( changed ), changed ) ] : [] ),
		...( unchanged ? [ sprintf( left( unchanged ), unchanged ) ] : [] ),
	];
	const place = addPlace( 'slashimage-done' );
	place.className = `notice ${ changed ? 'notice-success' : 'notice-warning' } is-dismissible`;
	place.replaceChildren( element( 'p', '', sentences.join( ' ' ) ) );
	makeDismissible();
}

/** What was done, to how many. */
export const doneWords = {
	optimize: ( count: number ) =>
		/* translators: %d: a number. */
		_n( '%d image was added to the queue.', '%d images were added to the queue.', count, 'slashimage' ),
	retry: ( count: number ) =>
		/* translators: %d: a number. */
		_n( '%d image is tried again.', '%d images are tried again.', count, 'slashimage' ),
	restore: ( count: number ) =>
		/* translators: %d: a number. */
		_n(
			'The original of %d image was put back.',
			'The originals of %d images were put back.',
			count,
			'slashimage'
		),
};

const left = ( count: number ) =>
	/* translators: %d: a number. */
	_n(
		'%d was left as it is: this can not be done with it.',
		'%d were left as they are: this can not be done with them.',
		count,
		'slashimage'
	);
