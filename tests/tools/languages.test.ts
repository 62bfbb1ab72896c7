import { mo, po } from 'gettext-parser';
import { describe, expect, test } from 'vitest';
import { noticeLink, noticeSentences } from '../../src/validation/sentences.ts';
import { callMessages, literals } from '../../tools/languages/calls.ts';
import { catalogMessages } from '../../tools/languages/catalog.ts';
import { messages, template, templateFile } from '../../tools/languages/template.ts';
import { compiled, entries, languages, untranslated, type Language } from '../../tools/languages/translations.ts';

const found = ( text: string, file = 'src/admin/field.tsx' ): ReturnType< typeof callMessages > =>
	callMessages( { file, text }, 'slashimage' );

describe( 'callMessages', () => {
	test.each( [
		[ "a\n__( 'Hello' )", 'src/admin/field.tsx:2: __() needs the text domain' ],
		[ "__( 'Hello', 'other' )", "__() needs the text domain 'slashimage'" ],
		[ "__( 'Hello', domain )", '__() needs the text domain' ],
		[ "_n( '%d key', '%d keys', 2 )", '_n() needs the text domain' ],
		[ "__( hello, 'slashimage' )", '__() needs its text written out' ],
		[ "__( `Hello ${ name }`, 'slashimage' )", '__() needs its text written out' ],
		[ "_x( 'Hello', context, 'slashimage' )", '_x() needs its text written out' ],
		[ "i18n._n( 'key', keys, 2, 'slashimage' )", '_n() needs its text written out' ],
	] )( '%s is an error', ( text, expected ) => {
		expect( () => found( text ) ).toThrow( expected );
	} );

	test( 'translate.ts may pass on the sentences of the catalog, but needs the domain too', () => {
		expect( found( "__( sentence, 'slashimage' )", 'src/admin/translate.ts' ) ).toEqual( [] );
		expect( () => found( '__( sentence )', 'src/admin/translate.ts' ) ).toThrow( 'text domain' );
	} );

	test( 'finds texts, plurals and contexts, also in JSX', () => {
		const file = 'src/admin/field.tsx';
		expect( found( "<p title={ __( 'Hello', 'slashimage' ) }>{ _x( 'Key', 'noun', 'slashimage' ) }</p>" ) ).toEqual(
			[
				{ text: 'Hello', file },
				{ text: 'Key', context: 'noun', file },
			]
		);
		expect( found( "_nx( '%d key', '%d keys', n, 'noun', 'slashimage' )" ) ).toEqual( [
			{ text: '%d key', plural: '%d keys', context: 'noun', file },
		] );
	} );

	test.each( [
		"sprintf( /* translators: %s: a name. */ __( 'Hi %s', 'slashimage' ), name )",
		"sprintf(\n\t// translators: %s: a name.\n\t__( 'Hi %s', 'slashimage' ), name )",
		"/* translators: %s: a name. */\nconst a = sprintf( __( 'Hi %s', 'slashimage' ), name );",
		"<p>{ sprintf(\n\t/* translators: %s: a name. */\n\t__( 'Hi %s', 'slashimage' ), name ) }</p>",
	] )( 'finds the comment for translators in %s', ( text ) => {
		expect( found( text )[ 0 ]?.comment ).toBe( 'translators: %s: a name.' );
	} );

	test( "a neighbour's comment is not taken", () => {
		const texts = found( "/* translators: %s: x. */\n__( 'a %s', 'slashimage' );\n__( 'b', 'slashimage' );" );
		expect( texts.map( ( { comment } ) => comment ) ).toEqual( [ 'translators: %s: x.', undefined ] );
	} );
} );

describe( 'the template', () => {
	test( 'has the documented sentences, the plurals, the rooms and the header', () => {
		const all = entries( template() );
		const texts = all.map( ( { msgid } ) => msgid );
		expect( texts ).toContain( 'Paused - reconnect your API key' );
		expect( texts ).toContain( 'That did not work. Reload the page.' );
		expect( texts ).toContain( 'SlashImage' );
		expect(
			all.find( ( { msgid_plural: plural } ) => plural?.startsWith( 'The key is cut off' ) )?.msgstr
		).toEqual( [ '', '' ] );
		expect( new Set( texts ).size ).toBe( texts.length );
	} );

	test( 'explains every gap of the catalog', () => {
		const gaps = catalogMessages().filter( ( { text } ) => /%[sd]/.test( text ) );
		expect( gaps.length ).toBeGreaterThan( 3 );
		expect( gaps.filter( ( { comment } ) => ! comment?.startsWith( 'translators:' ) ) ).toEqual( [] );
		expect( gaps.find( ( { text } ) => text.includes( 'not allowed on' ) )?.comment ).toContain(
			"the site's domain"
		);
	} );

	test( 'can be read back', () => {
		expect( entries( po.parse( templateFile() ) ) ).toHaveLength( entries( template() ).length );
	} );
} );

