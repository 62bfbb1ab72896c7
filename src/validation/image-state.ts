import { outcomes, type ConnectionState, type Outcome } from './outcomes.ts';

/** What the queue's row says. */
export type RowState = 'waiting' | 'optimizing' | 'optimized' | 'failed' | 'unsupported';

/** What a person sees. `paused`, `refused` and `out_of_credits` are views of a waiting row, never stored. */
export type ImageState = RowState | 'paused' | 'refused' | 'out_of_credits' | 'not_optimized';

/**
 * Says which state an image shows, from its row (null: none) and the connection. Pausing and resuming a million images
 * is one write, because `paused` is only ever derived here; an image whose own attempt was refused keeps showing that
 * until the connection is back, and then waits like the others.
 */
export function imageState(
	row: { state: RowState; cause: string | null } | null,
	connection: ConnectionState
): ImageState {
	if ( ! row ) {
		return 'not_optimized';
	}
	if ( row.state !== 'waiting' ) {
		return row.state;
	}
	const cause = ( outcomes as Record< string, Outcome > )[ row.cause ?? '' ];
	if ( connection === 'reconnect' ) {
		return cause?.check === 'refused' ? 'refused' : 'paused';
	}
	return cause?.retry === 'credits' ? 'out_of_credits' : 'waiting';
}
