import { useEffect, useState } from 'react';
import { __ } from '@wordpress/i18n';
import type { Links } from '../admin/help-link.tsx';
import { KeyForm } from '../admin/key-form.tsx';
import { ManagedKey } from '../admin/managed-key.tsx';
import { MessageView } from '../admin/message-view.tsx';
import { asConnection } from './as-connection.ts';
import { KeyActions } from './key-actions.tsx';
import { KeyFacts } from './key-facts.tsx';
import { takenOverLine } from './lines.ts';
import type { Timing } from './timing.ts';
import type { NetworkScreen } from './use-network.ts';

interface Props {
	screen: NetworkScreen;
	links: Links;
	timing: Timing;
}

// `returned`: a person closed the field again, so the focus goes back to where it came from.
type Replacing = 'no' | 'yes' | 'returned';

/** The key of all sites: which one, where it comes from, and, where it is set here, how to change it. */
export function KeyCard( { screen, links, timing }: Props ) {
	const [ replacing, setReplacing ] = useState< Replacing >( 'no' );
	const { attempt, network, clear } = screen;
	const { key } = network;
	const replaced = attempt.tag === 'done' && attempt.action === 'connect';
	useEffect( () => {
		if ( replaced ) {
			setReplacing( 'no' );
		}
	}, [ replaced ] );
	const show = ( next: Replacing ) => {
		clear();
		setReplacing( next );
	};
	const hasKey = key.source !== 'none';
	// Of the key in itself: each site has a state of its own.
	const state = network.problem ? 'reconnect' : 'connected';
	const asForm = { ...screen, snapshot: { connection: asConnection( network ) } };
	return (
		<>
			{ hasKey ? (
				<KeyFacts network={ network } />
			) : (
				<p>{ __( 'One key for all sites. Without it, each site needs a key of its own.', 'slashimage' ) }</p>
			) }
			{ ! key.settable && <ManagedKey connection={ { ...asForm.snapshot.connection, state } } /> }
			{ key.settable && ( ! hasKey || ( replacing === 'yes' && ! replaced ) ) && (
				<KeyForm
					screen={ asForm }
					links={ links }
					timing={ timing }
					button={ hasKey ? __( 'Replace key', 'slashimage' ) : __( 'Set key', 'slashimage' ) }
					focus={ hasKey }
					{ ...( hasKey && { onClose: () => show( 'returned' ) } ) }
				/>
			) }
			{ hasKey && ( replacing !== 'yes' || replaced ) && (
				<KeyActions
					screen={ screen }
					links={ links }
					onReplace={ () => show( 'yes' ) }
					focusReplace={ replacing === 'returned' }
				/>
			) }
			{ replaced && <MessageView message={ { tone: 'good', lines: [ takenOverLine() ] } } links={ links } /> }
		</>
	);
}
