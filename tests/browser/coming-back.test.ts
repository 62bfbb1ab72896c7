import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../wordpress/queue.ts';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { personAt, type Person } from './person.ts';
import { settingsScreen, type SettingsScreen } from './screen.ts';

// Who leaves in the middle, comes back, cancels, or has looked elsewhere for a while is shown how things are.

let browser: Browser;
let wordpress: Site;
let person: Person;
let screen: SettingsScreen;

beforeAll( async () => {
	wordpress = await site();
	browser = await startChromium();
	person = await personAt( browser, wordpress );
	screen = settingsScreen( person );
} );

beforeEach( () => wordpress.reset() );

afterAll( () => browser.close() );

const state = async () => ( await wordpress.admin.rest( 'GET', '/connection' ) ).body[ 'state' ];

describe( 'connecting to a slow service', () => {
	const begin = async ( delayMs: number ) => {
		await screen.open();
		wordpress.service.setFault( 'slow', { delayMs } );
		await screen.field.click();
		await person.paste( wordpress.service.issueKey() );
		await screen.button( 'Connect' ).click();
		await expect.poll( () => wordpress.service.requests.length ).toBeGreaterThan( 0 );
	};

	it( 'and leaving the page, Back shows what came of it', async () => {
		await begin( 3000 );
		await person.go( 'index.php' );
		await person.page.goBack( { waitUntil: 'domcontentloaded' } );
		await screen.pill( 'Connected' ).waitFor( { timeout: 20_000 } );
	} );

	it( 'and cancelling: nothing is connected, now or later', async () => {
		await begin( 2500 );
		await screen.button( 'Cancel' ).click();
		await expect.poll( async () => ( await person.heard() ).includes( 'Cancelled.' ) ).toBe( true );
		await person.page.waitForTimeout( 6000 );
		expect( await state() ).toBe( 'disconnected' );
		expect( await screen.pill( 'Not configured' ).count() ).toBe( 1 );
		expect( await screen.field.inputValue() ).toMatch( /^sk_/ );
	} );
} );

describe( 'a page that was not looked at for a while', () => {
	const away = () =>
		person.page.evaluate( () => {
			// As after a quarter of a minute on another tab.
			const now = performance.now.bind( performance );
			performance.now = () => now() + 20_000;
			window.dispatchEvent( new Event( 'focus' ) );
		} );

	it.each( [
		[ 'the settings', 'upload.php?page=slashimage' ],
		[ 'the media list', 'upload.php?mode=list' ],
	] )( '%s: a key that died elsewhere is seen', async ( _, path ) => {
		const key = await connect();
		await person.go( path );
		await person.page.waitForTimeout( 1000 );
		wordpress.service.deleteKey( key );
		await wordpress.admin.rest( 'POST', '/connection/check', {} );
		await away();
		await person.page
			.getByText( path.includes( 'page=' ) ? 'Reconnect needed' : /^Your API key is invalid or was revoked/ )
			.first()
			.waitFor();
	} );
} );
