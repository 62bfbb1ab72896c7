import { Button, Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Links } from './help-link.tsx';
import { MessageView } from './message-view.tsx';
import { problemMessage } from './messages.ts';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
	onClose: () => void;
}

/** Asks before the key is taken away, and says what becomes of the images. */
export function DisconnectDialog( { screen, links, onClose }: Props ) {
	const { attempt, snapshot, disconnect } = screen;
	const busy = attempt.tag === 'busy';
	const failed = attempt.tag === 'failed' && attempt.action === 'disconnect' ? attempt.problem : null;
	return (
		<Modal
			title={ __( 'Disconnect SlashImage?', 'slashimage' ) }
			className="slashimage-dialog"
			size="small"
			focusOnMount="firstContentElement"
			onRequestClose={ onClose }
		>
			<p>
				{ __( 'The key is removed from this site. It stays valid in your SlashImage account.', 'slashimage' ) }
			</p>
			<p>
				{ snapshot.connection.key.others.some( ( { source } ) => source === 'network' )
					? __( 'From then on this site uses the key of the network.', 'slashimage' )
					: __(
							'Images that are optimized already stay as they are. Waiting ones wait until you connect again.',
							'slashimage'
						) }
			</p>
			{ failed && <MessageView message={ problemMessage( failed, snapshot.connection ) } links={ links } /> }
			<div className="slashimage-actions is-end">
				<Button variant="tertiary" onClick={ onClose } __next40pxDefaultSize>
					{ __( 'Cancel', 'slashimage' ) }
				</Button>
				<Button
					variant="primary"
					isDestructive
					onClick={ disconnect }
					isBusy={ busy }
					disabled={ busy }
					accessibleWhenDisabled
					__next40pxDefaultSize
				>
					{ __( 'Disconnect', 'slashimage' ) }
				</Button>
			</div>
		</Modal>
	);
}
