import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addMuPlugin } from '../wordpress/mu-plugin.ts';
import { ownSite, type OwnSite } from '../wordpress/own-site.ts';
import { uploadPhotos } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { personAt, type Person } from './person.ts';
import { settingsScreen, type SettingsScreen } from './screen.ts';

// What stands between a browser and WordPress: a firewall, a stubborn cache, a plugin that closes REST, a password.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

const firewall = `
	set $bare "$request_method:$content_length";
	if ( $bare ~ ^POST:0?$ ) { return 403; }
	if ( $http_x_http_method_override ) { return 403; }
	if ( $request_method !~ ^(GET|POST|HEAD)$ ) { return 405; }
`;

/** Keeps every answer of REST for a minute, whatever it says. */
const stubborn = {
	http: `fastcgi_cache_path CACHE levels=1:2 keys_zone=pages:1m max_size=10m;`,
	server: `
		fastcgi_cache pages;
		fastcgi_cache_key "$host$request_uri";
		fastcgi_cache_valid any 60s;
		fastcgi_cache_methods GET HEAD;
		fastcgi_ignore_headers Cache-Control Expires Set-Cookie Vary X-Accel-Expires;
		set $no_json 1;
		if ( $request_uri ~ ^/wp-json/slashimage ) { set $no_json 0; }
		fastcgi_no_cache $no_json;
		fastcgi_cache_bypass $no_json;
	`,
};

let browser: Browser;
let own: OwnSite;
let person: Person;
let screen: SettingsScreen;

beforeAll( async () => {
	browser = await startChromium();
} );

afterAll( () => browser.close() );

afterEach( async () => {
	await person.context.close();
	await own.close();
} );

const open = async ( headers: Record< string, string > = {} ) => {
	person = await personAt( browser, own );
	await person.context.setExtraHTTPHeaders( headers );
	screen = settingsScreen( person );
	await screen.open();
};

const connect = async () => {
	await screen.field.click();
	await person.paste( own.service.issueKey() );
	await screen.button( 'Connect' ).click();
	await screen.pill( 'Connected' ).waitFor();
};

describe.runIf( native )( 'a firewall that refuses requests without a body, and methods it does not know', () => {
	it( 'is passed by every button', async () => {
		own = await ownSite( { front: { server: firewall } } );
		await own.wp.evaluate( `$count = 1; ${ uploadPhotos }` );
		await own.wp.evaluate(
			`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'not_optimized', cause = ''" );`
		);
		await open();
		await connect();
		await screen.button( 'Check now' ).click();
		await screen.text( 'The key works.' ).waitFor();
		await screen.button( 'Optimize all' ).click();
		await expect.poll( screen.counts, { timeout: 20_000 } ).toMatchObject( { Optimized: '1' } );
		await screen.button( 'Checks' ).click();
		await screen.button( 'Run checks' ).click();
		await screen.text( /^No problem was found/ ).waitFor( { timeout: 40_000 } );
		await screen
			.text( /^A firewall refuses POST requests without a body/ )
			.first()
			.waitFor();
		await person.go( 'upload.php?mode=list' );
		await person.page
			.locator( '.column-slashimage .row-actions button' )
			.first()
			.evaluate( ( button: HTMLElement ) => button.click() );
		await person.page.locator( '.column-slashimage' ).getByText( 'Not optimized' ).waitFor();
		await screen.open();
		await screen.button( 'Disconnect' ).click();
		await screen.dialog.getByRole( 'button', { name: 'Disconnect' } ).click();
		await screen.pill( 'Not configured' ).waitFor();
		expect( person.problems ).toEqual( [] );
	}, 120_000 );
} );

describe.runIf( native )( 'a cache that keeps whatever it is told not to', () => {
	it( 'does not bring back what is over', async () => {
		own = await ownSite( { front: stubborn } );
		await open();
		await connect();
		const key = own.service.issueKey();
		await screen.button( 'Replace key' ).click();
		await screen.field.click();
		await person.paste( key );
		await screen.button( 'Replace key' ).click();
		await screen.text( 'The key works.' ).waitFor();
		own.service.deleteKey( key );
		await screen.button( 'Check now' ).click();
		await screen.pill( 'Reconnect needed' ).waitFor();
		// The screen looks several times meanwhile.
		await person.page.waitForResponse( ( answer ) => answer.url().includes( '/connection?' ) );
		await person.page.waitForTimeout( 6_000 );
		expect( await screen.pill( 'Reconnect needed' ).count() ).toBe( 1 );
	}, 90_000 );
} );

describe.runIf( native )( 'a plugin that closes REST', () => {
	it( 'is named, by the screen and by the checks, which run without REST', async () => {
		own = await ownSite( {} );
		await open();
		await connect();
		await addMuPlugin(
			'closed',
			`add_filter( 'rest_authentication_errors', fn( $error ) => $error ?: ( isset( $_GET['rest_route'] ) || false !== strpos( $_SERVER['REQUEST_URI'], 'wp-json' ) ? new WP_Error( 'rest_closed_here', 'No.', [ 'status' => 401 ] ) : $error ) );`,
			own
		);
		await screen.open();
		await screen.button( 'Check now' ).click();
		await screen.text( 'REST API requests are blocked on this site (rest_closed_here).' ).waitFor();
		await screen.text( 'Allow the REST API for logged-in users in the settings of closed.php.' ).waitFor();
		await screen.button( 'Checks' ).click();
		await screen.button( 'Run checks' ).click();
		await screen
			.text( /closed\.php blocks REST API requests/ )
			.first()
			.waitFor( { timeout: 40_000 } );
		await person.picture( 'rest-closed', person.page.locator( '#slashimage-admin' ) );
		await person.go( 'upload.php?mode=list' );
	}, 90_000 );
} );

describe.runIf( native )( 'a password before wp-admin and REST', () => {
	it( 'has the open screen work the queue, and say that it must stay open', async () => {
		const headers = { authorization: 'Basic YTpi' };
		own = await ownSite(
			{
				front: {
					server: `
						set $door "";
						if ( $uri ~ ^/wp-(admin|json)/ ) { set $door "a"; }
						if ( $http_authorization = "" ) { set $door "\${door}b"; }
						if ( $door = "ab" ) { return 401; }
					`,
				},
			},
			headers
		);
		await open( headers );
		await connect();
		own.service.setFault( 'slow', { delayMs: 1500 } );
		await own.wp.evaluate( `$count = 4; ${ uploadPhotos }` );
		await own.wp.evaluate(
			`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET due_at = due_at - 60' );`
		);
		await screen.open();
		await screen.text( /^Keep this page open/ ).waitFor( { timeout: 30_000 } );
		await person.picture( 'stay-open', person.page.locator( '#slashimage-admin' ) );
		await expect.poll( screen.counts, { timeout: 60_000 } ).toMatchObject( { Optimized: '4' } );
		expect( await screen.text( /^Keep this page open/ ).count() ).toBe( 0 );
	}, 120_000 );
} );
