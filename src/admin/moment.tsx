import { useEffect, useState } from 'react';
import { sprintf, __ } from '@wordpress/i18n';
import { formatMoment, formatRelative } from './format.ts';

/** A moment, the way people say it and in full. It moves on while the page stays open. */
export function Moment( { at, when = 'past' }: { at: number; when?: 'past' | 'future' } ) {
	const now = useNow();
	return (
		<time dateTime={ new Date( at * 1000 ).toISOString() }>
			{ sprintf(
				/* translators: 1: a relative time (2 hours ago), 2: the same in full. */
				__( '%1$s (%2$s)', 'slashimage' ),
				formatRelative( at, now, when ),
				formatMoment( at )
			) }
		</time>
	);
}

function useNow(): number {
	const [ , tick ] = useState( 0 );
	useEffect( () => {
		const timer = setInterval( () => tick( ( count ) => count + 1 ), 60_000 );
		return () => clearInterval( timer );
	}, [] );
	return Date.now() / 1000;
}
