import { useEffect } from 'react';
import type { Connection, Summary } from '../validation/schemas.ts';
import { underWay } from './queue.ts';
import type { Timing } from './timing.ts';

/** Whether a look brought anything new. */
export type Look = 'changed' | 'same' | 'failed';

/**
 * Says how often to look, in milliseconds, or null: not at all. Images in motion are watched closely; a refused key or a
 * queue that is held is looked at slowly, because another tab or another person may put it right.
 */
export function pollEvery( connection: Connection, summary: Summary, timing: Timing ): number | null {
	if ( connection.state === 'reconnect' ) {
		return timing.slow;
	}
	if ( connection.state === 'disconnected' || underWay( summary ) === 0 ) {
		return null;
	}
	return connection.hold ? timing.slow : timing.poll;
}

/** The pause before the next look: a half longer for each one that brought nothing, never over `slow`. */
export const pause = ( every: number, slow: number, quiet: number ): number =>
	Math.max( every, Math.min( slow, every * 1.5 ** quiet ) );

/**
 * Calls `look` again and again while `every` is a number and the tab is visible, one at a time, slower while nothing
 * changes. Coming back to the tab looks at once. `look` must be stable.
 */
export function usePoll( every: number | null, slow: number, look: () => Promise< Look > ): void {
	useEffect( () => {
		if ( every === null ) {
			return;
		}
		let quiet = 0;
		let on = true;
		let looking = false;
		let timer: ReturnType< typeof setTimeout >;
		const next = () => {
			clearTimeout( timer );
			if ( on && ! document.hidden ) {
				timer = setTimeout( tick, pause( every, slow, quiet ) );
			}
		};
		const tick = async () => {
			if ( looking ) {
				return;
			}
			clearTimeout( timer );
			looking = true;
			quiet = ( await look() ) === 'changed' ? 0 : quiet + 1;
			looking = false;
			next();
		};
		const onVisibility = () => ( document.hidden ? clearTimeout( timer ) : void tick() );
		document.addEventListener( 'visibilitychange', onVisibility );
		next();
		return () => {
			on = false;
			clearTimeout( timer );
			document.removeEventListener( 'visibilitychange', onVisibility );
		};
	}, [ every, slow, look ] );
}
