import { __ } from '@wordpress/i18n';
import { progressLine } from '../admin/lines.ts';
import { problemMessage } from '../admin/messages.ts';
import type { Attempt } from '../admin/attempt.ts';
import type { Network } from '../validation/network-schemas.ts';
import { asConnection } from './as-connection.ts';
import { pageLine, takenOverLine } from './lines.ts';

/** Says aloud what became of an attempt, or null. */
export function announcement( attempt: Attempt, network: Network ): string | null {
	switch ( attempt.tag ) {
		case 'idle':
			return null;
		case 'busy':
			return attempt.action === 'connect' ? progressLine() : null;
		case 'cancelled':
			return __( 'Cancelled.', 'slashimage' );
		case 'failed':
			return problemMessage( attempt.problem, asConnection( network ) ).lines.join( ' ' );
		case 'done':
			return doneAnnouncement( attempt.action, network );
	}
}

function doneAnnouncement( action: string, network: Network ): string {
	switch ( action ) {
		case 'connect':
			return takenOverLine();
		case 'disconnect':
			return __( 'The key was removed.', 'slashimage' );
		case 'save':
			return __( 'Saved.', 'slashimage' );
		default:
			return pageLine( network.sites );
	}
}
