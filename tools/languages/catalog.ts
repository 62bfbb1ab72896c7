import { join } from 'node:path';
import ts from 'typescript';
import * as doctor from '../../src/validation/doctor.ts';
import * as files from '../../src/validation/host-sentences.ts';
import * as report from '../../src/validation/report.ts';
import * as sentences from '../../src/validation/sentences.ts';
import { root } from '../paths.ts';
import { translatorsComment } from './comments.ts';
import { source, type Message } from './messages.ts';

/**
 * Returns every sentence of the catalog, which no call of `__` names. They are walked as values, because some are
 * built from others; the comments for translators come from the text of the file.
 */
export function catalogMessages(): Message[] {
	return Object.entries( catalog ).flatMap( ( [ name, values ] ) => messagesOf( name, values ) );
}

// What is shown of each file; the rest of a table is codes.
const catalog: Record< string, object > = {
	'src/validation/doctor.ts': {
		changeKeySentences: doctor.changeKeySentences,
		checkTitles: doctor.checkTitles,
		stepSentences: doctor.stepSentences,
		findings: Object.fromEntries(
			Object.entries< doctor.Finding >( doctor.findings ).map( ( [ code, { seen, advice } ] ) => [
				code,
				{ seen, ...( advice !== 'change_key' && { advice } ) },
			] )
		),
	},
	'src/validation/report.ts': {
		factLabels: report.factLabels,
		titles: Object.fromEntries( report.reportSections.map( ( { title } ) => [ title, title ] ) ),
	},
	'src/validation/host-sentences.ts': files,
	'src/validation/sentences.ts': sentences,
};

function messagesOf( name: string, values: object ): Message[] {
	const { file, text } = source( join( root, name ) );
	const comments = commentsByText( ts.createSourceFile( file, text, ts.ScriptTarget.Latest, true ) );
	// By name, because not everything that loads modules keeps their exports in one order.
	const named = Object.entries( values ).sort( ( [ a ], [ b ] ) => ( a < b ? -1 : 1 ) );
	return walk( Object.fromEntries( named ) ).map( ( [ sentence, plural ] ) => {
		const comment = comments.get( sentence ) ?? gaps( plural ?? sentence );
		return { text: sentence, file, ...( plural && { plural } ), ...( comment && { comment } ) };
	} );
}

type Forms = readonly [ text: string, plural?: string ];

// A list of two texts is a singular and its plural.
function walk( value: unknown ): Forms[] {
	if ( typeof value === 'string' ) {
		return [ [ value ] ];
	}
	if ( Array.isArray( value ) ) {
		return [ value as unknown as Forms ];
	}
	return typeof value === 'object' && value !== null ? Object.values( value ).flatMap( walk ) : [];
}

function commentsByText( file: ts.SourceFile ): Map< string, string > {
	const found = new Map< string, string >();
	const visit = ( node: ts.Node ): void => {
		const comment = ts.isStringLiteralLike( node ) && translatorsComment( node );
		if ( comment ) {
			found.set( node.text, comment );
		}
		ts.forEachChild( node, visit );
	};
	visit( file );
	return found;
}

function gaps( sentence: string ): string | undefined {
	const kinds = [
		sentence.includes( '%d' ) && '%d: a number.',
		sentence.includes( '%s' ) && '%s: a text.',
		sentence.includes( '$s' ) && '%1$s, %2$s …: what was seen.',
	];
	const said = kinds.filter( Boolean ).join( ' ' );
	return said ? `translators: ${ said }` : undefined;
}
