import { useRef } from 'react';
import { __, sprintf } from '@wordpress/i18n';
import { FailedImages } from './failed-images.tsx';
import { formatBytes, formatPercent } from './format.ts';
import type { Links } from './help-link.tsx';
import { ImageCounts } from './image-counts.tsx';
import { resumedLine } from './lines.ts';
import { ImagesMessage } from './images-message.tsx';
import { OptimizeAll } from './optimize-all.tsx';
import { QueueView } from './queue-view.tsx';
import type { ConnectionScreen, Snapshot } from './use-connection.ts';
import { useLostFocus } from './use-lost-focus.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
}

/** How far the images are, how many there are of each kind, what it saved, and what can be done with all of them. */
export function ImagesCard( { screen, links }: Props ) {
	const heading = useRef< HTMLHeadingElement >( null );
	// Both buttons are gone once they were pressed. What comes of it is in this card.
	const focus = useLostFocus( heading );
	return (
		<section className="slashimage-card" aria-labelledby="slashimage-images" { ...focus }>
			<h2 id="slashimage-images" ref={ heading } tabIndex={ -1 }>
				{ __( 'Images', 'slashimage' ) }
			</h2>
			<QueueView screen={ screen } />
			<ImageCounts snapshot={ screen.snapshot } />
			<p>{ savedLine( screen.snapshot ) }</p>
			<OptimizeAll screen={ screen } />
			<FailedImages screen={ screen } />
			<ImagesMessage screen={ screen } links={ links } />
		</section>
	);
}

function savedLine( { connection, summary }: Snapshot ): string {
	const { bytes_before: before, bytes_after: after, optimized, waiting } = summary;
	if ( optimized + summary.partly_optimized === 0 || before === 0 ) {
		const nothing = __( 'Nothing is optimized yet.', 'slashimage' );
		// Without a working key, or while images wait, it would be no comfort that new ones need no click.
		return connection.state === 'connected' && waiting === 0 ? `${ nothing } ${ resumedLine( summary ) }` : nothing;
	}
	const saved = Math.max( 0, before - after );
	return sprintf(
		/* translators: 1: a percentage, 2: a size. */
		__( 'Your images are %1$s smaller: %2$s saved.', 'slashimage' ),
		formatPercent( saved / before ),
		formatBytes( saved )
	);
}
