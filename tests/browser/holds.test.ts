import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMuPlugin, removeMuPlugin } from '../wordpress/mu-plugin.ts';
import { connect, until } from '../wordpress/queue.ts';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { flaws } from './flaws.ts';
import { personAt, type Person } from './person.ts';
import { settingsScreen, type SettingsScreen } from './screen.ts';

// What holds the queue though the key works, as the administrator sees it, at a desk and on a phone.

let browser: Browser;
let wordpress: Site;
let person: Person;
let page: Page;
let screen: SettingsScreen;

const ours = '#slashimage-admin';
const label = 'Optimize on this site too';

beforeAll( async () => {
	wordpress = await site();
	browser = await startChromium();
	person = await personAt( browser, wordpress );
	( { page } = person );
	screen = settingsScreen( person );
} );

beforeEach( () => wordpress.reset() );

afterAll( async () => {
	await removeMuPlugin( 'moved' );
	await removeMuPlugin( 'optimizing' );
	await browser.close();
} );

const connection = () => page.getByRole( 'region', { name: 'Connection' } );
const drawn = async ( name: string ) => {
	expect( await flaws( page, ours ) ).toEqual( [] );
	for ( const width of [ 1280, 320 ] ) {
		await page.setViewportSize( { width, height: 900 } );
		await person.picture( `${ name }-${ width }`, page.locator( ours ) );
	}
	await page.setViewportSize( { width: 1100, height: 800 } );
};

describe( 'a hold', () => {
	it( 'of a copy of the site is said, and lifted by one button, by keyboard', async () => {
		await connect();
		// A domain of its own, as a copy has; what the browser asks for is still where it was.
		await addMuPlugin(
			'moved',
			`add_filter( 'option_home', fn() => 'http://staging.example', 20 );
			add_filter( 'rest_url', fn( $url ) => str_replace( 'http://staging.example', get_option( 'siteurl' ), $url ) );`
		);
		await wordpress.upload( 3 );
		await screen.open();
		await screen.pill( 'Connected' ).waitFor();
		await connection()
			.getByText( 'Your API key was connected on 127.0.0.1, but this site is staging.example.' )
			.waitFor();
		await drawn( 'hold-site' );
		await screen.button( label ).focus();
		await page.keyboard.press( 'Enter' );
		await screen.button( label ).waitFor( { state: 'detached' } );
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		expect( person.problems ).toEqual( [] );
		await removeMuPlugin( 'moved' );
	} );

	it( 'for the disk says what to do, and when it is tried again', async () => {
		const { wp, upload } = wordpress;
		await connect();
		await wp.evaluate( `SlashImage\\Connection::hold( 'not_writable' );` );
		await upload( 2 );
		await screen.open();
		await connection()
			.getByText( /Your uploads folder isn't writable/ )
			.waitFor();
		await connection()
			.getByText( /Next retry:/ )
			.waitFor();
		expect( await screen.button( label ).count() ).toBe( 0 );
		await drawn( 'hold-storage' );
		await person.go( 'upload.php?mode=list' );
		await page
			.getByText( /Your uploads folder isn't writable/ )
			.first()
			.waitFor();
		await person.picture( 'hold-media-list', page.locator( '.wp-list-table' ) );
		await wp.evaluate( `SlashImage\\Connection::lift( 'storage' );` );
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
	} );

	it( 'of the configuration names the constant', async () => {
		await connect();
		await addMuPlugin( 'optimizing', `define( 'SLASHIMAGE_OPTIMIZING', false );` );
		await screen.open();
		await connection()
			.getByText( /SLASHIMAGE_OPTIMIZING/ )
			.waitFor();
		expect( await screen.button( label ).count() ).toBe( 0 );
		await drawn( 'hold-off' );
	} );
} );
