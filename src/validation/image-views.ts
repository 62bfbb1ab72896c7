// Apart from the states, because the scripts that show them need no outcomes.
import type { ImageState, RowState } from './image-state.ts';
import { outcomes, type ConnectionState, type Outcome } from './outcomes.ts';

export interface ImageView {
	state: ImageState;
	/** What has to be true of the row, of the connection and, if given, of why the row waits. */
	row: RowState;
	connection: ConnectionState;
	causes?: readonly string[];
}

const causes = ( fits: ( outcome: Outcome ) => boolean ): string[] =>
	Object.entries< Outcome >( outcomes ).flatMap( ( [ code, outcome ] ) => ( fits( outcome ) ? [ code ] : [] ) );

/**
 * What a row looks like where that is not what it says; the first that fits. Pausing and resuming a million images is
 * one write, because `paused` is only ever looked up here; an image whose own attempt was refused shows that until the
 * connection is back, and then waits like the others. The same lines become the conditions of the media list's filter.
 */
export const imageViews: readonly ImageView[] = [
	{
		state: 'refused',
		row: 'waiting',
		connection: 'reconnect',
		causes: causes( ( { check } ) => check === 'refused' ),
	},
	{ state: 'paused', row: 'waiting', connection: 'reconnect' },
	{
		state: 'out_of_credits',
		row: 'waiting',
		connection: 'connected',
		causes: causes( ( { retry } ) => retry === 'credits' ),
	},
];
