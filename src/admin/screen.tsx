import { speak } from '@wordpress/a11y';
import { useEffect, useMemo, useRef } from 'react';
import { __ } from '@wordpress/i18n';
import { showBubble } from '../notices/bubble.ts';
import type { AdminPage, Connection } from '../validation/schemas.ts';
import { pills } from '../validation/sentences.ts';
import { announcement } from './announcement.ts';
import { Connected } from './connected.tsx';
import { DoctorCard } from './doctor-card.tsx';
import { EmailsCard } from './emails-card.tsx';
import { OriginalsCard } from './originals-card.tsx';
import { ImagesCard } from './images-card.tsx';
import { MessageView } from './message-view.tsx';
import { problemMessage } from './messages.ts';
import { NotConfigured } from './not-configured.tsx';
import { OtherKeys } from './other-keys.tsx';
import { Reconnect } from './reconnect.tsx';
import { underWay } from './queue.ts';
import { requestsTo } from './requests.ts';
import { timing as usual, type Timing } from './timing.ts';
import { t } from './translate.ts';
import { useConnection, type ConnectionScreen } from './use-connection.ts';
import { useLostFocus } from './use-lost-focus.ts';

const bodies = { disconnected: NotConfigured, unchecked: Connected, connected: Connected, reconnect: Reconnect };

/** The settings screen, Media > SlashImage. */
export function Screen( { page, timing = usual }: { page: AdminPage; timing?: Timing } ) {
	const requests = useMemo( () => requestsTo( page.namespace ), [ page.namespace ] );
	const screen = useConnection( page, requests, timing );
	const { connection } = screen.snapshot;
	const heading = useRef< HTMLHeadingElement >( null );
	// The field after connecting, the dialog: the heading says where one is.
	const focus = useLostFocus( heading );
	useAnnouncements( screen );
	useEffect( () => showBubble( connection.bubble ), [ connection.bubble ] );
	const Body = bodies[ connection.state ];
	return (
		<div className="slashimage" { ...focus }>
			<h1>{ 'SlashImage' }</h1>
			<p className="slashimage-lead">
				{ __( 'Smaller images for this site, made by the SlashImage service.', 'slashimage' ) }
			</p>
			{ screen.ended && ! saysSo( screen ) && (
				<MessageView message={ problemMessage( screen.ended, connection ) } links={ page.links } />
			) }
			<section className="slashimage-card" aria-labelledby="slashimage-connection">
				<h2 id="slashimage-connection" ref={ heading } tabIndex={ -1 }>
					{ __( 'Connection', 'slashimage' ) } <Pill state={ connection.state } />
				</h2>
				<Body screen={ screen } links={ page.links } timing={ timing } />
				<OtherKeys screen={ screen } links={ page.links } />
			</section>
			<DoctorCard screen={ screen } files={ page.doctor } namespace={ page.namespace } links={ page.links } />
			{ hasImages( screen ) && <ImagesCard screen={ screen } links={ page.links } /> }
			<EmailsCard
				settings={ page.settings }
				connection={ connection }
				requests={ requests }
				links={ page.links }
			/>
			<OriginalsCard
				settings={ page.settings }
				connection={ connection }
				requests={ requests }
				links={ page.links }
			/>
		</div>
	);
}

const Pill = ( { state }: { state: Connection[ 'state' ] } ) => (
	<span className={ `slashimage-pill is-${ state }` }>{ t( pills[ state ] ) }</span>
);

const saysSo = ( { attempt, ended }: ConnectionScreen ): boolean =>
	attempt.tag === 'failed' && attempt.problem.tag === ended?.tag;

function hasImages( { snapshot: { connection, summary } }: ConnectionScreen ): boolean {
	return (
		connection.state !== 'disconnected' ||
		underWay( summary ) +
			summary.optimized +
			summary.partly_optimized +
			summary.failed +
			summary.unsupported +
			summary.elsewhere +
			summary.not_optimized >
			0
	);
}

function useAnnouncements( { snapshot, attempt, ended }: ConnectionScreen ): void {
	const before = useRef( { snapshot, attempt } );
	useEffect( () => {
		const said = announcement( before.current, { snapshot, attempt } );
		before.current = { snapshot, attempt };
		if ( said ) {
			speak( said, attempt.tag === 'failed' ? 'assertive' : 'polite' );
		}
	}, [ snapshot, attempt ] );
	const { connection } = snapshot;
	const end = ended ? problemMessage( ended, connection ).lines.join( ' ' ) : '';
	useEffect( () => {
		if ( end ) {
			speak( end, 'assertive' );
		}
	}, [ end ] );
}
