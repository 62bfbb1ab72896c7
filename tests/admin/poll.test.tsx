// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { timing } from '../../src/admin/timing.ts';
import { pollEvery } from '../../src/admin/site-state.ts';
import { button, draw, field, focused, heard, show, spoken, wait } from './draw.tsx';
import { connected, disconnected, held, reconnect, refusal, summary } from './fixtures.ts';

const fast = { poll: 40, slow: 80 };
const moving = summary( { waiting: 5 } );

describe( 'looking again', () => {
	it( 'stops for good once the session has ended, and says so', async () => {
		const { site } = draw( connected(), moving, fast );
		site.answer( 'GET /connection', refusal( 401, 'rest_forbidden' ) );
		await screen.findByText( /You are logged out/ );
		expect( button( 'Reload the page' ) ).toBeTruthy();
		await heard( 'You are logged out' );
		// One more may be on its way: at this pace a look can begin before the page is drawn anew.
		await wait( 100 );
		const asked = site.requests.length;
		await wait( 200 );
		expect( site.requests ).toHaveLength( asked );
	} );

	it( 'keeps quiet about an error, and goes on', async () => {
		const { site } = draw( connected(), moving, fast );
		site.answer( 'GET /images/summary', { status: 502, body: '<html>' }, { body: summary( { waiting: 1 } ) } );
		await waitFor( () => expect( screen.getByText( 'Waiting' ).parentElement?.textContent ).toBe( 'Waiting1' ) );
		expect( spoken().trim() ).toBe( '' );
	} );

	it( 'stops when nothing is in motion any more', async () => {
		const { site } = draw( connected(), moving, fast );
		site.answer( 'GET /images/summary', { body: summary( { optimized: 15 } ) } );
		await screen.findByText( '15' );
		const asked = site.requests.length;
		await wait( 200 );
		expect( site.requests ).toHaveLength( asked );
	} );

	it.each( [
		[ 'not configured', disconnected(), moving ],
		[ 'connected, with nothing to do', connected(), summary( { failed: 3 } ) ],
	] )( 'does not begin: %s', async ( _, connection, counts ) => {
		const { site } = draw( connection, counts, fast );
		await wait( 150 );
		expect( site.requests ).toEqual( [] );
	} );

	it( 'stops while the tab is hidden, and looks at once when it is seen again', async () => {
		const { site } = draw( connected(), moving, { poll: 1_000 } );
		show( false );
		await wait( 1_200 );
		expect( site.requests ).toEqual( [] );
		show( true );
		await waitFor( () => expect( site.requests ).toContain( 'GET /connection' ), { timeout: 700 } );
	} );

	it( 'slows down while only the pace is another one', async () => {
		const { site } = draw( connected(), moving, { poll: 40, slow: 2_000 } );
		const paces = Array.from( { length: 30 }, ( _, seconds ) => ( { images: 4, seconds: 10 * seconds } ) );
		site.answer( 'GET /images/summary', ...paces.map( ( pace ) => ( { body: { ...moving, pace } } ) ) );
		await wait( 800 );
		expect( site.requests.length / 2 ).toBeLessThan( 8 );
		expect( screen.getByText( /^(About|Less)/ ) ).toBeTruthy();
	} );

	it( 'asks one thing at a time', async () => {
		const { site } = draw( connected(), moving, fast );
		// No answer at all.
		site.answer( 'GET /images/summary' );
		await wait( 250 );
		expect( site.requests ).toEqual( [ 'GET /images/summary' ] );
	} );

	it( 'shows that another person reconnected, without taking the focus from elsewhere', async () => {
		const { site } = draw( reconnect(), moving, fast );
		field().blur();
		site.answer( 'GET /connection', { body: connected() } );
		await screen.findByText( 'Connected' );
		await heard( 'Connected. 5 waiting images are being optimized.' );
		await focused( () => document.body );
	} );

	it( 'shows that the key was refused, and leaves the focus where it is', async () => {
		const { site } = draw( connected(), moving, fast );
		site.answer( 'GET /connection', { body: reconnect() } );
		await screen.findByText( 'Reconnect needed' );
		await heard( 'Reconnect needed. Optimizing is paused.' );
		await focused( () => document.body );
	} );

	it( 'drops an answer that is older than what a person did meanwhile', async () => {
		const { site, user } = draw( connected(), moving, { ...fast, slow: 10_000, poll: 30 } );
		site.answer( 'GET /connection', { body: reconnect(), after: 200 } );
		await waitFor( () => expect( site.requests ).toContain( 'GET /connection' ) );
		site.answer( 'POST /connection/check', { body: connected(), after: 250 } );
		await user.click( button( 'Check now' ) );
		await screen.findByText( 'The key works.' );
		expect( screen.getByText( 'Connected' ) ).toBeTruthy();
	} );
} );

describe( 'pollEvery', () => {
	it.each( [
		[ 'disconnected', disconnected(), moving, 60_000 ],
		[ 'reconnect', reconnect(), summary(), 4_500 ],
		[ 'connected, nothing to do', connected(), summary(), 60_000 ],
		[ 'connected, optimizing', connected(), summary( { optimizing: 1 } ), 3_000 ],
		[ 'connected, worked by this screen alone', connected(), summary( { waiting: 1, silent: true } ), 300 ],
		[ 'connected, on hold', connected( { hold: held( 'service' ) } ), moving, 4_500 ],
	] )( '%s', ( _, connection, counts, every ) => {
		expect( pollEvery( { connection, summary: counts }, timing ) ).toBe( every );
	} );
} );
