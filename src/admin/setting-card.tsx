import { ToggleControl } from '@wordpress/components';
import type { Connection, Settings } from '../validation/schemas.ts';
import { requestSentences } from '../validation/sentences.ts';
import type { Links } from './help-link.tsx';
import { MessageView } from './message-view.tsx';
import { problemMessage } from './messages.ts';
import type { Requests } from './requests.ts';
import { t } from './translate.ts';
import { savingLine, useSettings, type Change } from './use-settings.ts';
import { useSpoken } from './use-spoken.ts';

export interface SettingProps {
	settings: Settings;
	connection: Connection;
	requests: Requests;
	links: Links;
}

interface Props extends SettingProps {
	name: keyof Change;
	heading: string;
	label: string;
	/** What there is to know before it is decided. */
	children?: React.ReactNode;
}

/** A card with one decision, saved at once; one that fails is taken back. On a network the network decides. */
export function SettingCard( { settings: first, connection, requests, links, name, heading, label, children }: Props ) {
	const { settings, saving, save } = useSettings( first, requests );
	const problem = saving.tag === 'failed' ? problemMessage( saving.problem, connection ) : null;
	useSpoken( problem ? problem.lines.join( ' ' ) : savingLine( saving ) );
	const id = `slashimage-${ name.replace( '_', '-' ) }`;
	return (
		<section className="slashimage-card" aria-labelledby={ id }>
			<h2 id={ id }>{ heading }</h2>
			{ children }
			<ToggleControl
				label={ label }
				checked={ ( saving.tag === 'busy' ? saving.change[ name ] : undefined ) ?? settings[ name ] }
				disabled={ ! settings.settable }
				help={ settings.settable ? savingLine( saving ) : t( requestSentences.settings_managed ) }
				onChange={ ( value ) => void save( { [ name ]: value } ) }
				__nextHasNoMarginBottom
			/>
			{ problem && <MessageView message={ problem } links={ links } /> }
		</section>
	);
}
