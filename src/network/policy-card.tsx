import { ToggleControl } from '@wordpress/components';
import { useState } from 'react';
import { __, sprintf } from '@wordpress/i18n';
import { originalsLine } from '../admin/lines.ts';
import type { Links } from '../admin/help-link.tsx';
import { MessageView } from '../admin/message-view.tsx';
import { problemMessage } from '../admin/messages.ts';
import { asConnection } from './as-connection.ts';
import type { Policy } from './requests.ts';
import type { NetworkScreen } from './use-network.ts';

/** What sites may do, and who hears of a pause. Each change is saved at once; one that fails is taken back. */
export function PolicyCard( { screen, links }: { screen: NetworkScreen; links: Links } ) {
	const { attempt, network, save } = screen;
	const stored: Policy = {
		own_keys: network.own_keys,
		emails: network.settings.emails,
		keep_backups: network.settings.keep_backups,
	};
	const [ wanted, setWanted ] = useState( stored );
	const saving = attempt.tag === 'busy' && attempt.action === 'save';
	const failed = attempt.tag === 'failed' && attempt.action === 'save' ? attempt.problem : null;
	const shown = saving ? wanted : stored;
	const change = ( some: Partial< Policy > ) => {
		if ( attempt.tag !== 'busy' ) {
			setWanted( { ...stored, ...some } );
			save( { ...stored, ...some } );
		}
	};
	/* translators: %s: an e-mail address. */
	const label = __( 'E-mail %s when optimizing has been paused for an hour, and when it works again.', 'slashimage' );
	return (
		<>
			<ToggleControl
				label={ __( 'Sites may use a key of their own.', 'slashimage' ) }
				help={ __( 'Where a site has one, it is used in place of the key of the network.', 'slashimage' ) }
				checked={ shown.own_keys }
				onChange={ ( allowed ) => change( { own_keys: allowed } ) }
				__nextHasNoMarginBottom
			/>
			<ToggleControl
				label={ sprintf( label, network.settings.address ) }
				checked={ shown.emails }
				onChange={ ( emails ) => change( { emails } ) }
				__nextHasNoMarginBottom
			/>
			<ToggleControl
				label={ __( 'Keep the originals when the plugin is deleted.', 'slashimage' ) }
				help={ originalsLine() }
				checked={ shown.keep_backups }
				onChange={ ( keep ) => change( { keep_backups: keep } ) }
				__nextHasNoMarginBottom
			/>
			{ failed && <MessageView message={ problemMessage( failed, asConnection( network ) ) } links={ links } /> }
		</>
	);
}
