import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { stepSentences } from '../validation/doctor.ts';
import { CheckMessage } from '../admin/actions.tsx';
import { AdviceLink } from './advice-link.tsx';
import { firstLine, verdictLine } from './lines.ts';
import { isOutdated, keyWorks, verdictOf, type Run } from './run.ts';
import type { Links } from '../admin/help-link.tsx';
import { MessageView } from '../admin/message-view.tsx';
import { problemMessage } from '../admin/messages.ts';
import { Moment } from '../admin/moment.tsx';
import { t } from '../admin/translate.ts';
import type { ConnectionScreen } from '../admin/use-connection.ts';

interface Props {
	run: Run;
	screen: ConnectionScreen;
	links: Links;
}

/** What the checks came to: that all is good, or what to do first and what to try next. */
export function DoctorSummary( { run: { status, results }, screen, links }: Props ) {
	const { connection } = screen.snapshot;
	const newest = results.at( -1 );
	if ( status.tag === 'running' ) {
		return null;
	}
	return (
		<>
			{ status.tag === 'failed' && (
				<MessageView message={ problemMessage( status.problem, connection ) } links={ links } />
			) }
			{ newest && (
				<div className={ `slashimage-message is-${ tones[ verdictOf( results ).tag ] }` }>
					{ isOutdated( results, connection ) ? (
						<p>{ __( 'The connection has changed since these checks. Run them again.', 'slashimage' ) }</p>
					) : (
						<Verdict results={ results } screen={ screen } links={ links } />
					) }
					<p className="slashimage-quiet">
						{ __( 'Last check:', 'slashimage' ) } <Moment at={ newest.at } />
					</p>
				</div>
			) }
		</>
	);
}

const tones = { bad: 'error', attention: 'warning', good: 'good', unfinished: 'note' } as const;

function Verdict( { results, screen, links }: { results: Run[ 'results' ] } & Omit< Props, 'run' > ) {
	const { connection } = screen.snapshot;
	const { first, next } = verdictOf( results );
	const line = firstLine( results );
	return (
		<>
			<p>{ verdictLine( results, connection ) }</p>
			{ line && (
				<p>
					{ line } <AdviceLink name={ first?.link ?? null } links={ links } />
				</p>
			) }
			{ next.length > 0 && (
				<>
					<p>{ __( 'If that does not help:', 'slashimage' ) }</p>
					<ol>
						{ next.map( ( step ) => (
							<li key={ step }>
								{ t( stepSentences[ step ] ) }{ ' ' }
								{ step === 'ask_support' && <AdviceLink name="support" links={ links } /> }
							</li>
						) ) }
					</ol>
				</>
			) }
			{ connection.state === 'reconnect' && keyWorks( results ) && (
				<CheckNow screen={ screen } links={ links } />
			) }
		</>
	);
}

function CheckNow( { screen, links }: Omit< Props, 'run' > ) {
	const busy = screen.attempt.tag === 'busy';
	return (
		<>
			<Button
				variant="primary"
				onClick={ screen.check }
				isBusy={ busy }
				disabled={ busy }
				accessibleWhenDisabled
				__next40pxDefaultSize
			>
				{ __( 'Check now', 'slashimage' ) }
			</Button>
			<CheckMessage screen={ screen } links={ links } />
		</>
	);
}
