import { __ } from '@wordpress/i18n';
import { ConfirmDialog } from '../admin/confirm-dialog.tsx';
import type { Links } from '../admin/help-link.tsx';
import { problemMessage } from '../admin/messages.ts';
import { asConnection } from './as-connection.ts';
import type { NetworkScreen } from './use-network.ts';

interface Props {
	screen: NetworkScreen;
	links: Links;
	onClose: () => void;
}

/** Asks before the key of all sites is taken away, and says what becomes of them. */
export function RemoveDialog( { screen: { attempt, network, disconnect }, links, onClose }: Props ) {
	const failed = attempt.tag === 'failed' && attempt.action === 'disconnect' ? attempt.problem : null;
	return (
		<ConfirmDialog
			title={ __( 'Remove the key of the network?', 'slashimage' ) }
			lines={ [
				__(
					'Sites without another key wait until there is one again. Images that are optimized already stay as they are.',
					'slashimage'
				),
			] }
			button={ __( 'Remove key', 'slashimage' ) }
			busy={ attempt.tag === 'busy' }
			message={ failed && problemMessage( failed, asConnection( network ) ) }
			links={ links }
			onConfirm={ disconnect }
			onClose={ onClose }
		/>
	);
}
