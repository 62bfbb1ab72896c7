import { ToggleControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Connection, Settings } from '../validation/schemas.ts';
import { requestSentences } from '../validation/sentences.ts';
import type { Links } from './help-link.tsx';
import { MessageView } from './message-view.tsx';
import { problemMessage } from './messages.ts';
import type { Requests } from './requests.ts';
import { t } from './translate.ts';
import { savingLine, useSettings } from './use-settings.ts';
import { useSpoken } from './use-spoken.ts';

interface Props {
	settings: Settings;
	connection: Connection;
	requests: Requests;
	links: Links;
}

/** Whether the admin address hears by e-mail that optimizing is paused. */
export function EmailsCard( { settings: first, connection, requests, links }: Props ) {
	const { settings, saving, save } = useSettings( first, requests );
	const { emails, address, settable } = settings;
	const problem = saving.tag === 'failed' ? problemMessage( saving.problem, connection ) : null;
	useSpoken( problem ? problem.lines.join( ' ' ) : savingLine( saving ) );
	/* translators: %s: an e-mail address. */
	const label = __( 'E-mail %s when optimizing has been paused for an hour, and when it works again.', 'slashimage' );
	return (
		<section className="slashimage-card" aria-labelledby="slashimage-emails">
			<h2 id="slashimage-emails">{ __( 'E-mails', 'slashimage' ) }</h2>
			<ToggleControl
				label={ sprintf( label, address ) }
				checked={ saving.tag === 'busy' ? saving.emails : emails }
				disabled={ ! settable }
				help={ settable ? savingLine( saving ) : t( requestSentences.settings_managed ) }
				onChange={ save }
				__nextHasNoMarginBottom
			/>
			{ problem && <MessageView message={ problem } links={ links } /> }
		</section>
	);
}
