import { __, _n, sprintf } from '@wordpress/i18n';
import type { Connection } from '../validation/schemas.ts';
import { buttons, outcomeSentences } from '../validation/sentences.ts';
import { Actions } from './actions.tsx';
import { formatNumber } from './format.ts';
import { HelpLink, type Links } from './help-link.tsx';
import { KeyForm } from './key-form.tsx';
import { ManagedKey } from './managed-key.tsx';
import { domainLine } from './lines.ts';
import { Moment } from './moment.tsx';
import type { Timing } from './timing.ts';
import { t } from './translate.ts';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
	timing: Timing;
}

/** A refused key: what happened, to which key, and the way back. */
export function Reconnect( { screen, links, timing }: Props ) {
	const { connection, from } = screen.snapshot;
	return (
		<>
			<WhatHappened screen={ screen } />
			<ManagedKey connection={ connection } />
			{ connection.key.settable && (
				<KeyForm
					screen={ screen }
					links={ links }
					timing={ timing }
					button={ t( buttons.reconnect ) }
					focus={ from !== 'poll' }
				/>
			) }
			<ul className="slashimage-help">
				<li>
					<HelpLink href={ links[ 'dashboard' ] }>
						{ __( 'Find your key in the dashboard', 'slashimage' ) }
					</HelpLink>
				</li>
				<li>
					<HelpLink href={ links[ 'keys' ] }>{ __( 'How domains are allowed', 'slashimage' ) }</HelpLink>
				</li>
				<li>
					<HelpLink href={ links[ 'invalidKey' ] }>
						{ __( 'Why a key stops working', 'slashimage' ) }
					</HelpLink>
				</li>
			</ul>
			<Actions screen={ screen } links={ links } />
		</>
	);
}

function WhatHappened( { screen }: { screen: ConnectionScreen } ) {
	const { connection, summary } = screen.snapshot;
	const { key, since } = connection;
	return (
		<div className="slashimage-message is-warning">
			<p>{ cause( connection ) }</p>
			{ key.fingerprint && (
				<p>
					{ __( 'Key:', 'slashimage' ) } <code>{ key.fingerprint }</code>
				</p>
			) }
			<p>
				{ __( 'Noticed:', 'slashimage' ) } <Moment at={ since } />
			</p>
			{ connection.reason === 'domain' && <p>{ domainWay( connection ) }</p> }
			<p>{ pausedLine( summary.waiting ) }</p>
		</div>
	);
}

function cause( { outcome, reason }: Connection ): string {
	const known = ( outcomeSentences as Record< string, string > )[ outcome ?? '' ];
	return t( known ?? outcomeSentences[ reason === 'domain' ? 'domain_not_allowed' : 'invalid_key' ] );
}

const domainWay = ( connection: Connection ): string =>
	`${ domainLine( connection ) } ${ __(
		'Allow this domain for the key and press Check now, or paste another key.',
		'slashimage'
	) }`;

function pausedLine( waiting: number ): string {
	const paused = __( 'Optimizing is paused. Images that are optimized already stay as they are.', 'slashimage' );
	if ( waiting === 0 ) {
		return paused;
	}
	/* translators: %s: number of images. */
	const resumes = _n(
		'%s image waits and goes on by itself once a working key is here.',
		'%s images wait and go on by themselves once a working key is here.',
		waiting,
		'slashimage'
	);
	return `${ paused } ${ sprintf( resumes, formatNumber( waiting ) ) }`;
}
