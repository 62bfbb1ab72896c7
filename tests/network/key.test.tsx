// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fieldSentences, outcomeSentences } from '../../src/validation/sentences.ts';
import { button, field, focused, heard, paste, posts } from '../admin/draw.tsx';
import { refusal } from '../admin/fixtures.ts';
import { draw } from './draw.tsx';
import { key, keyless, network, row, sites } from './fixtures.ts';

const sent = `POST /network/key ${ JSON.stringify( { key } ) }`;
const text = ( sentence: string | RegExp ) => screen.findByText( sentence );
const heading = () => screen.getByRole( 'heading', { name: 'Key of the network' } );

describe( 'setting the key', () => {
	it( 'says while pasting what is wrong, and asks nobody', async () => {
		const { site, user } = draw( keyless() );
		await paste( user, key.slice( 0, -2 ) );
		await text( 'The key is cut off: 2 characters are missing at the end.' );
		await user.click( button( 'Set key' ) );
		expect( site.requests ).toEqual( [] );
		await focused( field );
	} );

	it( 'shows the new key, says that the sites take it over, and watches them', async () => {
		const { site, user } = draw( keyless(), { poll: 40, slow: 40 } );
		const taken = network( {
			sites: sites( [ row( 1, { name: 'Shop', state: 'disconnected', source: 'none' } ) ] ),
		} );
		site.answer( 'POST /network/key', { body: taken } );
		site.answer( 'GET /network', { body: network( { sites: sites( [ row( 1, { name: 'Shop' } ) ] ) } ) } );
		await paste( user, key );
		await user.click( button( 'Set key' ) );
		await text( 'sk_live_…9f3c' );
		await heard( 'The key works. The sites take it over in the next minutes.' );
		expect( screen.queryByRole( 'textbox' ) ).toBeNull();
		await focused( heading );
		expect( await text( 'Connected' ) ).toBeTruthy();
		expect( posts( site ) ).toEqual( [ sent ] );
		expect( document.documentElement.outerHTML ).not.toContain( key );
	} );

	it.each( [
		[ 'refused', refusal( 422, 'invalid_key' ), fieldSentences.refused ],
		[ 'out of reach', refusal( 424, 'no_answer', { kind: 'dns', status: 0 } ), fieldSentences.unreachable ],
		[ 'set in a file meanwhile', refusal( 409, 'key_managed' ), /set in its configuration/ ],
	] )( '%s: says so, and keeps the text', async ( _, answer, sentence ) => {
		const { site, user } = draw( keyless() );
		site.answer( 'POST /network/key', answer );
		await paste( user, key );
		await user.keyboard( '{Enter}' );
		await text( sentence );
		expect( field().value ).toBe( key );
		await focused( field );
		expect( button( 'Set key' ) ).toBeTruthy();
	} );

	it( 'names the domain of the main site where the key is locked to others', async () => {
		const { site, user } = draw( keyless() );
		site.answer( 'POST /network/key', refusal( 422, 'domain_not_allowed' ) );
		await paste( user, key );
		await user.click( button( 'Set key' ) );
		await text( 'The service sees this site as example.com.' );
		expect( screen.getByRole( 'link', { name: /How to allow a domain/ } ) ).toBeTruthy();
	} );

	it( 'replaces a key in place; Escape puts the field away and the focus back', async () => {
		const { site, user } = draw( network() );
		await user.click( button( 'Replace key' ) );
		await focused( field );
		await user.keyboard( '{Escape}' );
		await focused( () => button( 'Replace key' ) );
		expect( site.requests ).toEqual( [] );
		await user.click( button( 'Replace key' ) );
		site.answer( 'POST /network/key', {
			body: network( { key: { ...network().key, fingerprint: 'sk_live_…cdef' } } ),
		} );
		await paste( user, key );
		await user.click( button( 'Replace key' ) );
		await text( 'sk_live_…cdef' );
		expect( posts( site ) ).toEqual( [ sent ] );
	} );

	it( 'that is cancelled is withdrawn', async () => {
		const { site, user } = draw( keyless() );
		site.answer( 'POST /network/key/withdraw', { body: keyless() } );
		await paste( user, key );
		await user.click( button( 'Set key' ) );
		await waitFor( () => expect( posts( site ) ).toEqual( [ sent ] ) );
		await user.click( button( 'Cancel' ) );
		await waitFor( () => expect( posts( site ) ).toEqual( [ sent, 'POST /network/key/withdraw' ] ) );
		expect( button( 'Set key' ) ).toBeTruthy();
	} );

	it( 'finds out that it went through though nobody waited any more', async () => {
		const { site, user } = draw( keyless(), { giveUp: 100, poll: 40, slow: 40 } );
		await paste( user, key );
		await user.click( button( 'Set key' ) );
		await text( fieldSentences.unreachable );
		site.answer( 'GET /network', { body: network() } );
		await text( 'sk_live_…9f3c' );
	} );
} );

