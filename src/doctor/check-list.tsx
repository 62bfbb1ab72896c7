import type { ReactNode } from 'react';
import { __ } from '@wordpress/i18n';
import { checks, checkTitles, worst, type CheckName, type FindingStatus } from '../validation/doctor.ts';
import type { CheckResult } from '../validation/doctor-schemas.ts';
import { AdviceLink } from './advice-link.tsx';
import type { Run } from './run.ts';
import type { Links } from '../admin/help-link.tsx';
import { Moment } from '../admin/moment.tsx';
import { t } from '../admin/translate.ts';

interface Props {
	run: Run;
	links: Links;
}

/** The ten checks, each with its status and what was found. */
export function CheckList( { run: { status, results }, links }: Props ) {
	const running = status.tag === 'running';
	if ( results.length === 0 && ! running ) {
		return null;
	}
	const newest = results.at( -1 )?.at ?? 0;
	return (
		<ol className="slashimage-checks">
			{ checks.map( ( check, place ) => {
				const result = results[ place ];
				const waiting = running && place === results.length ? 'running' : 'not_run';
				return (
					<Check key={ check } check={ check } status={ result ? worst( result.findings ) : waiting }>
						{ result && <Findings result={ result } links={ links } newest={ newest } /> }
					</Check>
				);
			} ) }
		</ol>
	);
}

interface CheckProps {
	check: CheckName;
	status: FindingStatus | 'running' | 'not_run';
	children: ReactNode;
}

function Check( { check, status, children }: CheckProps ) {
	return (
		<li>
			<h3>
				{ t( checkTitles[ check ] ) }{ ' ' }
				<span className={ `slashimage-verdict is-${ status }` }>{ words()[ status ] }</span>
			</h3>
			{ children }
		</li>
	);
}

const words = (): Record< CheckProps[ 'status' ], string > => ( {
	good: __( 'Good', 'slashimage' ),
	not_needed: __( 'Not needed', 'slashimage' ),
	attention: __( 'Attention', 'slashimage' ),
	bad: __( 'Problem', 'slashimage' ),
	running: __( 'Running…', 'slashimage' ),
	not_run: __( 'Not run', 'slashimage' ),
} );

// A good result that was kept when the run went on later says how old it is.
function Findings( { result, links, newest }: { result: CheckResult; links: Links; newest: number } ) {
	return (
		<>
			{ result.findings.map( ( { code, seen, advice, link } ) => (
				<div key={ `${ code } ${ seen }` }>
					<p>{ seen }</p>
					{ advice && (
						<p>
							<strong>{ advice }</strong> <AdviceLink name={ link } links={ links } />
						</p>
					) }
				</div>
			) ) }
			{ newest - result.at > 60 && (
				<p className="slashimage-quiet">
					<Moment at={ result.at } />
				</p>
			) }
		</>
	);
}
