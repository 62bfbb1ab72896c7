import { Button, Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Links } from '../admin/help-link.tsx';
import { MessageView } from '../admin/message-view.tsx';
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
	const busy = attempt.tag === 'busy';
	const failed = attempt.tag === 'failed' && attempt.action === 'disconnect' ? attempt.problem : null;
	return (
		<Modal
			title={ __( 'Remove the key of the network?', 'slashimage' ) }
			className="slashimage-dialog"
			size="small"
			focusOnMount="firstContentElement"
			onRequestClose={ onClose }
		>
			<p>
				{ __(
					'Sites without another key wait until there is one again. Images that are optimized already stay as they are.',
					'slashimage'
				) }
			</p>
			{ failed && <MessageView message={ problemMessage( failed, asConnection( network ) ) } links={ links } /> }
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
					{ __( 'Remove key', 'slashimage' ) }
				</Button>
			</div>
		</Modal>
	);
}
