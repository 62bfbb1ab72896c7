import { Button } from '@wordpress/components';
import { useEffect, useRef, useState } from 'react';
import { __ } from '@wordpress/i18n';
import type { Links } from '../admin/help-link.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import type { NetworkScreen } from './use-network.ts';

interface Props {
	screen: NetworkScreen;
	links: Links;
	onReplace: () => void;
	focusReplace: boolean;
}

/** What can be done with the network's stored key: replace it where it is the one in use, take it away. */
export function KeyActions( { screen, links, onReplace, focusReplace }: Props ) {
	const [ asking, setAsking ] = useState( false );
	const replace = useRef< HTMLButtonElement >( null );
	const { key } = screen.network;
	const busy = screen.attempt.tag === 'busy';
	const stored = key.source === 'network' || key.others.some( ( { source } ) => source === 'network' );
	useEffect( () => {
		if ( focusReplace ) {
			replace.current?.focus();
		}
	}, [ focusReplace ] );
	const usual = { disabled: busy, accessibleWhenDisabled: true, __next40pxDefaultSize: true } as const;
	const ask = ( open: boolean ) => {
		screen.clear();
		setAsking( open );
	};
	return (
		<>
			{ stored && (
				<div className="slashimage-actions">
					{ key.settable && (
						<Button ref={ replace } variant="secondary" onClick={ onReplace } { ...usual }>
							{ __( 'Replace key', 'slashimage' ) }
						</Button>
					) }
					<Button variant="tertiary" isDestructive onClick={ () => ask( true ) } { ...usual }>
						{ __( 'Remove key', 'slashimage' ) }
					</Button>
				</div>
			) }
			{ asking && stored && <RemoveDialog screen={ screen } links={ links } onClose={ () => ask( false ) } /> }
		</>
	);
}
