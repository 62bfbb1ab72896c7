import { Button, Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Links } from './help-link.tsx';
import { MessageView } from './message-view.tsx';
import type { Message } from './messages.ts';

interface Props {
	title: string;
	lines: string[];
	/** What the button that can't be undone says. */
	button: string;
	busy: boolean;
	/** Why it did not work. */
	message: Message | null;
	links: Links;
	onConfirm: () => void;
	onClose: () => void;
}

/** Asks before a key is taken away, and says what becomes of the images. */
export function ConfirmDialog( { title, lines, button, busy, message, links, onConfirm, onClose }: Props ) {
	return (
		<Modal
			title={ title }
			className="slashimage-dialog"
			size="small"
			focusOnMount="firstContentElement"
			onRequestClose={ onClose }
		>
			{ lines.map( ( line ) => (
				<p key={ line }>{ line }</p>
			) ) }
			{ message && <MessageView message={ message } links={ links } /> }
			<div className="slashimage-actions is-end">
				<Button variant="tertiary" onClick={ onClose } __next40pxDefaultSize>
					{ __( 'Cancel', 'slashimage' ) }
				</Button>
				<Button
					variant="primary"
					isDestructive
					onClick={ onConfirm }
					isBusy={ busy }
					disabled={ busy }
					accessibleWhenDisabled
					__next40pxDefaultSize
				>
					{ button }
				</Button>
			</div>
		</Modal>
	);
}
