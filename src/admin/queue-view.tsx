import { __, sprintf } from '@wordpress/i18n';
import { ActionButton } from './action-button.tsx';
import { formatNumber } from './format.ts';
import { backgroundLine, stayLine } from './lines.ts';
import { underWay } from './queue.ts';
import { timeLeftLine } from './time-left.ts';
import type { ConnectionScreen } from './use-connection.ts';

/** How far the queue is, while there is something in it. Not a live region: it changes all the time. */
export function QueueView( { screen }: { screen: ConnectionScreen } ) {
	const { snapshot } = screen;
	const { connection, summary } = snapshot;
	const open = underWay( summary );
	if ( open === 0 || connection.state === 'disconnected' ) {
		return null;
	}
	const done = summary.optimized + summary.partly_optimized + summary.failed;
	/* translators: 1: number of images, 2: number of all images. */
	const progress = __( '%1$s of %2$s done', 'slashimage' );
	const paused = connection.state !== 'connected';
	// Nothing goes on in the background until somebody does something, or there are credits; a busy service is over soon.
	const still =
		paused || ( connection.hold !== null && ! [ 'service', 'background' ].includes( connection.hold.reason ) );
	return (
		<>
			<div className="slashimage-queue">
				<progress
					className="slashimage-bar"
					aria-label={ __( 'Images done', 'slashimage' ) }
					max={ done + open }
					value={ done }
				/>
				<p>
					<span>{ sprintf( progress, formatNumber( done ), formatNumber( done + open ) ) }</span>
					<span>{ still ? __( 'Paused', 'slashimage' ) : timeLeftLine( snapshot ) }</span>
				</p>
				{ ! still && <p>{ summary.silent ? stayLine() : backgroundLine() }</p> }
			</div>
			{ ! paused && summary.waiting > 0 && (
				<div className="slashimage-actions">
					<ActionButton screen={ screen } action="stop">
						{ __( 'Stop', 'slashimage' ) }
					</ActionButton>
				</div>
			) }
		</>
	);
}
