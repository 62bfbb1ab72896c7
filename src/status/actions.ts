import apiFetch from '@wordpress/api-fetch';
import { __ } from '@wordpress/i18n';
import { imageActions, type ImageAction, type RowState } from '../validation/image-state.ts';
import type { Image, ImageDetails } from '../validation/schemas.ts';
import { actionLabels } from '../validation/sentences.ts';
import { element, settingsLink } from './elements.ts';
import { isImage, type Shown } from './shown.ts';
import { translate } from './translate.ts';

/** What can be done with an image. There is nothing to restore where nothing became smaller. */
export const actionsFor = ( { state, bytes_before: before, bytes_after: after }: Image ): ImageAction[] =>
	( Object.keys( imageActions ) as ImageAction[] ).filter(
		( action ) =>
			imageActions[ action ].from.includes( state as RowState ) && ( action !== 'restore' || after < before )
	);

/** A button, or, where it could not work, what has to be done first. */
export function actionButton( action: ImageAction, image: Image, shown: Shown, className: string ): HTMLElement {
	const { connection, settings_url: settings } = shown.page;
	if ( imageActions[ action ].connected && connection !== 'connected' ) {
		const first =
			connection === 'reconnect'
				? __( 'Reconnect your API key first', 'slashimage' )
				: __( 'Add your API key first', 'slashimage' );
		return settingsLink( first, settings );
	}
	const button = element( 'button', className, translate( actionLabels[ action ] ) );
	button.type = 'button';
	button.addEventListener( 'click', () => void press( button, action, image.id, shown ) );
	return button;
}

async function press( button: HTMLElement, action: ImageAction, id: number, shown: Shown ): Promise< void > {
	// Not `disabled`, which would throw the keyboard's focus away while the answer is on its way.
	if ( button.ariaDisabled === 'true' ) {
		return;
	}
	button.ariaDisabled = 'true';
	const problems = button.parentElement?.parentElement;
	problems?.querySelector( '[role="alert"]' )?.remove();
	const result = await act( action, id, shown.page.namespace );
	button.ariaDisabled = 'false';
	if ( typeof result !== 'string' ) {
		shown.replace( result );
		return;
	}
	const problem = element( 'span', 'slashimage-status__detail', result );
	problem.role = 'alert';
	problems?.append( problem );
}

/**
 * Asks for something to be done with an image. Returns the fresh image, or a sentence about why not; never throws. The
 * sentence is the server's own where it gave one: apiFetch rejects with plain objects, not with `Error`.
 */
export async function act( action: ImageAction, id: number, namespace: string ): Promise< ImageDetails | string > {
	let said: unknown;
	try {
		const answer = await apiFetch< ImageDetails | null >( {
			path: `/${ namespace }/images/${ id }/${ action }`,
			method: 'POST',
		} );
		if ( isImage( answer ) && answer.id === id ) {
			return answer;
		}
	} catch ( error ) {
		said = ( error as { message?: unknown } | null )?.message;
	}
	return typeof said === 'string' && said
		? said
		: __( 'That did not work. Reload the page and try once more.', 'slashimage' );
}
