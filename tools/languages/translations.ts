import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { mo, po, type GetTextTranslation, type GetTextTranslations } from 'gettext-parser';
import { manifest } from '../manifest.ts';
import { root } from '../paths.ts';
import { literals } from './calls.ts';
import { template } from './template.ts';

/** A language: `de_DE` and its table. */
export interface Language {
	locale: string;
	table: GetTextTranslations;
}

/** Reads the translations in languages/, which are named as WordPress names them: <slug>-<locale>.po. */
export function languages(): Language[] {
	return globSync( `languages/${ manifest.slug }-*.po`, { cwd: root } )
		.sort()
		.map( ( path ) => ( {
			locale: basename( path, '.po' ).slice( manifest.slug.length + 1 ),
			table: po.parse( readFileSync( join( root, path ) ) ),
		} ) );
}

/** Returns the texts a language does not have yet, or has fewer plural forms of than its grammar. */
export function untranslated( { table }: Language, wanted: GetTextTranslations = template() ): string[] {
	const forms = Number( /nplurals=(\d+)/.exec( table.headers[ 'Plural-Forms' ] ?? '' )?.[ 1 ] ?? 1 );
	return entries( wanted )
		.filter( ( { msgid, msgctxt = '', msgid_plural: plural } ) => {
			const found = table.translations[ msgctxt ]?.[ msgid ];
			return ! found || ! isDone( found ) || found.msgstr.length < ( plural ? forms : 1 );
		} )
		.map( ( { msgid } ) => msgid );
}

/**
 * Returns a language's compiled files by name: the .mo PHP reads, and for each script the JSON WordPress prints before
 * it, `<slug>-<locale>-<handle>.json`, with only the texts of that script.
 */
export function compiled(
	{ locale, table }: Language,
	scripts: Map< string, string >
): Map< string, string | Buffer > {
	const name = `${ manifest.slug }-${ locale }`;
	const done = entries( table ).filter( isDone );
	const files = new Map< string, string | Buffer >( [
		[ `${ name }.mo`, mo.compile( withEntries( table, done ) ) ],
	] );
	for ( const [ entry, script ] of scripts ) {
		const texts = literals( script );
		const said = done.filter( ( { msgid } ) => texts.has( msgid ) );
		if ( said.length ) {
			files.set( `${ name }-${ manifest.slug }-${ entry }.json`, jed( table, locale, said ) );
		}
	}
	return files;
}

// A script that another one loads when it is needed finds its texts with that one's.
const loadedBy: Record< string, string > = { doctor: 'admin' };

/** Returns the built scripts by the room that WordPress prints. */
export function builtScripts( folder: string ): Map< string, string > {
	const scripts = new Map< string, string >();
	for ( const path of globSync( '*.js', { cwd: folder } ).sort() ) {
		const name = basename( path, '.js' );
		const room = loadedBy[ name ] ?? name;
		const script = readFileSync( join( folder, path ), 'utf8' );
		scripts.set( room, [ scripts.get( room ), script ].filter( Boolean ).join( '\n' ) );
	}
	return scripts;
}

/** Returns the entries of a table, without its header. */
export const entries = ( { translations }: GetTextTranslations ): GetTextTranslation[] =>
	Object.values( translations )
		.flatMap( ( context ) => Object.values( context ) )
		.filter( ( { msgid } ) => msgid !== '' );

const isDone = ( { msgstr, comments }: GetTextTranslation ): boolean =>
	msgstr.every( Boolean ) && ! comments?.flag?.includes( 'fuzzy' );

function withEntries( table: GetTextTranslations, list: GetTextTranslation[] ): GetTextTranslations {
	const headers = { ...table.headers, 'Content-Type': 'text/plain; charset=utf-8' };
	const translations: GetTextTranslations[ 'translations' ] = {};
	list.forEach( ( entry ) => ( ( translations[ entry.msgctxt ?? '' ] ??= {} )[ entry.msgid ] = entry ) );
	return { charset: 'utf-8', headers, translations };
}

function jed( { headers }: GetTextTranslations, locale: string, list: GetTextTranslation[] ): string {
	const texts = list.map( ( { msgid, msgctxt, msgstr } ) => [
		msgctxt ? `${ msgctxt }\u0004${ msgid }` : msgid,
		msgstr,
	] );
	const head = { domain: 'messages', lang: locale, 'plural-forms': headers[ 'Plural-Forms' ] };
	return JSON.stringify( {
		domain: 'messages',
		locale_data: { messages: { '': head, ...Object.fromEntries( texts ) } },
	} );
}
