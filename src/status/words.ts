import { __ } from '@wordpress/i18n';
import type { ImageState } from '../validation/image-state.ts';
import type { Image, StatusPage } from '../validation/schemas.ts';
import { imageLabels } from '../validation/sentences.ts';
import { savings } from './savings.ts';
import { translate } from '../notices/translate.ts';

export interface StatusWords {
	label: string;
	/** Why, or how much was saved; empty: the label says it all. */
	detail: string;
	/** The label leads to the settings. */
	settings: boolean;
}

/** Returns what to say about an image. A state this build does not know, from a newer PHP, is not optimized. */
export function statusWords( image: Image, connection: StatusPage[ 'connection' ] ): StatusWords {
	const { state } = image;
	if ( state === 'waiting' && connection === 'disconnected' ) {
		return { label: __( 'Waiting - add your API key', 'slashimage' ), detail: '', settings: true };
	}
	return {
		label: translate( imageLabels[ state ] ?? imageLabels.not_optimized ),
		// One that an earlier version optimized has no numbers, and a sentence.
		detail:
			state === 'optimized' && ! image.sentence ? savings( image ) : image.sentence || why( state, connection ),
		settings: state === 'paused' || state === 'refused',
	};
}

const why = ( state: ImageState, connection: StatusPage[ 'connection' ] ): string =>
	state === 'waiting' && connection === 'unchecked' ? __( 'API key: Not checked yet', 'slashimage' ) : '';