describe( 'removing the key', () => {
	it( 'asks first, and does nothing when the answer is no', async () => {
		const { site, user } = draw( network() );
		await user.click( button( 'Remove key' ) );
		const dialog = screen.getByRole( 'dialog', { name: 'Remove the key of the network?' } );
		await user.click( within( dialog ).getByRole( 'button', { name: 'Cancel' } ) );
		expect( screen.queryByRole( 'dialog' ) ).toBeNull();
		expect( site.requests ).toEqual( [] );
	} );

	it( 'takes it away and says so', async () => {
		const { site, user } = draw( network() );
		site.answer( 'POST /network/key/disconnect', { body: keyless() } );
		await user.click( button( 'Remove key' ) );
		await user.click( within( screen.getByRole( 'dialog' ) ).getByRole( 'button', { name: 'Remove key' } ) );
		await waitFor( () => expect( screen.queryByRole( 'dialog' ) ).toBeNull() );
		await heard( 'The key was removed.' );
		expect( button( 'Set key' ) ).toBeTruthy();
		await focused( heading );
	} );

	it( 'says in the dialog what went wrong', async () => {
		const { site, user } = draw( network() );
		site.answer( 'POST /network/key/disconnect', refusal( 500, 'internal_server_error' ) );
		await user.click( button( 'Remove key' ) );
		const dialog = screen.getByRole( 'dialog' );
		await user.click( within( dialog ).getByRole( 'button', { name: 'Remove key' } ) );
		await within( dialog ).findByText( /internal_server_error/ );
	} );
} );

describe( 'a key from elsewhere', () => {
	it.each( [
		[ 'env', 'the environment variable SLASHIMAGE_API_KEY' ],
		[ 'constant', 'the constant SLASHIMAGE_API_KEY' ],
	] as const )( '%s: is named, and can not be changed here', async ( source, place ) => {
		const from = { source, name: 'SLASHIMAGE_API_KEY', fingerprint: 'sk_sub_…1111', settable: false };
		const others = [ { source: 'network' as const, name: null, fingerprint: 'sk_live_…9f3c' } ];
		draw( network( { key: { ...from, others }, verified_at: null } ) );
		const managed = new RegExp( `The key comes from ${ place }, so it can not be changed here` );
		expect( screen.getByText( managed ) ).toBeTruthy();
		expect( screen.getByText( 'sk_sub_…1111' ) ).toBeTruthy();
		expect( screen.getByText( 'Not used: the key from the network (sk_live_…9f3c).' ) ).toBeTruthy();
		expect( screen.queryByRole( 'button', { name: /Set key|Replace key/ } ) ).toBeNull();
		// What is stored and not used can still be taken away.
		expect( button( 'Remove key' ) ).toBeTruthy();
	} );

	it( 'that was set meanwhile: takes the field away', async () => {
		const { site, user } = draw( network(), { poll: 40, slow: 40 } );
		const from = { source: 'constant' as const, name: 'SLASHIMAGE_API_KEY', fingerprint: 'sk_sub_…1111' };
		site.answer( 'POST /network/key', refusal( 409, 'key_managed' ) );
		site.answer( 'GET /network', { body: network( { key: { ...from, settable: false, others: [] } } ) } );
		await user.click( button( 'Replace key' ) );
		await paste( user, key );
		await user.click( button( 'Replace key' ) );
		await text( 'sk_sub_…1111' );
		expect( screen.queryByRole( 'textbox' ) ).toBeNull();
	} );

	it( 'that is no key: says why nothing works', () => {
		const from = { source: 'constant' as const, name: 'SLASHIMAGE_API_KEY', fingerprint: '?', settable: false };
		draw( network( { key: { ...from, others: [] }, problem: 'key_malformed', verified_at: null } ) );
		expect( screen.getByText( outcomeSentences.key_malformed ) ).toBeTruthy();
		expect( screen.queryByRole( 'button', { name: 'Remove key' } ) ).toBeNull();
	} );
} );
