/** Milliseconds before the next look: the first, and at most. Under five seconds, which is what people are promised. */
const pace = { first: 1_000, most: 4_000 };

/** What a look came to. */
export type Look = 'changed' | 'same' | 'ended';

/**
 * Calls `look` again and again while `isNeeded` says so and the tab is visible: one at a time, slower and slower while
 * nothing changes, and never again after it has `ended`. Coming back to the tab looks at once. Returns a function to be
 * called when something happened that may make it needed, which is seen a moment later.
 */
export function watch( isNeeded: () => boolean, look: () => Promise< Look > ): () => void {
	let quiet = 0;
	let busy = false;
	let timer: ReturnType< typeof setTimeout >;
	const plan = ( soon = pace.first * 1.5 ** quiet ) => {
		clearTimeout( timer );
		if ( ! busy && ! document.hidden ) {
			timer = setTimeout( go, Math.min( pace.most, soon ) );
		}
	};
	const go = async () => {
		if ( ! isNeeded() ) {
			return;
		}
		busy = true;
		const came = await look();
		quiet = came === 'changed' ? 0 : quiet + 1;
		// Whoever has ended stays busy.
		busy = came === 'ended';
		plan();
	};
	document.addEventListener( 'visibilitychange', () => plan( 0 ) );
	plan();
	return () => {
		quiet = 0;
		plan();
	};
}
