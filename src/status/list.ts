import { __ } from '@wordpress/i18n';
import { imageActions, imageStates, type ImageAction } from '../validation/image-state.ts';
import { actionLabels, filterLabels } from '../validation/sentences.ts';
import { element } from './elements.ts';
import type { Shown } from './shown.ts';
import { translate } from '../notices/translate.ts';

/**
 * Makes the media list ready: a place in the cell of each image that is known here, the filter, the bulk actions. Does
 * nothing on other screens.
 */
export function prepareList( shown: Shown ): void {
	const filter = document.getElementById( 'slashimage-filter' );
	if ( ! filter ) {
		return;
	}
	drawFilter( filter, shown.page.filter );
	drawBulkActions( shown );
	addPlaces( ( id ) => shown.images.has( id ) );
}

/**
 * Adds a place to each cell of our column that has none, and returns the images it is for. Cells come later, too: of a row
 * that was edited in place, or of a list that a plugin's script replaces.
 */
function addPlaces( isWanted: ( id: number ) => boolean ): number[] {
	return [ ...document.querySelectorAll( '[id^="post-"] > .column-slashimage' ) ].flatMap( ( cell ) => {
		const id = Number( cell.parentElement?.id.slice( 'post-'.length ) );
		if ( cell.querySelector( '.slashimage-status' ) || ! isWanted( id ) ) {
			return [];
		}
		const place = element( 'div', 'slashimage-status' );
		place.dataset[ 'id' ] = String( id );
		cell.append( place );
		return [ id ];
	} );
}

/** Calls `onRows` when rows come into the list that were not there. */
export function watchRows( onRows: ( ids: number[] ) => void ): void {
	const form = document.getElementById( 'posts-filter' );
	if ( form ) {
		new MutationObserver( () => {
			const ids = addPlaces( Number.isInteger );
			if ( ids.length ) {
				onRows( ids );
			}
		} ).observe( form, { childList: true, subtree: true } );
	}
}

/** In the list's own form, which sends it with the other filters. */
function drawFilter( place: HTMLElement, chosen: string ): void {
	const select = element( 'select', '' );
	select.id = select.name = 'slashimage_state';
	select.append( option( '', __( 'All states', 'slashimage' ) ) );
	select.append( ...imageStates.map( ( state ) => option( state, translate( filterLabels[ state ] ) ) ) );
	select.value = chosen;
	const label = element( 'label', 'screen-reader-text', __( 'Filter by optimization state', 'slashimage' ) );
	label.htmlFor = select.id;
	place.replaceChildren( label, select );
}

/** Those that can work now, at the end of WordPress's own. Called again when the connection is another one. */
export function drawBulkActions( { page }: Shown ): void {
	for ( const select of document.querySelectorAll< HTMLSelectElement >( '[id^="bulk-action-selector-"]' ) ) {
		const chosen = select.value;
		const group = element( 'optgroup', 'slashimage-bulk' );
		group.label = 'SlashImage';
		for ( const action of Object.keys( imageActions ) as ImageAction[] ) {
			if ( page.connection === 'connected' || ! imageActions[ action ].connected ) {
				group.append( option( `slashimage_${ action }`, translate( actionLabels[ action ] ) ) );
			}
		}
		select.querySelector( '.slashimage-bulk' )?.remove();
		select.append( group );
		select.value = chosen;
		if ( select.selectedIndex < 0 ) {
			select.selectedIndex = 0;
		}
	}
}

function option( value: string, text: string ): HTMLOptionElement {
	const result = element( 'option', '', text );
	result.value = value;
	return result;
}
