import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { formatBytes, formatNumber, formatPercent } from './format.ts';
import type { Links } from './help-link.tsx';
import { resumedLine, retriedLine } from './lines.ts';
import { MessageView } from './message-view.tsx';
import { problemMessage } from './messages.ts';
import type { ConnectionScreen } from './use-connection.ts';
import type { Snapshot } from './use-snapshot.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
}

/** How many images are optimized, wait or failed, and what it saved. */
export function ImagesCard( { screen, links }: Props ) {
	const { summary } = screen.snapshot;
	return (
		<section className="slashimage-card" aria-labelledby="slashimage-images">
			<h2 id="slashimage-images">{ __( 'Images', 'slashimage' ) }</h2>
			<Counts screen={ screen } />
			<p>{ savedLine( screen.snapshot ) }</p>
			{ summary.failed > 0 && <Failed screen={ screen } /> }
			<RetryMessage screen={ screen } links={ links } />
		</section>
	);
}

function Counts( { screen }: { screen: ConnectionScreen } ) {
	const { connection, summary } = screen.snapshot;
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

function Failed( { screen: { attempt, snapshot, retry } }: { screen: ConnectionScreen } ) {
	const busy = attempt.tag === 'busy';
	return (
		<div className="slashimage-actions">
			{ snapshot.connection.state === 'connected' && (
				<Button
					variant="secondary"
					onClick={ retry }
					isBusy={ busy && attempt.action === 'retry' }
					disabled={ busy }
					accessibleWhenDisabled
					__next40pxDefaultSize
				>
					{ __( 'Retry failed', 'slashimage' ) }
				</Button>
			) }
			<a href="upload.php?mode=list">{ __( 'See why in the media library', 'slashimage' ) }</a>
		</div>
	);
}

function RetryMessage( { screen: { attempt, snapshot }, links }: Props ) {
	if ( attempt.tag === 'failed' && attempt.action === 'retry' ) {
		return <MessageView message={ problemMessage( attempt.problem, snapshot.connection ) } links={ links } />;
	}
	return attempt.tag === 'done' && attempt.action === 'retry' ? (
		<MessageView message={ { tone: 'good', lines: [ retriedLine() ] } } links={ links } />
	) : null;
}

function savedLine( { connection, summary }: Snapshot ): string {
	const { bytes_before: before, bytes_after: after, optimized, waiting } = summary;
	if ( optimized === 0 || before === 0 ) {
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
