import { __ } from '@wordpress/i18n';
import { outcomeSentences, pills } from '../validation/sentences.ts';
import { problemMessage, resumedLine } from './messages.ts';
import { t } from './translate.ts';
import type { Action, Attempt } from './use-attempt.ts';
import type { Snapshot } from './use-snapshot.ts';

interface Moment {
	snapshot: Snapshot;
	attempt: Attempt;
}

/**
 * Says aloud what changed between two moments of the screen, or null. One sentence for one change: a second
 * announcement would cut the first one off.
 */
export function announcement( before: Moment, after: Moment ): string | null {
	if ( before.snapshot.connection.state !== after.snapshot.connection.state ) {
		return stateAnnouncement( after.snapshot );
	}
	return before.attempt === after.attempt ? null : attemptAnnouncement( after );
}

function stateAnnouncement( { connection, summary }: Snapshot ): string {
	const pill = t( pills[ connection.state ] );
	switch ( connection.state ) {
		case 'connected':
			return `${ pill }. ${ resumedLine( summary.waiting ) }`;
		case 'reconnect':
			return `${ pill }. ${ __( 'Optimizing is paused.', 'slashimage' ) }`;
		case 'disconnected':
			return `${ pill }.`;
	}
}

function attemptAnnouncement( { attempt, snapshot }: Moment ): string | null {
	switch ( attempt.tag ) {
		case 'idle':
			return null;
		case 'busy':
			return attempt.action === 'connect' || attempt.action === 'check' ? progressSentence() : null;
		case 'cancelled':
			return __( 'Cancelled.', 'slashimage' );
		case 'failed':
			return problemMessage( attempt.problem, snapshot.connection ).lines.join( ' ' );
		case 'done':
			return doneSentence( attempt.action, snapshot );
	}
}

export const progressSentence = (): string => __( 'Asking the service about the key…', 'slashimage' );

/** Says what an attempt that worked came to, where the state of the connection stayed as it was. */
export function doneSentence( action: Action, { connection }: Snapshot ): string | null {
	switch ( action ) {
		case 'check':
			return connection.state === 'connected'
				? t( outcomeSentences.accepted )
				: __( 'The service still refuses the key.', 'slashimage' );
		case 'connect':
			return __( 'The new key works and is in use.', 'slashimage' );
		case 'retry':
			return __( 'The failed images are tried again.', 'slashimage' );
		case 'disconnect':
			return null;
	}
}
