import { Button } from '@wordpress/components';
import { useCallback } from 'react';
import { __ } from '@wordpress/i18n';
import type { Connection } from '../validation/schemas.ts';
import type { Links } from '../admin/help-link.tsx';
import { MessageView } from '../admin/message-view.tsx';
import { problemMessage } from '../admin/messages.ts';
import { deliveryLine, type ReportDesk } from './use-report.ts';
import { useSpoken } from '../admin/use-spoken.ts';

interface Props {
	report: ReportDesk;
	connection: Connection;
	links: Links;
}

/** The report for a host or for support, and the minimal request as a command. */
export function ReportView( { report, connection, links }: Props ) {
	const { delivery, command, copy, download, showCommand, copyCommand } = report;
	const line = deliveryLine( delivery );
	const busy = delivery.tag === 'busy';
	const problem = delivery.tag === 'failed' ? problemMessage( delivery.problem, connection ) : null;
	useSpoken( problem ? problem.lines.join( ' ' ) : line );
	return (
		<>
			<p>{ __( 'The report holds what a host or support needs to know, and never the key.', 'slashimage' ) }</p>
			<div className="slashimage-actions">
				<Action onClick={ copy } isBusy={ busy }>
					{ __( 'Copy report', 'slashimage' ) }
				</Action>
				<Action onClick={ download } isBusy={ busy }>
					{ __( 'Download report', 'slashimage' ) }
				</Action>
			</div>
			<details onToggle={ ( { currentTarget } ) => currentTarget.open && ! command && showCommand() }>
				<summary>{ __( 'Repeat the minimal request by hand', 'slashimage' ) }</summary>
				{ command && (
					<>
						<pre>{ command }</pre>
						<Action onClick={ copyCommand } isBusy={ busy }>
							{ __( 'Copy command', 'slashimage' ) }
						</Action>
					</>
				) }
			</details>
			{ line && <p className="slashimage-message is-note">{ line }</p> }
			{ delivery.tag === 'by_hand' && <Selected text={ delivery.text } /> }
			{ problem && <MessageView message={ problem } links={ links } /> }
		</>
	);
}

const Action = ( props: { onClick: () => void; isBusy: boolean; children: string } ) => (
	<Button { ...props } variant="secondary" __next40pxDefaultSize />
);

// A person pressed a button to copy: taking the focus is what lets them finish it.
function Selected( { text }: { text: string } ) {
	const select = useCallback( ( area: HTMLTextAreaElement | null ) => {
		area?.focus();
		area?.select();
	}, [] );
	return (
		<textarea ref={ select } readOnly rows={ 8 } value={ text } aria-label={ __( 'Text to copy', 'slashimage' ) } />
	);
}
