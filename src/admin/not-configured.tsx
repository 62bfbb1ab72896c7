import { __ } from '@wordpress/i18n';
import { buttons } from '../validation/sentences.ts';
import { Actions } from './actions.tsx';
import { HelpLink, type Links } from './help-link.tsx';
import { KeyForm } from './key-form.tsx';
import { ManagedKey } from './managed-key.tsx';
import type { Timing } from './timing.ts';
import { t } from './translate.ts';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
	timing: Timing;
}

/** No key yet: the three steps to one. */
export function NotConfigured( { screen, links, timing }: Props ) {
	const { connection } = screen.snapshot;
	if ( ! connection.key.settable ) {
		return (
			<>
				<ManagedKey connection={ connection } />
				{ connection.key.source !== 'none' && <Actions screen={ screen } links={ links } /> }
			</>
		);
	}
	return (
		<>
			<ManagedKey connection={ connection } />
			<ol className="slashimage-steps">
				<li>
					<HelpLink href={ links[ 'dashboard' ] }>{ __( 'Get a free API key', 'slashimage' ) }</HelpLink>
				</li>
				<li>{ __( 'Copy it and paste it here.', 'slashimage' ) }</li>
				<li>{ __( 'Press Connect.', 'slashimage' ) }</li>
			</ol>
			<KeyForm
				screen={ screen }
				links={ links }
				timing={ timing }
				button={ t( buttons.connect ) }
				focus={ false }
			/>
		</>
	);
}
