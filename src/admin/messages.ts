import { __, sprintf } from '@wordpress/i18n';
import type { KeyReading } from '../validation/key.ts';
import type { OutcomeCode } from '../validation/outcomes.ts';
import { outcomes } from '../validation/outcomes.ts';
import type { Connection, Seen } from '../validation/schemas.ts';
import {
	causeSentences,
	cleaningSentences,
	fieldSentences,
	outcomeSentences,
	requestSentences,
	seenSentences,
} from '../validation/sentences.ts';
import type { Problem } from './errors.ts';
import { domainLine, sessionLine } from './lines.ts';
import { fill, t, tn } from './translate.ts';

/** What is said to a person: the documented sentence first, then what else is known. */
export interface Message {
	tone: 'error' | 'good' | 'note';
	lines: string[];
	/** The help that goes with it. */
	help?: 'domain' | 'reload';
}

/** Says what the text in the field is, and what cleaning took away from it. */
export function readingMessage( reading: KeyReading ): Message {
	const removed = reading.removed.map( ( note ) => t( cleaningSentences[ note ] ) );
	if ( reading.ok ) {
		return { tone: 'good', lines: [ __( 'The key is complete.', 'slashimage' ), ...removed ] };
	}
	return { tone: 'error', lines: [ t( fieldSentences.malformed ), causeLine( reading ), ...removed ] };
}

/** Says why an attempt failed. `connection` is what stays in force, because a failed attempt changes nothing. */
export function problemMessage( problem: Problem, connection: Connection ): Message {
	switch ( problem.tag ) {
		case 'malformed':
			return error( t( fieldSentences.malformed ), causeLine( problem ) );
		case 'refused':
			return refusedMessage( problem.code, connection );
		case 'unreachable':
			return error( t( fieldSentences.unreachable ), seenLine( problem.seen ), keptLine( connection ) );
		case 'request':
			return error( t( requestSentences[ problem.code ] ) );
		default:
			return siteMessage( problem );
	}
}

function refusedMessage( code: OutcomeCode, connection: Connection ): Message {
	const refused = t( fieldSentences.refused );
	return isDomain( code )
		? {
				...error( refused, t( outcomeSentences[ code ] ), domainLine( connection ), keptLine( connection ) ),
				help: 'domain',
			}
		: error( refused, keptLine( connection ) );
}

// Between the browser and its own site: the service has no part in these.
function siteMessage(
	problem: Extract< Problem, { tag: 'session' | 'blocked' | 'offline' | 'slow' | 'garbled' | 'broken' } >
): Message {
	switch ( problem.tag ) {
		case 'session':
			return { ...error( sessionLine() ), help: 'reload' };
		case 'blocked':
			return error( ...blockedLines( problem ) );
		case 'offline':
			return error(
				__(
					'Your browser could not reach this site. Check your internet connection, then try again.',
					'slashimage'
				)
			);
		case 'slow':
			return error( __( 'This site did not answer in time. Try again in a moment.', 'slashimage' ) );
		case 'garbled':
			return error(
				__( 'Something other than WordPress answered in place of this site.', 'slashimage' ),
				__(
					'A security plugin, a firewall or maintenance mode can do that. Reload the page, then try again.',
					'slashimage'
				)
			);
		case 'broken':
			return error(
				__(
					'This site answered with an error of its own. Try again, or look at Tools > Site Health.',
					'slashimage'
				),
				/* translators: 1: an error code, 2: an HTTP status. */
				sprintf( __( 'What was seen: %1$s (status %2$d).', 'slashimage' ), problem.code, problem.status )
			);
	}
}

/** Says that somebody else's code keeps this screen from asking its own site, and whose, where that is known. */
function blockedLines( { code, by }: Extract< Problem, { tag: 'blocked' } > ): string[] {
	return [
		/* translators: %s: an error code. */
		sprintf( __( 'REST API requests are blocked on this site (%s).', 'slashimage' ), code ),
		by
			? /* translators: %s: the names of plugins. */
				sprintf( __( 'Allow the REST API for logged-in users in the settings of %s.', 'slashimage' ), by )
			: __( 'A security plugin or a firewall may do that. Run the checks to find out which.', 'slashimage' ),
	];
}

const isDomain = ( code: OutcomeCode ): code is keyof typeof outcomeSentences => {
	const outcome = outcomes[ code ];
	return 'reason' in outcome && outcome.reason === 'domain';
};

const error = ( ...lines: string[] ): Message => ( { tone: 'error', lines: lines.filter( Boolean ) } );

// Only where there is something to lose: a key that works.
const keptLine = ( { state, key }: Connection ): string =>
	state === 'connected'
		? /* translators: %s: the first and last characters of an API key. */
			sprintf( __( 'Nothing was changed: %s stays the key of this site.', 'slashimage' ), key.fingerprint )
		: '';

function causeLine( { cause, count, character }: Extract< KeyReading, { ok: false } > | CauseOnly ): string {
	const [ one, many ] = causeSentences[ cause ];
	if ( many !== undefined ) {
		return count === undefined ? '' : fill( tn( one, many, count ), count );
	}
	return one.includes( '%s' ) && ! character ? '' : fill( t( one ), character ?? '' );
}

// The server names only the cause.
interface CauseOnly {
	cause: Extract< KeyReading, { ok: false } >[ 'cause' ];
	count?: number;
	character?: string;
}

function seenLine( seen: Seen | null ): string {
	const sentence = seen && ( seenSentences as Record< string, string > )[ seen.kind ];
	return sentence ? fill( t( sentence ), seen.status ) : '';
}
