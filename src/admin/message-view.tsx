import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { HelpLink, type Links } from './help-link.tsx';
import { progressLine } from './lines.ts';
import type { Message } from './messages.ts';

interface Props {
	message: Message;
	links: Links;
	id?: string;
}

/** What an attempt or a text in the field came to, and the help that goes with it. */
export function MessageView( { message, links, id }: Props ) {
	return (
		<div className={ `slashimage-message is-${ message.tone }` } id={ id }>
			{ message.lines.map( ( line ) => (
				<p key={ line }>{ line }</p>
			) ) }
			{ message.help === 'domain' && (
				<p>
					<HelpLink href={ links[ 'keys' ] }>{ __( 'How to allow a domain', 'slashimage' ) }</HelpLink>
				</p>
			) }
			{ message.help === 'reload' && (
				<Button variant="secondary" __next40pxDefaultSize onClick={ () => window.location.reload() }>
					{ __( 'Reload the page', 'slashimage' ) }
				</Button>
			) }
		</div>
	);
}

/** That the service is being asked, and the way out of it. */
export function Progress( { onCancel, id }: { onCancel: () => void; id?: string } ) {
	return (
		<div className="slashimage-message is-note is-progress" id={ id }>
			<p>{ progressLine() }</p>
			<Button variant="link" onClick={ onCancel }>
				{ __( 'Cancel', 'slashimage' ) }
			</Button>
		</div>
	);
}
