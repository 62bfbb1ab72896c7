import type { Image, ImageDetails } from '../validation/schemas.ts';
import { actionButton, actionsFor } from './actions.ts';
import { isDetails } from './details.ts';
import { failureSentence } from './failure-sentence.ts';
import { element, settingsLink, shape } from './elements.ts';
import { sizesTable } from './sizes.ts';
import type { Shown } from './shown.ts';
import { statusWords } from './words.ts';

/**
 * Draws what there is to say about one image: a word, why, and what can be done about it; beside an image also its files.
 * Replaces what was there.
 */
export function drawCell( cell: HTMLElement, image: Image | ImageDetails, shown: Shown ): void {
	const { label, detail, settings } = statusWords( image, shown.page.connection );
	const isBeside = isDetails( cell );
	const title = element( 'span', 'slashimage-status__label' );
	title.append( shape( image.state ), settings ? settingsLink( label, shown.page.settings_url ) : label );
	cell.replaceChildren( title, ...( detail ? [ says( detail ) ] : [] ) );
	if ( isBeside && 'files' in image && image.files.length ) {
		cell.append( sizesTable( image ) );
	}
	cell.append( ...buttons( image, shown, isBeside ) );
	if ( isBeside && shown.ended ) {
		cell.append( says( failureSentence( shown.ended ) ) );
	}
}

const says = ( text: string ): HTMLElement => element( 'span', 'slashimage-status__detail', text );

/** In the list all but Retry come with the pointer or the keyboard, as WordPress's own row actions do. */
function buttons( image: Image, shown: Shown, isBeside: boolean ): HTMLElement[] {
	return actionsFor( image ).map( ( action ) => {
		const row = element( 'div', isBeside || action === 'retry' ? 'slashimage-status__action' : 'row-actions' );
		row.append( actionButton( action, image, shown, isBeside ? 'button button-small' : 'button-link' ) );
		return row;
	} );
}
