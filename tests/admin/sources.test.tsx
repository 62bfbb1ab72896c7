// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/validation/schemas.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { button, draw, field, focused, heard, paste, posts } from './draw.tsx';
import { accepted, connected, disconnected, key, keyFrom, reconnect, refusal } from './fixtures.ts';

const own = keyFrom( 'network', { settable: true } );
const stored = { source: 'database', name: null, fingerprint: 'sk_live_…1111' } as const;
const constant = { source: 'constant', name: 'SLASHIMAGE_API_KEY', fingerprint: '' } as const;
const network = { source: 'network', name: null, fingerprint: 'sk_sub_…2222' } as const;
const envAnd = ( ...others: Connection[ 'key' ][ 'others' ] ) => keyFrom( 'env', { others } );
const hasButton = ( name: string ): boolean => screen.queryByRole( 'button', { name } ) !== null;

describe( 'where the key comes from', () => {
	it.each( [
		[ 'env', 'sk_live_…9f3c from the environment variable SLASHIMAGE_API_KEY' ],
		[ 'constant', 'sk_live_…9f3c from the constant SLASHIMAGE_API_KEY' ],
		[ 'network', 'sk_live_…9f3c from the network' ],
		[ 'database', 'sk_live_…9f3c from the settings of this site' ],
	] as const )( '%s', ( source, text ) => {
		draw( connected( { key: keyFrom( source ) } ) );
		expect( screen.getByText( 'Key' ).nextElementSibling?.textContent ).toBe( text );
	} );

	it.each( [
		[
			'env',
			/^The key comes from .*so it can not be changed here\. Copy the key again .* into the environment variable SLASHIMAGE_API_KEY/,
		],
		[ 'constant', /change the constant SLASHIMAGE_API_KEY in wp-config\.php/ ],
		[ 'network', /Ask a network administrator to copy the key of the network again/ ],
	] as const )( 'and what to do about a refused one: %s', ( source, advice ) => {
		draw( reconnect( { key: keyFrom( source ) } ) );
		expect( screen.getByText( advice ) ).toBeTruthy();
		expect( screen.queryByRole( 'textbox' ) ).toBeNull();
		expect( hasButton( 'Disconnect' ) ).toBe( false );
		expect( hasButton( 'Check now' ) ).toBe( true );
	} );
} );

describe( 'a site of a network', () => {
	it( 'that may use its own key: offers that, and no Disconnect', async () => {
		const { site, user } = draw( connected( { key: own } ) );
		expect( screen.getByText( 'This site uses the key of the network.' ) ).toBeTruthy();
		expect( hasButton( 'Replace key' ) ).toBe( false );
		expect( hasButton( 'Disconnect' ) ).toBe( false );
		await user.click( button( 'Use an own key' ) );
		await paste( user, key );
		site.answer( 'POST /connection', { body: accepted() } );
		await user.click( button( 'Connect' ) );
		await screen.findByRole( 'button', { name: 'Replace key' } );
		expect( hasButton( 'Disconnect' ) ).toBe( true );
	} );

	it( 'that may use its own key, the one of the network refused: has the field', () => {
		draw( reconnect( { key: own } ) );
		expect( field() ).toBeTruthy();
		expect( screen.getByText( /uses the key of the network.*Or paste a key for this site alone\.$/ ) ).toBeTruthy();
	} );

	it( 'without any key, and none to set: says who can', () => {
		draw( disconnected( { key: keyFrom( 'none', { settable: false } ) } ) );
		const sentence = 'A network administrator manages the key of this site, and has not set one yet.';
		expect( screen.getByText( sentence ) ).toBeTruthy();
		expect( screen.queryByRole( 'textbox' ) ).toBeNull();
		expect( hasButton( 'Check now' ) ).toBe( false );
	} );

	it( 'that gives up its own key: says that the one of the network is used, and uses it', async () => {
		const { site, user } = draw( connected( { key: keyFrom( 'database', { others: [ network ] } ) } ) );
		site.answer( 'POST /connection/disconnect', { body: connected( { key: own } ) } );
		site.answer( 'POST /connection', { body: connected() } );
		expect( hasButton( 'Remove the stored key' ) ).toBe( false );
		await user.click( button( 'Disconnect' ) );
		const dialog = within( await screen.findByRole( 'dialog' ) );
		expect( dialog.getByText( 'From then on this site uses the key of the network.' ) ).toBeTruthy();
		await user.click( dialog.getByRole( 'button', { name: 'Disconnect' } ) );
		await screen.findByText( 'This site uses the key of the network.' );
		await heard( 'The stored key was removed.' );
		expect( screen.queryByRole( 'dialog' ) ).toBeNull();
		await user.click( button( 'Use an own key' ) );
		await paste( user, key );
		await user.keyboard( '{Enter}' );
		await screen.findByRole( 'button', { name: 'Disconnect' } );
		expect( screen.queryByRole( 'dialog' ) ).toBeNull();
	} );
} );

describe( 'more than one key', () => {
	it( 'says which one wins, which ones do not, and what to remove', async () => {
		draw( connected( { key: envAnd( constant, network, stored ) } ) );
		const used = 'More than one key is set. The one from the environment variable SLASHIMAGE_API_KEY is used.';
		expect( screen.getByText( used ) ).toBeTruthy();
		expect(
			screen.getByText(
				/from the constant SLASHIMAGE_API_KEY \(\?\)\. Remove the constant SLASHIMAGE_API_KEY, or/
			)
		).toBeTruthy();
		expect( screen.getByText( /from the network \(sk_sub_…2222\)/ ) ).toBeTruthy();
		expect( screen.getByText( /from the settings of this site \(sk_live_…1111\)/ ) ).toBeTruthy();
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	it( 'removes the stored one, and stays connected', async () => {
		const { site, user } = draw( connected( { key: envAnd( stored ) } ) );
		site.answer( 'POST /connection/disconnect', refusal( 500, 'internal_server_error' ), {
			body: connected( { key: envAnd() } ),
		} );
		await user.click( button( 'Remove the stored key' ) );
		await screen.findByText( /This site answered with an error of its own/ );
		await user.dblClick( button( 'Remove the stored key' ) );
		await screen.findByText( 'The stored key was removed.' );
		await heard( 'The stored key was removed.' );
		expect( hasButton( 'Remove the stored key' ) ).toBe( false );
		expect( screen.getByText( 'Connected' ) ).toBeTruthy();
		expect( posts( site ) ).toEqual( [ 'POST /connection/disconnect', 'POST /connection/disconnect' ] );
		await focused( () => screen.getByRole( 'heading', { name: 'Connection Connected' } ) );
	} );

	it( 'says so, too, where the one in use is missing', () => {
		draw( disconnected( { key: keyFrom( 'none', { settable: false, others: [ stored ] } ) } ) );
		expect( screen.getByText( 'A key is set, but not used.' ) ).toBeTruthy();
		expect( button( 'Remove the stored key' ) ).toBeTruthy();
	} );
} );
