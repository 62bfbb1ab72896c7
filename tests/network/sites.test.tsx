// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { button, heard, posts, wait } from '../admin/draw.tsx';
import { originalsLine } from '../../src/admin/lines.ts';
import { refusal } from '../admin/fixtures.ts';
import { draw } from './draw.tsx';
import { keyless, network, row, sites } from './fixtures.ts';

const toggle = ( name: RegExp ) => screen.getByRole< HTMLInputElement >( 'checkbox', { name } );
const cells = ( name: RegExp ) =>
	within( screen.getByRole( 'row', { name } ) )
		.getAllByRole( 'cell' )
		.map( ( { lastChild } ) => lastChild?.textContent );

describe( 'the sites', () => {
	it( 'are a table: state, source, since when, how many wait, and the way to their settings', () => {
		draw(
			network( {
				sites: sites( [
					row( 1 ),
					row( 2, { name: 'Client', state: 'reconnect', source: 'database', waiting: 1234 } ),
					row( 3, { state: 'disconnected', source: 'none', since: null } ),
					row( 4, { source: 'constant' } ),
				] ),
			} )
		);
		const table = screen.getByRole( 'table', { name: 'Sites' } );
		expect(
			within( table )
				.getAllByRole( 'columnheader' )
				.map( ( { textContent } ) => textContent )
		).toEqual( [ 'Site', 'Connection', 'Key', 'Since', 'Waiting' ] );
		expect( cells( /Client/ ) ).toEqual( [
			'Reconnect needed',
			'Own key',
			expect.stringMatching( /^2 hours ago/ ),
			'1,234',
		] );
		expect( cells( /Site 3/ ) ).toEqual( [ 'Not configured', 'None', '–', '0' ] );
		expect( cells( /Site 4/ ).slice( 0, 2 ) ).toEqual( [ 'Connected', 'Configuration' ] );
		const link = screen.getByRole< HTMLAnchorElement >( 'link', { name: 'Client' } );
		expect( link.href ).toBe( 'https://site2.test/wp-admin/upload.php?page=slashimage' );
		expect( screen.getByText( '4 sites' ) ).toBeTruthy();
		expect( screen.queryByRole( 'navigation' ) ).toBeNull();
	} );

	it( 'have names of their own, which are text', () => {
		draw(
			network( {
				sites: sites( [ row( 1, { name: '<img src=x onerror=alert(1)>' } ), row( 2, { name: ' ' } ) ] ),
			} )
		);
		expect( screen.getByRole( 'link', { name: '<img src=x onerror=alert(1)>' } ) ).toBeTruthy();
		expect( document.querySelector( 'img' ) ).toBeNull();
		expect( screen.getByRole( 'link', { name: 'https://site2.test/' } ) ).toBeTruthy();
	} );

	it( 'come a page at a time, said aloud', async () => {
		const rows = [ row( 1 ) ];
		const { site, user } = draw( network( { sites: sites( rows, { total: 41 } ) } ) );
		site.answer( 'GET /network', { body: network( { sites: sites( [ row( 21 ) ], { total: 41, page: 2 } ) } ) } );
		expect( button( 'Previous page' ).getAttribute( 'aria-disabled' ) ).toBe( 'true' );
		await user.click( button( 'Next page' ) );
		await heard( 'Page 2 of 3' );
		expect( screen.getByRole( 'link', { name: 'Site 21' } ) ).toBeTruthy();
		expect( site.paths.at( -1 ) ).toContain( 'page=2' );
		site.answer( 'GET /network', refusal( 500, 'internal_server_error' ) );
		await user.click( button( 'Next page' ) );
		await screen.findByText( /internal_server_error/ );
		expect( screen.getByText( 'Page 2 of 3' ) ).toBeTruthy();
		expect( site.paths.at( -1 ) ).toContain( 'page=3' );
	} );

	it( 'are not asked about while nothing was changed', async () => {
		const { site } = draw( network(), { poll: 20, slow: 20 } );
		await wait( 150 );
		expect( site.requests ).toEqual( [] );
	} );

	it( 'are asked about after a change, for a while, on the page that is shown', async () => {
		const second = network( { sites: sites( [ row( 21 ) ], { total: 41, page: 2 } ) } );
		const { site, user } = draw( second, { poll: 30, slow: 30, follow: 300 } );
		site.answer( 'POST /network/settings', { body: second } );
		await user.click( toggle( /own/ ) );
		await waitFor( () =>
			expect( site.requests.filter( ( line ) => line === 'GET /network' ).length ).toBeGreaterThan( 2 )
		);
		expect( site.paths.every( ( path ) => path.includes( 'page=2' ) ) ).toBe( true );
		await wait( 400 );
		const asked = site.requests.length;
		await wait( 200 );
		expect( site.requests ).toHaveLength( asked );
	} );
} );

