import { useEffect, useRef, type RefObject } from 'react';

/**
 * Gives the focus to `target` when what had it inside is gone after a change, so that a keyboard does not start over at
 * the top of the page. Returns the handlers of the element that holds them all.
 */
export function useLostFocus( target: RefObject< HTMLElement > ) {
	const had = useRef( false );
	useEffect( () => {
		if ( had.current && target.current?.ownerDocument.activeElement === document.body ) {
			target.current?.focus();
		}
	} );
	return {
		onFocus: () => {
			had.current = true;
		},
		onBlur: () => {
			had.current = false;
		},
	};
}
