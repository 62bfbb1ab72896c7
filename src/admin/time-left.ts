import { __, sprintf } from '@wordpress/i18n';
import { formatDuration } from './format.ts';
import { underWay } from './queue.ts';
import type { Snapshot } from './use-connection.ts';

/**
 * Returns in how many seconds the queue will be through at its present pace, or null: it does not move, or it is too
 * early to tell.
 */
function secondsLeft( { connection, summary }: Snapshot ): number | null {
	const { images, seconds } = summary.pace;
	return connection.state === 'connected' && ! connection.hold && images >= 3 && seconds >= 5
		? ( underWay( summary ) * seconds ) / images
		: null;
}

/** Says it roughly. Empty while it is not known: nothing said is better than a guess that is taken back. */
export function timeLeftLine( snapshot: Snapshot ): string {
	const seconds = secondsLeft( snapshot );
	if ( seconds === null ) {
		return '';
	}
	return seconds < 60
		? __( 'Less than a minute left', 'slashimage' )
		: /* translators: %s: a duration (3 minutes). */
			sprintf( __( 'About %s left', 'slashimage' ), formatDuration( seconds ) );
}
