import { __ } from '@wordpress/i18n';
import { pills } from '../validation/sentences.ts';
import {
	alreadyLine,
	backgroundLine,
	checkedLine,
	finishedLine,
	progressLine,
	queuedLine,
	removedLine,
	resumedLine,
	retriedLine,
	stoppedLine,
} from './lines.ts';
import { problemMessage } from './messages.ts';
import { underWay } from './queue.ts';
import { t } from './translate.ts';
import type { Action, Attempt } from './attempt.ts';
import type { Snapshot } from './use-connection.ts';

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
	return before.attempt === after.attempt
		? queueAnnouncement( before.snapshot, after.snapshot )
		: attemptAnnouncement( after );
}

function stateAnnouncement( { connection, summary }: Snapshot ): string {
	const pill = t( pills[ connection.state ] );
	switch ( connection.state ) {
		case 'connected':
			return `${ pill }. ${ resumedLine( summary ) }`;
		case 'reconnect':
			return `${ pill }. ${ __( 'Optimizing is paused.', 'slashimage' ) }`;
		case 'unchecked':
			return pill;
		case 'disconnected':
			return `${ pill }. ${ __( 'The key was removed.', 'slashimage' ) }`;
	}
}

function queueAnnouncement( before: Snapshot, { connection, summary }: Snapshot ): string | null {
	const ended = underWay( before.summary ) > 0 && underWay( summary ) === 0;
	return ended && connection.state === 'connected' ? finishedLine( summary ) : null;
}

function attemptAnnouncement( { attempt, snapshot }: Moment ): string | null {
	switch ( attempt.tag ) {
		case 'idle':
			return null;
		case 'busy':
			return attempt.action === 'connect' || attempt.action === 'check' ? progressLine() : null;
		case 'cancelled':
			return __( 'Cancelled.', 'slashimage' );
		case 'failed':
			return problemMessage( attempt.problem, snapshot.connection ).lines.join( ' ' );
		case 'done':
			return doneAnnouncement( attempt.action, snapshot );
	}
}

function doneAnnouncement( action: Action, { connection, summary }: Snapshot ): string {
	switch ( action ) {
		case 'retry':
			return retriedLine();
		case 'optimize':
			return `${ queuedLine() } ${ backgroundLine() }`;
		case 'stop':
			return stoppedLine();
		case 'disconnect':
			return removedLine();
		case 'already':
			return alreadyLine();
		case 'allowSite':
			return resumedLine( summary );
		default:
			return checkedLine( connection );
	}
}
