import { __ } from '@wordpress/i18n';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { Links } from './help-link.tsx';
import { problemMessage } from './messages.ts';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
	onClose: () => void;
}

/** Asks before the key is taken away, and says what becomes of the images. */
export function DisconnectDialog( { screen: { attempt, snapshot, disconnect }, links, onClose }: Props ) {
	const failed = attempt.tag === 'failed' && attempt.action === 'disconnect' ? attempt.problem : null;
	return (
		<ConfirmDialog
			title={ __( 'Disconnect SlashImage?', 'slashimage' ) }
			lines={ [
				__( 'The key is removed from this site. It stays valid in your SlashImage account.', 'slashimage' ),
				snapshot.connection.key.others.some( ( { source } ) => source === 'network' )
					? __( 'From then on this site uses the key of the network.', 'slashimage' )
					: __(
							'Images that are optimized already stay as they are. Waiting ones wait until you connect again.',
							'slashimage'
						),
			] }
			button={ __( 'Disconnect', 'slashimage' ) }
			busy={ attempt.tag === 'busy' }
			message={ failed && problemMessage( failed, snapshot.connection ) }
			links={ links }
			onConfirm={ disconnect }
			onClose={ onClose }
		/>
	);
}
