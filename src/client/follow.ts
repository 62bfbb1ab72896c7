/** What a look came to. `ended`: there is nothing to be learned any more. */
export type Look = 'changed' | 'same' | 'failed' | 'ended';

export interface Pace {
	/** Milliseconds to the next look, asked anew each time; null: none for now. */
	every: () => number | null;
	/** …and at most, while nothing changes: a half longer after each look that brought nothing. */
	slow: number;
}

export interface Following {
	/** Something happened that may call for a look. */
	soon: () => void;
	stop: () => void;
}

/** Milliseconds in which it is seen what happened. */
const moment = 1_000;

/** Coming back to a page looks once, whatever is shown there, unless it was looked at in the last milliseconds. */
const recent = 15_000;

/**
 * Calls `look` again and again while `every` says so and the page is visible: one at a time, slower and slower while
 * nothing changes, never again after it has `ended`. Whoever comes back to the page, from another tab or by the browser's
 * Back, is shown how things are. Forced by a page that said "Not configured" for good after Back.
 */
export function follow( look: () => Promise< Look >, { every, slow }: Pace ): Following {
	let quiet = 0;
	let busy = false;
	let over = false;
	let looked = performance.now();
	let timer: ReturnType< typeof setTimeout >;
	const plan = ( wait = every() ) => {
		clearTimeout( timer );
		if ( wait !== null && ! over && ! busy && ! document.hidden ) {
			// It may be over by then.
			timer = setTimeout(
				() => every() !== null && void go(),
				Math.max( wait, Math.min( slow, wait * 1.5 ** quiet ) )
			);
		}
	};
	const go = async () => {
		clearTimeout( timer );
		busy = true;
		const came = await look().catch( () => 'failed' as const );
		busy = false;
		looked = performance.now();
		over ||= came === 'ended';
		quiet = came === 'changed' ? 0 : quiet + 1;
		plan();
	};
	const back = ( event: Event ) => {
		const wanted =
			( event as PageTransitionEvent ).persisted ||
			performance.now() - looked >= Math.min( recent, every() ?? recent );
		if ( wanted && ! over && ! busy && ! document.hidden ) {
			void go();
		} else {
			plan();
		}
	};
	const leaving = new AbortController();
	const { signal } = leaving;
	document.addEventListener( 'visibilitychange', back, { signal } );
	window.addEventListener( 'pageshow', back, { signal } );
	window.addEventListener( 'focus', back, { signal } );
	plan();
	return {
		soon: () => {
			quiet = 0;
			// What happened may be seen a moment later: a thumbnail is drawn before it is in the page.
			plan( every() ?? moment );
		},
		stop: () => {
			over = true;
			clearTimeout( timer );
			leaving.abort();
		},
	};
}
