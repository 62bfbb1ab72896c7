import { useEffect, useState } from 'react';
import { __, sprintf } from '@wordpress/i18n';
import { allowSiteLabel, buttons } from '../validation/sentences.ts';
import { ActionButton } from './action-button.tsx';
import { Actions } from './actions.tsx';
import { HelpLink, type Links } from './help-link.tsx';
import { KeyForm } from './key-form.tsx';
import { ManagedKey, placeOf } from './managed-key.tsx';
import { MessageView } from './message-view.tsx';
import { problemMessage } from './messages.ts';
import { Moment } from './moment.tsx';
import { PlanView } from './plan-view.tsx';
import type { Timing } from './timing.ts';
import { t } from './translate.ts';
import type { ConnectionScreen } from './use-connection.ts';

interface Props {
	screen: ConnectionScreen;
	links: Links;
	timing: Timing;
}

// `returned`: a person closed the field again, so the focus goes back to where it came from.
type Replacing = 'no' | 'yes' | 'returned';

/** A working key: which one, since when, what is left of the plan, and what can be done with it. */
export function Connected( { screen, links, timing }: Props ) {
	const [ replacing, setReplacing ] = useState< Replacing >( 'no' );
	const { attempt, snapshot, clear } = screen;
	const { connection } = snapshot;
	const { key } = connection;
	const replaced = attempt.tag === 'done' && [ 'connect', 'already' ].includes( attempt.action );
	useEffect( () => {
		if ( replaced ) {
			setReplacing( 'no' );
		}
	}, [ replaced ] );
	const show = ( next: Replacing ) => {
		clear();
		setReplacing( next );
	};
	return (
		<>
			<Facts screen={ screen } />
			<Hold screen={ screen } links={ links } />
			<ManagedKey connection={ connection } />
			{ replacing === 'yes' && ! replaced ? (
				<KeyForm
					screen={ screen }
					links={ links }
					timing={ timing }
					button={ key.source === 'network' ? t( buttons.connect ) : __( 'Replace key', 'slashimage' ) }
					focus
					onClose={ () => show( 'returned' ) }
				/>
			) : (
				<Actions
					screen={ screen }
					links={ links }
					onReplace={ () => show( 'yes' ) }
					focusReplace={ replacing === 'returned' }
				/>
			) }
		</>
	);
}

function Facts( { screen }: { screen: ConnectionScreen } ) {
	const { key, plan, verified_at: verified } = screen.snapshot.connection;
	/* translators: %s: where a key comes from (the constant SLASHIMAGE_API_KEY). */
	const from = __( 'from %s', 'slashimage' );
	return (
		<dl className="slashimage-facts">
			<dt>{ __( 'Key', 'slashimage' ) }</dt>
			<dd>
				<code>{ key.fingerprint }</code> { sprintf( from, placeOf( key ) ) }
			</dd>
			<dt>{ __( 'Verified', 'slashimage' ) }</dt>
			<dd>{ verified === null ? __( 'Not yet', 'slashimage' ) : <Moment at={ verified } /> }</dd>
			<dt>{ __( 'Credits', 'slashimage' ) }</dt>
			<dd>
				<PlanView plan={ plan } />
			</dd>
		</dl>
	);
}

// The key works, and yet nothing moves: said here, or it would look like a fault of the connection. What somebody has to
// see to is said also while nothing waits.
function Hold( { screen, links }: Omit< Props, 'timing' > ) {
	const { attempt, snapshot } = screen;
	const { hold } = snapshot.connection;
	const stands = hold !== null && ( hold.until === null || hold.reason === 'storage' );
	if ( ! hold || ( ! stands && snapshot.summary.waiting === 0 ) ) {
		return null;
	}
	const failed = attempt.tag === 'failed' && attempt.action === 'allowSite' ? attempt.problem : null;
	return (
		<div className={ `slashimage-message is-${ stands ? 'warning' : 'note' }` }>
			{ stands && hold.reason !== 'background' && <p>{ __( 'Optimization is on hold.', 'slashimage' ) }</p> }
			<p>{ hold.sentence }</p>
			{ hold.until !== null && (
				<p>
					{ __( 'Next retry:', 'slashimage' ) } <Moment at={ hold.until } when="future" />
				</p>
			) }
			{ hold.reason === 'credits' && (
				<HelpLink href={ links[ 'dashboard' ] }>
					{ __( 'See your credits in the dashboard', 'slashimage' ) }
				</HelpLink>
			) }
			{ hold.reason === 'site' && (
				<ActionButton screen={ screen } action="allowSite">
					{ t( allowSiteLabel ) }
				</ActionButton>
			) }
			{ failed && <MessageView message={ problemMessage( failed, snapshot.connection ) } links={ links } /> }
		</div>
	);
}
