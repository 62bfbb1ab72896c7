import { __ } from '@wordpress/i18n';
import { ActionButton } from './action-button.tsx';
import type { Links } from './help-link.tsx';
import { retriedLine } from './lines.ts';
import { MessageView } from './message-view.tsx';
import { problemMessage } from './messages.ts';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
}

/** What can be done about images that failed, and what came of it. */
export function FailedImages( { screen, links }: Props ) {
	const { connection, summary } = screen.snapshot;
	return (
		<>
			{ summary.failed > 0 && (
				<div className="slashimage-actions">
					{ connection.state === 'connected' && (
						<ActionButton screen={ screen } action="retry">
							{ __( 'Retry failed', 'slashimage' ) }
						</ActionButton>
					) }
					<a href="upload.php?mode=list&slashimage_state=failed">{ __( 'See why in the media library', 'slashimage' ) }</a>
				</div>
			) }
			<RetryMessage screen={ screen } links={ links } />
		</>
	);
}

function RetryMessage( { screen: { attempt, snapshot }, links }: Props ) {
	if ( attempt.tag === 'failed' && attempt.action === 'retry' ) {
		return <MessageView message={ problemMessage( attempt.problem, snapshot.connection ) } links={ links } />;
	}
	return attempt.tag === 'done' && attempt.action === 'retry' ? (
		<MessageView message={ { tone: 'good', lines: [ retriedLine() ] } } links={ links } />
	) : null;
}
