import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { formatNumber } from '../admin/format.ts';
import type { Links } from '../admin/help-link.tsx';
import { MessageView } from '../admin/message-view.tsx';
import { problemMessage } from '../admin/messages.ts';
import { asConnection } from './as-connection.ts';
import { pageLine, pagesOf } from './lines.ts';
import { SitesTable } from './sites-table.tsx';
import type { NetworkScreen } from './use-network.ts';

/** The sites of the network, a page at a time. */
export function SitesCard( { screen, links }: { screen: NetworkScreen; links: Links } ) {
	const { attempt, network } = screen;
	const { total, rows } = network.sites;
	const failed = attempt.tag === 'failed' && attempt.action === 'turn' ? attempt.problem : null;
	return (
		<>
			<p className="slashimage-quiet">
				{ sprintf(
					/* translators: %s: number of sites. */
					_n( '%s site', '%s sites', total, 'slashimage' ),
					formatNumber( total )
				) }
			</p>
			<SitesTable rows={ rows } />
			{ pagesOf( network.sites ) > 1 && <Pager screen={ screen } /> }
			{ failed && <MessageView message={ problemMessage( failed, asConnection( network ) ) } links={ links } /> }
		</>
	);
}

function Pager( { screen: { attempt, network, turnTo } }: { screen: NetworkScreen } ) {
	const { page } = network.sites;
	const turning = attempt.tag === 'busy';
	const usual = { variant: 'secondary', accessibleWhenDisabled: true, __next40pxDefaultSize: true } as const;
	return (
		<nav className="slashimage-actions" aria-label={ __( 'Pages of sites', 'slashimage' ) }>
			<Button { ...usual } disabled={ turning || page === 1 } onClick={ () => turnTo( page - 1 ) }>
				{ __( 'Previous page', 'slashimage' ) }
			</Button>
			<span>{ pageLine( network.sites ) }</span>
			<Button
				{ ...usual }
				disabled={ turning || page >= pagesOf( network.sites ) }
				onClick={ () => turnTo( page + 1 ) }
			>
				{ __( 'Next page', 'slashimage' ) }
			</Button>
		</nav>
	);
}
