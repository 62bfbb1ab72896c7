import { __ } from '@wordpress/i18n';
import type { ImageState } from '../validation/image-state.ts';
import { outcomes, type Outcome, type OutcomeCode } from '../validation/outcomes.ts';
import type { Image, StatusPage } from '../validation/schemas.ts';
import { imageSentences, outcomeSentences } from '../validation/sentences.ts';
import { savings } from './savings.ts';
import { translate } from './translate.ts';

export interface StatusWords {
	label: string;
	/** Why, or how much was saved; empty: the label says it all. */
	detail: string;
	/** The label leads to the settings. */
	settings?: boolean;
}

/** Returns what to say about an image. An outcome this build does not know, from a newer PHP, is left out. */
export function statusWords(
	state: ImageState,
	image: Image | null,
	connection: StatusPage[ 'connection' ]
): StatusWords {
	const because = sentence( image?.cause );
	switch ( state ) {
		case 'optimized':
			return { label: __( 'Optimized', 'slashimage' ), detail: image ? savings( image ) : '' };
		case 'optimizing':
			return { label: __( 'Optimizing…', 'slashimage' ), detail: '' };
		case 'waiting':
			return waiting( image, connection );
		case 'paused':
			return { label: translate( imageSentences.paused ), detail: '', settings: true };
		case 'refused':
			return refused( because );
		case 'out_of_credits':
			return { label: __( 'Out of credits', 'slashimage' ), detail: because };
		case 'failed':
			return {
				label: __( 'Failed', 'slashimage' ),
				detail: because || __( 'It could not be optimized. The original was left as it is.', 'slashimage' ),
			};
		case 'unsupported':
			return { label: __( 'Not supported', 'slashimage' ), detail: because };
		default:
			return { label: __( 'Not optimized', 'slashimage' ), detail: '' };
	}
}

/**
 * A waiting image says what it waits for: a first key, the service, or credits. A refusal in its past is over once the
 * connection is back, and no longer mentioned.
 */
function waiting( image: Image | null, connection: StatusPage[ 'connection' ] ): StatusWords {
	if ( connection.state === 'disconnected' ) {
		return { label: __( 'Waiting - add your API key', 'slashimage' ), detail: '', settings: true };
	}
	const code = connection.hold?.outcome ?? image?.cause;
	const over = ( outcomes as Record< string, Outcome > )[ code ?? '' ]?.check === 'refused';
	return { label: __( 'Waiting', 'slashimage' ), detail: over ? '' : sentence( code ) };
}

function refused( because: string ): StatusWords {
	const label = translate( imageSentences.refused );
	return { label, detail: because === label ? '' : because, settings: true };
}

function sentence( code: string | null | undefined ): string {
	return code && Object.hasOwn( outcomeSentences, code ) ? translate( outcomeSentences[ code as OutcomeCode ] ) : '';
}
