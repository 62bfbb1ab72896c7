import { __, _n, sprintf } from '@wordpress/i18n';
import { checks, checkTitles, worst } from '../validation/doctor.ts';
import type { CheckResult } from '../validation/doctor-schemas.ts';
import type { Connection } from '../validation/schemas.ts';
import { isOver, keyWorks, verdictOf, type Run } from './run.ts';
import { formatNumber } from '../admin/format.ts';
import { problemMessage } from '../admin/messages.ts';
import { t } from '../admin/translate.ts';

// What is said about a run, shown and spoken.

/** Says which check is running, the one after the results. */
export function stepLine( results: Run[ 'results' ] ): string {
	const check = checks[ results.length ] ?? checks[ 0 ];
	/* translators: 1: number of a check, 2: how many there are, 3: what it looks at. */
	const line = __( 'Check %1$s of %2$s: %3$s', 'slashimage' );
	return sprintf(
		line,
		formatNumber( results.length + 1 ),
		formatNumber( checks.length ),
		t( checkTitles[ check ] )
	);
}

/** Says what a run came to, in one or two sentences. */
export function verdictLine( results: Run[ 'results' ], { state }: Connection ): string {
	const lines = [ isOver( results ) ? '' : stoppedLine( results ), tagLine( results ) ];
	if ( state === 'reconnect' && keyWorks( results ) ) {
		lines.push( __( 'The key works again. Press Check now to go on.', 'slashimage' ) );
	}
	return lines.filter( Boolean ).join( ' ' );
}

/** Says what to do first; empty where there is nothing to do. */
export function firstLine( results: Run[ 'results' ] ): string {
	const advice = verdictOf( results ).first?.advice;
	/* translators: %s: an advice, a whole sentence. */
	return advice ? sprintf( __( 'First: %s', 'slashimage' ), advice ) : '';
}

/** Says aloud what happened between two moments of a run, in one go: a second announcement would cut off the first. */
export function runAnnouncement( before: Run, { status, results }: Run, connection: Connection ): string {
	if ( before.status.tag !== 'running' ) {
		return status.tag === 'running' ? __( 'Running the checks…', 'slashimage' ) : '';
	}
	const lines = results.slice( before.results.length ).map( problemLine );
	if ( status.tag === 'failed' ) {
		lines.push( ...problemMessage( status.problem, connection ).lines );
	}
	if ( status.tag === 'rest' ) {
		lines.push( verdictLine( results, connection ), firstLine( results ) );
	}
	return lines.filter( Boolean ).join( ' ' );
}

function problemLine( { check, findings }: CheckResult ): string {
	return worst( findings ) === 'bad' ? `${ t( checkTitles[ check ] ) }: ${ findings[ 0 ]?.seen ?? '' }` : '';
}

function stoppedLine( { length }: Run[ 'results' ] ): string {
	/* translators: 1: how many checks were run, 2: how many there are. */
	const line = __( 'Stopped after %1$s of %2$s checks.', 'slashimage' );
	return sprintf( line, formatNumber( length ), formatNumber( checks.length ) );
}

function tagLine( results: Run[ 'results' ] ): string {
	switch ( verdictOf( results ).tag ) {
		case 'bad':
			return badLine( results.filter( ( { findings } ) => worst( findings ) === 'bad' ).length );
		case 'attention':
			return __( 'No problem was found, but something needs attention.', 'slashimage' );
		case 'good':
			return __(
				'All is good. Verified: the key, the way to the service, the domain, the plan, the queue and the files.',
				'slashimage'
			);
		case 'unfinished':
			return '';
	}
}

function badLine( count: number ): string {
	/* translators: %s: number of problems. */
	const line = _n( '%s problem was found.', '%s problems were found.', count, 'slashimage' );
	return sprintf( line, formatNumber( count ) );
}
