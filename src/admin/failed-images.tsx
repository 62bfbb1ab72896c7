import { __ } from '@wordpress/i18n';
import { ActionButton } from './action-button.tsx';
import type { ConnectionScreen } from './use-connection.ts';

/** What can be done about images that failed. */
export function FailedImages( { screen }: { screen: ConnectionScreen } ) {
	const { connection, summary } = screen.snapshot;
	return summary.failed > 0 ? (
		<div className="slashimage-actions">
			{ connection.state === 'connected' && (
				<ActionButton screen={ screen } action="retry">
					{ __( 'Retry failed', 'slashimage' ) }
				</ActionButton>
			) }
			<a href="upload.php?mode=list&slashimage_state=failed">
				{ __( 'See why in the media library', 'slashimage' ) }
			</a>
		</div>
	) : null;
}
