import type { Attempt as AnyAttempt } from '../client/resource.ts';
import type { Problem } from './errors.ts';

/** `already`: to connect was cancelled, and too late. */
export type Action =
	'connect' | 'already' | 'check' | 'disconnect' | 'retry' | 'optimize' | 'stop' | 'save' | 'turn' | 'allowSite';

export type Attempt = AnyAttempt< Action, Problem >;

/** What giving up is called. Only connecting and checking wait for the service; the others are between browser and site. */
export const tooSlow = ( action: Action ): Problem =>
	action === 'connect' || action === 'check'
		? { tag: 'unreachable', seen: { kind: 'timeout', status: 0 } }
		: { tag: 'slow' };

/** Whether nobody waits for its answer any more, and there may still be one. */
export function isAbandoned( attempt: Attempt ): boolean {
	if ( attempt.tag !== 'failed' ) {
		return attempt.tag === 'cancelled';
	}
	const { problem } = attempt;
	return (
		problem.tag === 'slow' ||
		problem.tag === 'offline' ||
		( problem.tag === 'unreachable' && problem.seen?.kind === 'timeout' )
	);
}