describe( 'a language', () => {
	const language = ( text: string ): Language => ( {
		locale: 'xx',
		table: po.parse( `msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n${ text }` ),
	} );
	const wanted = ( text: string ): ReturnType< typeof template > =>
		template( [ { text, plural: `${ text }s`, file: 'a' } ] );

	test.each( [
		[ 'missing', '' ],
		[ 'empty', 'msgid "key"\nmsgid_plural "keys"\nmsgstr[0] ""\nmsgstr[1] ""' ],
		[ 'one form short', 'msgid "key"\nmsgid_plural "keys"\nmsgstr[0] "ab"' ],
		[ 'a guess', '#, fuzzy\nmsgid "key"\nmsgid_plural "keys"\nmsgstr[0] "ab"\nmsgstr[1] "abs"' ],
	] )( 'is not translated when a text is %s', ( _, text ) => {
		expect( untranslated( language( text ), wanted( 'key' ) ) ).toEqual( [ 'key' ] );
	} );

	test( 'is compiled without its guesses, and for a script only with the texts of that script', () => {
		const xx = language(
			'msgid "one"\nmsgstr "eins…"\n\nmsgid "two…"\nmsgstr "zwei"\n\n#, fuzzy\nmsgid "three"\nmsgstr "drei"\n\n' +
				'msgctxt "noun"\nmsgid "one"\nmsgstr "Eins"'
		);
		const scripts = new Map( [
			[ 'admin', 'a("one")' ],
			[ 'status', 'a("two\\u2026")' ],
			[ 'notices', 'a(1)' ],
		] );
		const files = compiled( xx, scripts );
		expect( [ ...files.keys() ] ).toEqual( [
			'slashimage-xx.mo',
			'slashimage-xx-slashimage-admin.json',
			'slashimage-xx-slashimage-status.json',
		] );
		const texts = ( name: string ): object => JSON.parse( String( files.get( name ) ) ).locale_data.messages;
		const head = { domain: 'messages', lang: 'xx', 'plural-forms': 'nplurals=2; plural=(n != 1);' };
		expect( texts( 'slashimage-xx-slashimage-admin.json' ) ).toEqual( {
			'': head,
			one: [ 'eins…' ],
			'noun\u0004one': [ 'Eins' ],
		} );
		expect( texts( 'slashimage-xx-slashimage-status.json' ) ).toEqual( { '': head, 'two…': [ 'zwei' ] } );
		const compiledMo = mo.parse( files.get( 'slashimage-xx.mo' ) as Buffer );
		expect(
			entries( compiledMo )
				.map( ( { msgid } ) => msgid )
				.sort()
		).toEqual( [ 'one', 'one', 'two…' ] );
	} );

	test.each( languages().map( ( { locale, table } ) => [ locale, table ] as const ) )(
		'%s is complete',
		( locale, table ) => {
			expect( untranslated( { locale, table } ) ).toEqual( [] );
		}
	);

	test.each( languages().map( ( { locale, table } ) => [ locale, table ] as const ) )(
		'%s keeps every gap',
		( _, table ) => {
			const gaps = ( text: string ): string[] => ( text.match( /%(?:\d\$)?[sd]/g ) ?? [] ).sort();
			const wrong = entries( table ).filter( ( { msgid, msgid_plural: plural, msgstr } ) =>
				msgstr.some( ( text ) => gaps( text ).join() !== gaps( plural ?? msgid ).join() )
			);
			expect( wrong ).toEqual( [] );
		}
	);
} );

test( 'the German notices contain the words of their link', () => {
	const german = languages().find( ( { locale } ) => locale === 'de_DE' )?.table.translations[ '' ] ?? {};
	const link = german[ noticeLink ]?.msgstr[ 0 ] ?? '?';
	Object.values( noticeSentences ).forEach( ( text ) => expect( german[ text ]?.msgstr[ 0 ] ).toContain( link ) );
} );

test( 'literals reads a script as its parser does', () => {
	expect( literals( "a(\"Optimizing\\u2026\", 'it\\'s', `b`)" ) ).toEqual(
		new Set( [ 'Optimizing…', "it's", 'b' ] )
	);
} );

test( 'messages says where each text stands', () => {
	expect( messages().every( ( { file } ) => file === 'plugin.json' || file.startsWith( 'src/' ) ) ).toBe( true );
} );
