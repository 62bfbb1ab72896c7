import type { Door } from './door.ts';
import { activeFault } from './faults.ts';
import type { ActiveFault } from './faults.ts';

/**
 * The fault that is on. Refused connections are the one fault that no answer can play: the API's
 * door is shut, and opened again by the next fault. Once closed, nothing opens it any more.
 */
export class FaultSwitch {
	#active = activeFault( 'none' );
	#door: Door | null = null;

	get active(): ActiveFault {
		return this.#active;
	}

	/** Takes the API's door, which needs the switch to exist before it can open. */
	connect( door: Door ): void {
		this.#door = door;
	}

	set( next: ActiveFault ): void {
		this.#active = next;
		if ( next.fault === 'refuse_connections' ) {
			this.#door?.shut();
		} else {
			this.#door?.reopen();
		}
	}

	close(): void {
		this.#door?.shut();
		this.#door = null;
	}
}
