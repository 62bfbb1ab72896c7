import { speak } from '@wordpress/a11y';
import { useEffect, useRef } from 'react';
import { __ } from '@wordpress/i18n';
import { useLostFocus } from '../admin/use-lost-focus.ts';
import type { NetworkPage } from '../validation/network-schemas.ts';
import { announcement } from './announcement.ts';
import { KeyCard } from './key-card.tsx';
import { PolicyCard } from './policy-card.tsx';
import { SitesCard } from './sites-card.tsx';
import { timing as usual, type Timing } from './timing.ts';
import { useNetwork, type NetworkScreen } from './use-network.ts';

interface Props {
	page: NetworkPage;
	timing?: Timing;
}

/** The network screen, Network Admin > Settings > SlashImage. */
export function Screen( { page, timing = usual }: Props ) {
	const screen = useNetwork( page, timing );
	const heading = useRef< HTMLHeadingElement >( null );
	const focus = useLostFocus( heading );
	useAnnouncements( screen );
	return (
		<div className="slashimage is-network" { ...focus }>
			<h1>{ 'SlashImage' }</h1>
			<p className="slashimage-lead">{ __( 'What all sites of this network share.', 'slashimage' ) }</p>
			<section className="slashimage-card" aria-labelledby="slashimage-network-key">
				<h2 id="slashimage-network-key" ref={ heading } tabIndex={ -1 }>
					{ __( 'Key of the network', 'slashimage' ) }
				</h2>
				<KeyCard screen={ screen } links={ page.links } timing={ timing } />
			</section>
			<section className="slashimage-card" aria-labelledby="slashimage-network-policy">
				<h2 id="slashimage-network-policy">{ __( 'Settings', 'slashimage' ) }</h2>
				<PolicyCard screen={ screen } links={ page.links } />
			</section>
			<section className="slashimage-card" aria-labelledby="slashimage-network-sites">
				<h2 id="slashimage-network-sites">{ __( 'Sites', 'slashimage' ) }</h2>
				<SitesCard screen={ screen } links={ page.links } />
			</section>
		</div>
	);
}

function useAnnouncements( { attempt, network }: NetworkScreen ): void {
	const latest = useRef( network );
	latest.current = network;
	useEffect( () => {
		const said = announcement( attempt, latest.current );
		if ( said ) {
			speak( said, attempt.tag === 'failed' ? 'assertive' : 'polite' );
		}
	}, [ attempt ] );
}
