import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { GetTextTranslation, GetTextTranslations } from 'gettext-parser';
import { root } from '../paths.ts';

/** One thing to translate. */
export interface Message {
	text: string;
	plural?: string;
	context?: string;
	/** For translators. */
	comment?: string;
	/** Where it stands: a file's path in the project. */
	file: string;
}

/** Reads a source file of the project. Returns its text with the name translators see. */
export function source( path: string ): { file: string; text: string } {
	return { file: relative( root, path ).replaceAll( '\\', '/' ), text: readFileSync( path, 'utf8' ) };
}

/**
 * Joins messages that gettext can't tell apart (same text, same context): one entry with all places and comments. A
 * text that is a plural somewhere keeps its plural.
 */
export function join( messages: readonly Message[] ): GetTextTranslations[ 'translations' ] {
	const table: Record< string, Record< string, GetTextTranslation > > = {};
	for ( const { text, plural, context = '', comment, file } of messages ) {
		const entries = ( table[ context ] ??= {} );
		const entry = ( entries[ text ] ??= { msgid: text, msgstr: [ '' ] } );
		if ( context ) {
			entry.msgctxt = context;
		}
		if ( plural ) {
			entry.msgid_plural = plural;
			entry.msgstr = [ '', '' ];
		}
		entry.comments = {
			reference: lines( entry.comments?.reference, file ),
			extracted: lines( entry.comments?.extracted, comment ),
		};
	}
	return table;
}

function lines( before = '', added = '' ): string {
	return [ ...new Set( [ ...before.split( '\n' ), added ] ) ].filter( Boolean ).join( '\n' );
}
