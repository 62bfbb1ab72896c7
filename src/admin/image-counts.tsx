import { __ } from '@wordpress/i18n';
import { formatNumber } from './format.ts';
import type { Snapshot } from './use-snapshot.ts';

/** How many images there are of each kind; the kinds that are rare only where there are any. */
export function ImageCounts( { snapshot: { connection, summary } }: { snapshot: Snapshot } ) {
	const waiting = connection.state === 'reconnect' ? __( 'Paused', 'slashimage' ) : __( 'Waiting', 'slashimage' );
	const counts: [ string, number ][] = [
		[ __( 'Optimized', 'slashimage' ), summary.optimized ],
		[ waiting, summary.waiting ],
		[ __( 'Failed', 'slashimage' ), summary.failed ],
	];
	if ( summary.optimizing > 0 ) {
		counts.splice( 1, 0, [ __( 'In progress', 'slashimage' ), summary.optimizing ] );
	}
	if ( summary.unsupported > 0 ) {
		counts.push( [ __( 'Not supported', 'slashimage' ), summary.unsupported ] );
	}
	if ( summary.not_optimized > 0 ) {
		counts.push( [ __( 'Not optimized', 'slashimage' ), summary.not_optimized ] );
	}
	return (
		<dl className="slashimage-counts">
			{ counts.map( ( [ name, count ] ) => (
				<div key={ name }>
					<dt>{ name }</dt>
					<dd>{ formatNumber( count ) }</dd>
				</div>
			) ) }
		</dl>
	);
}
