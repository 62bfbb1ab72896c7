import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { pills } from '../../src/validation/sentences.ts';
import { connect } from '../wordpress/queue.ts';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { flaws } from './flaws.ts';
import { personAt, type Person } from './person.ts';
import { settingsScreen, type SettingsScreen } from './screen.ts';

// The doctor, as somebody meets it whose key does not work: what it found, what to do, and a way to tell support.

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';
const ours = '#slashimage-admin';
// Ten checks with one or two requests each; in WebAssembly every request takes half a second.
const run = { timeout: 60_000, interval: 100 };

let browser: Browser;
let wordpress: Site;
let person: Person;
let page: Page;
let screen: SettingsScreen;

beforeAll( async () => {
	wordpress = await site();
	browser = await startChromium();
	person = await personAt( browser, wordpress );
	( { page } = person );
	screen = settingsScreen( person );
} );

beforeEach( async () => {
	await mend();
	await wordpress.reset();
} );

afterAll( async () => {
	await mend();
	expect( person.problems ).toEqual( [] );
	await browser.close();
} );

const doctor = () => page.getByRole( 'region', { name: 'Checks' } );
const row = ( title: string ) =>
	doctor()
		.getByRole( 'listitem' )
		.filter( { has: page.getByRole( 'heading', { name: title } ) } );
const heard = ( words: string ) =>
	expect.poll( async () => ( await person.heard() ).join( '\n' ), run ).toContain( words );

/** Puts code into the site's configuration: a must-use plugin under a name of its own. */
const configure = ( code: string ) => {
	const php = Buffer.from( `<?php ${ code }` ).toString( 'base64' );
	return wordpress.wp.evaluate( `
		array_map( 'unlink', glob( WPMU_PLUGIN_DIR . '/00-test-*.php' ) );
		file_put_contents( WPMU_PLUGIN_DIR . '/00-test-' . bin2hex( random_bytes( 4 ) ) . '.php', base64_decode( '${ php }' ) );` );
};

/** Repairs whatever a test has broken around the plugin. */
const mend = async () => {
	await configure( '' );
	await wordpress.wp.evaluate( `
		deactivate_plugins( 'request-shield/shield.php' );
		wp_clear_scheduled_hook( 'something_old' );
		@chmod( wp_upload_dir()['path'], 0755 );` );
};

const open = async () => {
	await screen.open();
	const disclosure = doctor().getByRole( 'button', { name: 'Checks', exact: true } );
	if ( ( await disclosure.getAttribute( 'aria-expanded' ) ) === 'false' ) {
		await disclosure.click();
	}
};

const runChecks = async () => {
	await doctor().getByRole( 'button', { name: 'Run checks' } ).click();
	await doctor()
		.getByRole( 'button', { name: /^Run (all )?again$/ } )
		.first()
		.waitFor( { timeout: run.timeout } );
};

describe( 'a refused key', () => {
	it( 'is found by keyboard alone: what was seen, what to do first, and then', async () => {
		const { service, admin } = wordpress;
		const key = await connect();
		service.deleteKey( key );
		await admin.rest( 'POST', '/connection/check' );
		await screen.open();
		const button = doctor().getByRole( 'button', { name: 'Run checks' } );
		await button.waitFor();
		await button.focus();
		await page.keyboard.press( 'Enter' );
		await heard( 'Running the checks…' );
		await doctor()
			.getByText( 'First: Copy the key again from the dashboard, and paste it here.' )
			.waitFor( { timeout: run.timeout } );
		await row( 'Accepted' )
			.getByText( `The service refuses the key sk_sub_…${ key.slice( -4 ) }`, { exact: false } )
			.waitFor();
		await row( 'Files' ).getByText( 'Not run' ).waitFor();
		await heard( 'Accepted: The service refuses the key' );
		await heard( 'First: Copy the key again' );
		expect( await doctor().getByRole( 'listitem' ).allTextContents() ).toEqual(
			expect.arrayContaining( [ expect.stringContaining( 'Create a new key in the dashboard' ) ] )
		);
		expect( await button.count() ).toBe( 0 );
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( 'doctor-refused', doctor() );
		await page.setViewportSize( { width: 320, height: 800 } );
		await person.picture( 'doctor-phone', doctor() );
		await page.setViewportSize( { width: 1100, height: 800 } );
	} );
} );

