import { __ } from '@wordpress/i18n';
import { imageState } from '../validation/image-state.ts';
import type { Image, StatusPage } from '../validation/schemas.ts';
import { retry } from './retry.ts';
import { statusWords, type StatusWords } from './words.ts';

/** Draws what there is to say about one image: a word, why, and what can be done about it. Replaces what was there. */
export function drawCell( cell: HTMLElement, image: Image | null, page: StatusPage ): void {
	const state = imageState( image, page.connection.state );
	const words = statusWords( state, image, page.connection );
	cell.className = `slashimage-status is-${ state.replaceAll( '_', '-' ) }`;
	cell.replaceChildren( label( words, page.settings_url ) );
	if ( words.detail ) {
		cell.append( element( 'span', 'slashimage-status__detail', words.detail ) );
	}
	if ( state === 'failed' && image ) {
		cell.append( page.connection.state === 'connected' ? retryButton( cell, image, page ) : noRetry( page ) );
	}
}

// A button that can't work would be no help: what has to be done first is said in its place.
function noRetry( { connection, settings_url: settings }: StatusPage ): HTMLElement {
	const first =
		connection.state === 'reconnect'
			? __( 'Reconnect your API key to try again', 'slashimage' )
			: __( 'Add your API key to try again', 'slashimage' );
	return label( { label: first, detail: '', settings: true }, settings, 'slashimage-status__detail' );
}

// Without an address, for people who may not open the settings, the words are only words.
function label( words: StatusWords, settings: string, name = 'slashimage-status__label' ): HTMLElement {
	const result = element( 'span', name, words.settings && settings ? '' : words.label );
	if ( words.settings && settings ) {
		const link = element( 'a', '', words.label );
		link.href = settings;
		result.append( link );
	}
	return result;
}

function retryButton( cell: HTMLElement, image: Image, page: StatusPage ): HTMLElement {
	const button = element( 'button', 'button-link', __( 'Retry', 'slashimage' ) );
	button.type = 'button';
	const problem = element( 'span', 'slashimage-status__detail', '' );
	button.addEventListener( 'click', async () => {
		// Not `disabled`, which would throw the keyboard's focus away while the answer is on its way.
		if ( button.ariaDisabled === 'true' ) {
			return;
		}
		button.ariaDisabled = 'true';
		problem.remove();
		const result = await retry( image.id, page.namespace );
		button.ariaDisabled = 'false';
		if ( result.ok ) {
			redraw( cell, result.image, page );
			return;
		}
		problem.textContent = result.message;
		problem.setAttribute( 'role', 'alert' );
		cell.append( problem );
	} );
	return button;
}

/** The button that had the focus is gone now; the cell takes it, so that its new words are read and Tab goes on there. */
function redraw( cell: HTMLElement, image: Image, page: StatusPage ): void {
	const focused = cell.contains( cell.ownerDocument.activeElement );
	drawCell( cell, image, page );
	if ( focused ) {
		cell.tabIndex = -1;
		cell.focus();
	}
}

function element< Tag extends keyof HTMLElementTagNameMap >(
	tag: Tag,
	className: string,
	text: string
): HTMLElementTagNameMap[ Tag ] {
	const result = document.createElement( tag );
	result.className = className;
	result.textContent = text;
	return result;
}
