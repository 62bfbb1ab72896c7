import { speak } from '@wordpress/a11y';
import { ask } from '../client/ask.ts';
import { __, sprintf } from '@wordpress/i18n';
import { imageActions, type ImageAction, type RowState } from '../validation/image-state.ts';
import { carried } from '../validation/pictures.ts';
import type { Image, ImageDetails } from '../validation/schemas.ts';
import { actionLabels } from '../validation/sentences.ts';
import { refresh } from './details.ts';
import { doneWords } from './done.ts';
import { element, settingsLink } from './elements.ts';
import { failureSentence } from './failure-sentence.ts';
import { isImage, type Shown } from './shown.ts';
import { translate } from '../notices/translate.ts';

/** Causes that trying again does not change. */
const lasting: readonly string[] = [ 'trashed', ...Object.values( carried ) ];

/**
 * What can be done with an image. What was saved can be restored in every state, also in those that are no row's (paused,
 * out of credits); nothing is optimized in the trash.
 */
export const actionsFor = ( { state, cause, bytes_before: before, bytes_after: after }: Image ): ImageAction[] =>
	( Object.keys( imageActions ) as ImageAction[] ).filter( ( action ) =>
		action === 'restore'
			? after < before
			: ! lasting.includes( cause ?? '' ) && imageActions[ action ].from.includes( state as RowState )
	);

/** A button, or, where it could not work, what has to be done first. */
export function actionButton( action: ImageAction, image: Image, shown: Shown, className: string ): HTMLElement {
	const { connection, settings_url: settings } = shown.page;
	if ( imageActions[ action ].connected && connection !== 'connected' ) {
		const first = {
			reconnect: __( 'Reconnect your API key first', 'slashimage' ),
			unchecked: __( 'Check your API key first', 'slashimage' ),
			disconnected: __( 'Add your API key first', 'slashimage' ),
		}[ connection ];
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
		speak( sprintf( doneWords[ action ]( 1 ), 1 ) );
		return;
	}
	// Somebody else may have done something with it: what can be done now is shown, and then why this could not.
	await refresh( shown, id );
	const problem = element( 'span', 'slashimage-status__detail', result );
	problem.role = 'alert';
	problems?.append( problem );
}

/** Asks for something to be done with an image. Returns the fresh image, or a sentence about why not; never throws. */
export async function act( action: ImageAction, id: number, namespace: string ): Promise< ImageDetails | string > {
	const answer = await ask< ImageDetails >( `/${ namespace }/images/${ id }/${ action }`, {} );
	if ( answer.failure ) {
		return failureSentence( answer.failure );
	}
	return isImage( answer ) && answer.id === id ? answer : failureSentence( { tag: 'garbled' } );
}