describe( 'a domain that is not allowed', () => {
	it( 'is named, and after it was added the run goes on from there and reconnects', async () => {
		const { service, admin } = wordpress;
		const key = await connect();
		service.setDomains( key, [ 'example.com' ] );
		await admin.rest( 'POST', '/connection/check' );
		await open();
		await runChecks();
		await doctor().getByText( 'First: Add 127.0.0.1 to the domains of the key in the dashboard.' ).waitFor();
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( 'doctor-domain', doctor() );
		service.setDomains( key, [ 'example.com', '127.0.0.1' ] );
		const before = service.requests.length;
		await doctor().getByRole( 'button', { name: 'Run again', exact: true } ).click();
		await doctor()
			.getByText( 'The key works again. Press Check now to go on.' )
			.waitFor( { timeout: run.timeout } );
		// From the failed check on: the probe, and the plan.
		expect( service.requests.slice( before ).map( ( { path } ) => path ) ).toEqual( [
			'/v1/optimize',
			'/v1/keys/me',
		] );
		await doctor().getByRole( 'button', { name: 'Check now' } ).click();
		await screen.pill( pills.connected ).waitFor();
	} );
} );

describe( 'a healthy site', () => {
	it( 'hears what was verified, and can hand the report to somebody', async () => {
		const key = await connect();
		await open();
		await runChecks();
		await doctor().getByText( 'All is good.', { exact: false } ).waitFor();
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( 'doctor-good', doctor() );
		await doctor().getByRole( 'button', { name: 'Copy report' } ).click();
		await expect.poll( () => page.evaluate( () => navigator.clipboard.readText() ), run ).toContain( 'SlashImage' );
		const report = await page.evaluate( () => navigator.clipboard.readText() );
		expect( report ).toContain( `sk_sub_…${ key.slice( -4 ) }` );
		expect( report ).toContain( "curl -i --max-time 15 -H 'Authorization: Bearer YOUR_API_KEY'" );
		expect( report ).not.toContain( key.slice( 10, 30 ) );
		const download = page.waitForEvent( 'download' );
		await doctor().getByRole( 'button', { name: 'Download report' } ).click();
		expect( ( await download ).suggestedFilename() ).toMatch(
			/^slashimage-report-127\.0\.0\.1-\d{4}-\d\d-\d\d\.txt$/
		);
	} );
} );

/** What is broken, how, and what is said first. */
const broken: readonly ( readonly [ picture: string, how: ( key: string ) => unknown, first: string ] )[] = [
	[
		'portal',
		() => wordpress.service.setFault( 'captive_portal' ),
		'First: Ask your host to let requests to 127.0.0.1 through.',
	],
	[
		'unreachable',
		() => wordpress.service.setFault( 'refuse_connections' ),
		'First: Ask your host to let this server connect to 127.0.0.1',
	],
	[
		'credits',
		() => wordpress.service.setCredits( { limit: 200, used: 200 } ),
		'First: Choose a larger plan in the dashboard',
	],
	[
		'few-credits',
		() => wordpress.service.setCredits( { limit: 200, used: 190 } ),
		'First: If that is not enough, choose a larger plan',
	],
	[
		'plugin',
		() =>
			wordpress.wp.evaluate( `
				wp_mkdir_p( WP_PLUGIN_DIR . '/request-shield' );
				file_put_contents( WP_PLUGIN_DIR . '/request-shield/shield.php', '<?php
					/* Plugin Name: Request Shield */
					function shield_strip( $args ) { unset( $args["headers"]["Origin"] ); return $args; }
					add_filter( "http_request_args", "shield_strip" );' );
				wp_cache_delete( 'plugins', 'plugins' );
				activate_plugin( 'request-shield/shield.php' );` ),
		'First: Deactivate Request Shield, or make an exception',
	],
	[
		'constant',
		() => configure( `define( 'SLASHIMAGE_API_KEY', 'sk_live_0123456789abcdef' );` ),
		'First: Copy the key again from the dashboard, and change the constant SLASHIMAGE_API_KEY in wp-config.php',
	],
	[
		'cron',
		() => wordpress.wp.evaluate( `wp_schedule_single_event( time() - 3600, 'something_old' );` ),
		'First: Have the server call wp-cron.php',
	],
	[
		'files',
		() => wordpress.wp.evaluate( `wp_mkdir_p( wp_upload_dir()['path'] ); chmod( wp_upload_dir()['path'], 0555 );` ),
		'First: Ask your host to make wp-content/uploads/',
	],
];

describe.runIf( native )( 'whatever else is broken', () => {
	it.each( broken )( '%s', async ( picture, how, first ) => {
		await how( await connect() );
		await open();
		await runChecks();
		await doctor().getByText( first, { exact: false } ).waitFor();
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( `doctor-${ picture }`, doctor() );
	} );
} );