describe( 'the settings', () => {
	it( 'are saved both together, at once, and said aloud', async () => {
		const { site, user } = draw( network() );
		site.answer( 'POST /network/settings', { body: network( { own_keys: false } ), after: 60 } );
		await user.click( toggle( /own/ ) );
		expect( toggle( /own/ ).checked ).toBe( false );
		await heard( 'Saved.' );
		expect( toggle( /own/ ).checked ).toBe( false );
		expect( posts( site ) ).toEqual( [
			'POST /network/settings {"own_keys":false,"emails":true,"keep_backups":true}',
		] );
	} );

	it( 'names the address the e-mails go to', async () => {
		const { site, user } = draw( network() );
		const off = { ...network().settings, emails: false };
		site.answer( 'POST /network/settings', { body: network( { settings: off } ) } );
		await user.click( toggle( /boss@example.com/ ) );
		await heard( 'Saved.' );
		expect( toggle( /boss@example.com/ ).checked ).toBe( false );
		expect( posts( site ) ).toEqual( [
			'POST /network/settings {"own_keys":true,"emails":false,"keep_backups":true}',
		] );
	} );

	it( 'decides for all sites whether the originals outlive the plugin', async () => {
		const { site, user } = draw( network() );
		const gone = { ...network().settings, keep_backups: false };
		site.answer( 'POST /network/settings', { body: network( { settings: gone } ) } );
		await user.click( toggle( /Keep the originals/ ) );
		await heard( 'Saved.' );
		expect( toggle( /Keep the originals/ ).checked ).toBe( false );
		expect( screen.getByText( originalsLine() ) ).toBeTruthy();
		expect( posts( site ) ).toEqual( [
			'POST /network/settings {"own_keys":true,"emails":true,"keep_backups":false}',
		] );
	} );

	it( 'go back when saving failed, and say why', async () => {
		const { site, user } = draw( network() );
		site.offline = true;
		await user.click( toggle( /own/ ) );
		await screen.findByText( /Your browser could not reach this site/ );
		await heard( 'Your browser could not reach this site' );
		expect( toggle( /own/ ).checked ).toBe( true );
	} );
} );

describe( 'the screen', () => {
	it.each( [
		[ 'without a key', keyless() ],
		[ 'with a key', network( { sites: sites( [ row( 1 ), row( 2, { state: 'reconnect' } ) ], { total: 41 } ) } ) ],
		[ 'unreadable', network( { key: { ...network().key, fingerprint: '' }, problem: 'key_unreadable' } ) ],
	] )( '%s has nothing axe finds wrong', async ( _, state ) => {
		draw( state );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	it( 'has nothing axe finds wrong in the dialog', async () => {
		const { user } = draw( network() );
		await user.click( button( 'Remove key' ) );
		expect( await accessibilityProblems( screen.getByRole( 'dialog' ) ) ).toEqual( [] );
	} );

	it( 'may be left in the middle of an attempt', async () => {
		const { site, user, leave } = draw( network() );
		site.answer( 'POST /network/settings', { body: network(), after: 40 } );
		await user.click( toggle( /own/ ) );
		leave();
		await wait( 80 );
	} );
} );
