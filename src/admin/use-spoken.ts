import { speak } from '@wordpress/a11y';
import { useEffect } from 'react';

/** Says a line aloud when it appears or becomes another one. */
export function useSpoken( line: string ): void {
	useEffect( () => {
		if ( line ) {
			speak( line );
		}
	}, [ line ] );
}
