import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { flaws } from './flaws.ts';
import { personAt, type Person } from './person.ts';
import { settingsScreen, type SettingsScreen } from './screen.ts';

// A library that was there before the plugin, on the settings screen.

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';
const soon = { timeout: 30_000, interval: 200 };
const images = 6;

let browser: Browser;
let wordpress: Site;
let person: Person;
let screen: SettingsScreen;

beforeAll( async () => {
	wordpress = await site();
	browser = await startChromium();
} );

beforeEach( async () => {
	await wordpress.reset();
	await wordpress.upload( images );
	await wordpress.wp.evaluate(
		`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'not_optimized'" );`
	);
	const { service, admin } = wordpress;
	await admin.rest( 'POST', '/connection', { key: service.issueKey() } );
	service.setFault( 'slow', { delayMs: 500 } );
	person = await personAt( browser, wordpress );
	screen = settingsScreen( person );
	await screen.open();
} );

afterAll( async () => {
	wordpress.service.setFault( 'none' );
	await browser.close();
} );

const states = async () => ( await wordpress.rows() ).map( ( { state } ) => state );
const bar = () => person.page.getByRole( 'progressbar', { name: 'Images done' } );

describe.runIf( native )( 'Optimize all', () => {
	it( 'says how many and what it costs, shows how far it is, and goes on with no page open', async () => {
		await screen.text( `${ images } images of the library are not optimized yet.` ).waitFor();
		expect( await flaws( person.page, '#slashimage-admin' ) ).toEqual( [] );
		await person.picture( 'optimize-all', screen.images );
		await screen.button( 'Optimize all' ).click();
		await screen.text( /^[1-5] of 6 done$/ ).waitFor();
		expect( await bar().getAttribute( 'max' ) ).toBe( String( images ) );
		expect( await flaws( person.page, '#slashimage-admin' ) ).toEqual( [] );
		await person.picture( 'optimizing', screen.images );
		await person.page.goto( 'about:blank' );
		await expect.poll( states, soon ).toEqual( Array( images ).fill( 'optimized' ) );
		expect( person.problems ).toEqual( [] );
	} );

	it( 'can be stopped, by keyboard: what waits is out of the queue, and is offered again', async () => {
		await screen.button( 'Optimize all' ).focus();
		await person.page.keyboard.press( 'Enter' );
		await screen.button( 'Stop' ).focus();
		await person.page.keyboard.press( 'Enter' );
		await screen.text( 'Stopped. What waited is out of the queue, and can be added again.' ).waitFor();
		await screen.button( 'Optimize all' ).waitFor();
		await bar().waitFor( { state: 'detached', ...soon } );
		// What is under way goes with what waits; what was done by then is done.
		expect( new Set( [ 'optimized', ...( await states() ) ] ) ).toEqual(
			new Set( [ 'optimized', 'not_optimized' ] )
		);
		await expect
			.poll( person.heard, soon )
			.toContain( 'Stopped. What waited is out of the queue, and can be added again.' );
	} );
} );
