import { __, _n, sprintf } from '@wordpress/i18n';
import type { Plan } from '../validation/schemas.ts';
import { ActionButton } from './action-button.tsx';
import { formatNumber } from './format.ts';
import { creditsLeft } from './plan-view.tsx';
import type { ConnectionScreen } from './use-connection.ts';

/**
 * Offers to optimize the images that nobody asked to optimize yet, above all those that were there before the plugin, and
 * says what it costs.
 */
export function OptimizeAll( { screen }: { screen: ConnectionScreen } ) {
	const { connection, summary } = screen.snapshot;
	if ( connection.state !== 'connected' || summary.not_optimized === 0 ) {
		return null;
	}
	return (
		<>
			<div>
				<p>{ openLine( summary.not_optimized ) }</p>
				<p>{ costLine( connection.plan ) }</p>
			</div>
			<div className="slashimage-actions">
				<ActionButton screen={ screen } action="optimize">
					{ __( 'Optimize all', 'slashimage' ) }
				</ActionButton>
			</div>
		</>
	);
}

function openLine( images: number ): string {
	/* translators: %s: number of images. */
	const line = _n(
		'%s image of the library is not optimized yet.',
		'%s images of the library are not optimized yet.',
		images,
		'slashimage'
	);
	return sprintf( line, formatNumber( images ) );
}

function costLine( plan: Plan | null ): string {
	const cost = __( 'An image takes one credit, and one more for every size WordPress made of it.', 'slashimage' );
	const left = plan && creditsLeft( plan );
	if ( left === null ) {
		return cost;
	}
	/* translators: %s: number of credits. */
	const rest = _n(
		'%s credit is left this month; images beyond that wait for new ones.',
		'%s credits are left this month; images beyond that wait for new ones.',
		left,
		'slashimage'
	);
	return `${ cost } ${ sprintf( rest, formatNumber( left ) ) }`;
}
