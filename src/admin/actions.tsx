import { Button } from '@wordpress/components';
import { useEffect, useRef, useState } from 'react';
import { __ } from '@wordpress/i18n';
import { ActionButton } from './action-button.tsx';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import type { Links } from './help-link.tsx';
import { alreadyLine, checkedLine, removedLine, resumedLine } from './lines.ts';
import { MessageView, Progress } from './message-view.tsx';
import { problemMessage, type Message } from './messages.ts';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
	/** Shows the field; absent where it is there already. */
	onReplace?: () => void;
	focusReplace?: boolean;
}

/** What can be done with the stored key: check it, replace it, take it away. */
export function Actions( { screen, links, onReplace, focusReplace = false }: Props ) {
	const [ asking, setAsking ] = useState( false );
	const { attempt, snapshot, cancel, clear } = screen;
	const { key } = snapshot.connection;
	const busy = attempt.tag === 'busy';
	const gone = attempt.tag === 'done' && attempt.action === 'disconnect';
	useEffect( () => {
		if ( gone ) {
			setAsking( false );
		}
	}, [ gone ] );
	const ask = () => {
		clear();
		setAsking( true );
	};
	const close = () => {
		cancel();
		setAsking( false );
	};
	return (
		<>
			<div className="slashimage-actions">
				<ActionButton screen={ screen } action="check">
					{ __( 'Check now', 'slashimage' ) }
				</ActionButton>
				{ onReplace && key.settable && (
					<ReplaceButton onClick={ onReplace } disabled={ busy } focus={ focusReplace }>
						{ key.source === 'network'
							? __( 'Use an own key', 'slashimage' )
							: __( 'Replace key', 'slashimage' ) }
					</ReplaceButton>
				) }
				{ key.source === 'database' && (
					<Button
						variant="tertiary"
						isDestructive
						onClick={ ask }
						disabled={ busy }
						accessibleWhenDisabled
						__next40pxDefaultSize
					>
						{ __( 'Disconnect', 'slashimage' ) }
					</Button>
				) }
			</div>
			{ busy && attempt.action === 'check' && <Progress onCancel={ cancel } /> }
			<CheckMessage screen={ screen } links={ links } />
			{ asking && <DisconnectDialog screen={ screen } links={ links } onClose={ close } /> }
		</>
	);
}

/** What the last check, or the last change of the key, came to. */
export function CheckMessage( { screen, links }: Pick< Props, 'screen' | 'links' > ) {
	const message = messageOf( screen );
	return message && <MessageView message={ message } links={ links } />;
}

interface ReplaceProps {
	onClick: () => void;
	disabled: boolean;
	focus: boolean;
	children: string;
}

function ReplaceButton( { onClick, disabled, focus, children }: ReplaceProps ) {
	const button = useRef< HTMLButtonElement >( null );
	useEffect( () => {
		if ( focus ) {
			button.current?.focus();
		}
	}, [ focus ] );
	return (
		<Button
			ref={ button }
			variant="tertiary"
			onClick={ onClick }
			disabled={ disabled }
			accessibleWhenDisabled
			__next40pxDefaultSize
		>
			{ children }
		</Button>
	);
}

function messageOf( { attempt, snapshot }: ConnectionScreen ): Message | null {
	if ( attempt.tag === 'failed' && attempt.action === 'check' ) {
		return problemMessage( attempt.problem, snapshot.connection );
	}
	const done = attempt.tag === 'done' && snapshot.connection.state !== 'disconnected' ? attempt.action : null;
	if ( done === 'disconnect' ) {
		return { tone: 'good', lines: [ removedLine() ] };
	}
	if ( done === 'allowSite' ) {
		return { tone: 'good', lines: [ resumedLine( snapshot.summary ) ] };
	}
	if ( done === 'already' ) {
		return { tone: 'note', lines: [ alreadyLine() ] };
	}
	if ( done !== 'check' && done !== 'connect' ) {
		return null;
	}
	const resumed = done === 'connect' ? [ resumedLine( snapshot.summary ) ] : [];
	return {
		tone: snapshot.connection.state === 'connected' ? 'good' : 'error',
		lines: [ checkedLine( snapshot.connection ), ...resumed ],
	};
}
