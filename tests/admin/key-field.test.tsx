// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { inserted } from '../../src/admin/use-key-field.ts';
import { causeSentences, fieldSentences } from '../../src/validation/sentences.ts';
import { button, draw, field, focused, heard, paste, posts, wait } from './draw.tsx';
import { disconnected, key } from './fixtures.ts';

const wrong: Record< string, [ text: string, sentence: string ] > = {
	key_masked: [ 'sk_live_••••••••9f3c', 'This is the masked form of a key.' ],
	key_test: [ 'sk_test_abc', 'This looks like a test key of another service.' ],
	key_other_sk: [ 'sk-proj-abcdef', 'This looks like a key of another service.' ],
	key_other_pk: [ 'pk_live_abcdef', 'This looks like a publishable key of another service.' ],
	key_shortpixel: [ 'abcdefghij0123456789', 'This looks like a ShortPixel key.' ],
	key_akismet: [ '0123456789ab', 'This looks like an Akismet key.' ],
	key_beginning: [ 'sk_li', 'This is only the beginning of a key.' ],
	key_cut_off: [ key.slice( 0, -4 ), 'The key is cut off: 4 characters are missing at the end.' ],
	key_too_long: [ `${ key }ab`, 'The key is too long: there are 2 characters too many.' ],
	key_wrong_character: [ key.replace( 'f', 'g' ), 'The character “g” can not be in a key.' ],
	key_no_prefix: [ key.slice( 8 ), 'The beginning is missing: a key starts with' ],
	key_unknown: [ 'what is this', 'This does not look like an API key.' ],
};

describe( 'the key field, with something that is not a key', () => {
	it.each( Object.keys( causeSentences ).filter( ( cause ) => cause !== 'key_empty' ) )(
		'%s: says the documented sentence and the cause, and asks nobody',
		async ( cause ) => {
			const { site, user } = draw( disconnected() );
			const [ text, sentence ] = wrong[ cause ] ?? [ '', '' ];
			await paste( user, text );
			expect( screen.getByText( fieldSentences.malformed ) ).toBeTruthy();
			expect( screen.getByText( sentence, { exact: false } ) ).toBeTruthy();
			await heard( sentence );
			expect( field().getAttribute( 'aria-invalid' ) ).toBe( 'true' );
			await user.keyboard( '{Enter}' );
			await user.click( button( 'Connect' ) );
			expect( screen.getByText( fieldSentences.malformed ) ).toBeTruthy();
			expect( site.requests ).toEqual( [] );
		}
	);

	it( 'says that it is empty only when the button is pressed', async () => {
		const { site, user } = draw( disconnected() );
		await user.click( field() );
		await user.tab();
		expect( screen.queryByText( fieldSentences.malformed ) ).toBeNull();
		await user.click( button( 'Connect' ) );
		expect( screen.getByText( 'Paste your API key first.' ) ).toBeTruthy();
		await focused( () => field() );
		expect( site.requests ).toEqual( [] );
	} );

	it( 'speaks while one types, when the typing pauses, and takes it back with the next change', async () => {
		const { user } = draw( disconnected(), undefined, { settle: 400 } );
		await user.type( field(), 'sk_live_12' );
		expect( screen.queryByText( fieldSentences.malformed ) ).toBeNull();
		await waitFor( () =>
			expect( screen.getByText( 'The key is cut off: 46 characters are missing at the end.' ) )
		);
		await user.type( field(), '3' );
		expect( screen.queryByText( fieldSentences.malformed ) ).toBeNull();
		expect( field().getAttribute( 'aria-invalid' ) ).toBe( 'false' );
	} );

	it( 'has nothing to say about a field that was emptied', async () => {
		const { user } = draw( disconnected(), undefined, { settle: 20 } );
		await paste( user, 'sk_li' );
		await user.clear( field() );
		await wait( 60 );
		expect( screen.queryByText( fieldSentences.malformed ) ).toBeNull();
	} );
} );

describe( 'the key field, with a key', () => {
	it( 'cleans what was pasted, says what it took away, and shows the key', async () => {
		const { site, user } = draw( disconnected() );
		await paste( user, `"\u200b${ key } "` );
		expect( field().value ).toBe( key );
		expect( screen.getByText( 'The key is complete.' ) ).toBeTruthy();
		expect( screen.getByText( 'Hidden characters were removed.' ) ).toBeTruthy();
		expect( screen.getByText( 'Text around the key was removed.' ) ).toBeTruthy();
		expect( posts( site ) ).toEqual( [] );
	} );

	it( 'keeps password managers, spell checkers and correction away', () => {
		draw( disconnected() );
		expect( field().getAttribute( 'autocomplete' ) ).toBe( 'off' );
		expect( field().getAttribute( 'spellcheck' ) ).toBe( 'false' );
		expect( field().getAttribute( 'autocapitalize' ) ).toBe( 'none' );
		expect( field().hasAttribute( 'data-1p-ignore' ) ).toBe( true );
	} );
} );

describe( 'inserted', () => {
	it.each( [
		[ '', 'a', 1 ],
		[ 'abc', 'abXc', 1 ],
		[ 'abc', 'ab', 0 ],
		[ '', 'abc', 3 ],
		[ 'abc', 'xyz', 3 ],
		[ 'aaa', 'aaaa', 1 ],
	] )( '%j to %j: %i', ( before, after, count ) => {
		expect( inserted( before, after ) ).toBe( count );
	} );
} );
