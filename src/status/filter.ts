import { __ } from '@wordpress/i18n';
import { imageStates, type ImageState } from '../validation/image-state.ts';
import { filterLabels } from '../validation/sentences.ts';
import { element } from './elements.ts';
import { translate } from './translate.ts';

/** Draws the media list's filter by state into the list's own form, which sends it with the others. */
export function drawFilter( place: HTMLElement, chosen: ImageState | '' ): void {
	const select = element( 'select', '' );
	select.id = select.name = 'slashimage_state';
	select.append( option( '', __( 'All states', 'slashimage' ) ) );
	select.append( ...imageStates.map( ( state ) => option( state, translate( filterLabels[ state ] ) ) ) );
	select.value = chosen;
	const label = element( 'label', 'screen-reader-text', __( 'Filter by optimization state', 'slashimage' ) );
	label.htmlFor = select.id;
	place.replaceChildren( label, select );
}

function option( value: string, text: string ): HTMLOptionElement {
	const result = element( 'option', '', text );
	result.value = value;
	return result;
}
