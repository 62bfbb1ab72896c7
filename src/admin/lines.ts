import { __, _n, sprintf } from '@wordpress/i18n';
import type { Connection, Summary } from '../validation/schemas.ts';
import { outcomeSentences } from '../validation/sentences.ts';
import { formatNumber } from './format.ts';
import { t } from './translate.ts';

// Sentences of this screen's own that are said in more than one place: shown and spoken, or in two states.

export const progressLine = (): string => __( 'Asking the service about the key…', 'slashimage' );

/** Said once the session has ended, wherever it is noticed. */
export const sessionLine = (): string =>
	__( 'You are logged out, or this page has been open for too long. Reload the page, then try again.', 'slashimage' );

/** Says which domain the service sees, so that it can be allowed. */
export const domainLine = ( { domain }: Connection ): string =>
	/* translators: %s: the site's domain. */
	sprintf( __( 'The service sees this site as %s.', 'slashimage' ), domain );

/** Says what a key check came to. */
export function checkedLine( { state, outcome }: Connection ): string {
	if ( state === 'reconnect' ) {
		return __( 'The service refuses the key.', 'slashimage' );
	}
	return t( outcomeSentences[ outcome === 'accepted_unprobed' ? outcome : 'accepted' ] );
}

/** Says what becomes of the images once the key works. */
export function resumedLine( { waiting }: Summary ): string {
	if ( waiting === 0 ) {
		return __( 'New uploads are optimized by themselves.', 'slashimage' );
	}
	return sprintf(
		/* translators: %s: number of images. */
		_n( '%s waiting image is being optimized.', '%s waiting images are being optimized.', waiting, 'slashimage' ),
		formatNumber( waiting )
	);
}

/** Said where somebody has cancelled too late. */
export const alreadyLine = (): string =>
	__( 'Already connected: the key was stored before you cancelled. Press Disconnect to remove it.', 'slashimage' );

export const removedLine = (): string => __( 'The stored key was removed.', 'slashimage' );

/** Said once the whole library was asked to be optimized. */
export const queuedLine = (): string => __( 'The images are in the queue.', 'slashimage' );

export const stoppedLine = (): string =>
	__( 'Stopped. What waited is out of the queue, and can be added again.', 'slashimage' );

export const backgroundLine = (): string =>
	__( 'You can close this page: optimizing goes on without it.', 'slashimage' );

/** Said while this screen works the queue itself. */
export const stayLine = (): string =>
	__(
		"Keep this page open and in view. Your site can't optimize in the background right now. Run the checks to find out why.",
		'slashimage'
	);

/** Says that nothing is in the queue any more, and what did not work. */
export function finishedLine( { failed }: Summary ): string {
	const finished = __( 'Optimizing is done.', 'slashimage' );
	if ( failed === 0 ) {
		return finished;
	}
	/* translators: %s: number of images. */
	const line = _n( '%s image failed.', '%s images failed.', failed, 'slashimage' );
	return `${ finished } ${ sprintf( line, formatNumber( failed ) ) }`;
}

/** Said beside the decision whether the originals outlive the plugin. */
export const originalsLine = (): string =>
	__( 'If you turn this off, the originals are deleted with the plugin. Your images stay optimized.', 'slashimage' );

export const retriedLine = (): string => __( 'The failed images are tried again.', 'slashimage' );
