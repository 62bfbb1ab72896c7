import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { hostSentences } from '../../src/validation/host-sentences.ts';
import { fieldSentences, outcomeSentences, seenSentences } from '../../src/validation/sentences.ts';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { flaws } from './flaws.ts';
import { personAt, type Person } from './person.ts';
import { settingsScreen, type SettingsScreen } from './screen.ts';

// Every state of the settings screen, one after the other on one site: seen, heard, by keyboard, on a phone.

let browser: Browser;
let wordpress: Site;
let person: Person;
let page: Page;
let screen: SettingsScreen;

const soon = { timeout: 20_000, interval: 100 };
const unknownKey = `sk_live_${ '0123456789abcdef'.repeat( 3 ) }`;
// What a language that is written from right to left would set; its own files are not there offline.
const rightToLeft = '<?php $GLOBALS["text_direction"] = "rtl";';
const ours = '#slashimage-admin';

beforeAll( async () => {
	wordpress = await site();
	await wordpress.reset();
	browser = await startChromium();
	person = await personAt( browser, wordpress );
	( { page } = person );
	screen = settingsScreen( person );
} );

beforeEach( () => wordpress.service.setFault( 'none' ) );

afterAll( async () => {
	await browser.close();
} );

const connection = () => page.getByRole( 'region', { name: 'Connection' } );
const press = ( key: string ) => page.keyboard.press( key );
const heard = ( words: string ) =>
	expect.poll( async () => ( await person.heard() ).join( '\n' ), soon ).toContain( words );
const focusIsOn = ( part: ReturnType< Page[ 'locator' ] > ) =>
	expect
		.poll( () => part.evaluate( ( element ) => element.ownerDocument.activeElement === element ), soon )
		.toBe( true );

/** Puts another text into the field, the way it is done without a mouse. */
const pasteOver = async ( text: string ) => {
	await focusIsOn( screen.field );
	await press( 'ControlOrMeta+A' );
	await person.paste( text );
};

/** Presses Tab until the focus is on something, as somebody does who can't use a mouse. */
async function tabTo( part: ReturnType< Page[ 'locator' ] > ): Promise< void > {
	for ( let presses = 0; presses < 12; presses++ ) {
		await press( 'Tab' );
		if ( await part.evaluate( ( element ) => element.ownerDocument.activeElement === element ) ) {
			return;
		}
	}
	throw new Error( 'Tab does not lead there.' );
}

const checks = () => wordpress.service.requests.filter( ( { path } ) => path === '/v1/keys/me' );

describe( 'without a key, by keyboard only', () => {
	it( 'not configured: the field is a few Tabs behind the menu', async () => {
		await screen.open();
		await screen.pill( 'Not configured' ).waitFor();
		expect( await flaws( page, ours ) ).toEqual( [] );
		await press( 'Tab' );
		await press( 'Enter' );
		await tabTo( screen.field );
	} );

	it( 'a cut-off key: says so at once, and again on Enter', async () => {
		await person.paste( unknownKey.slice( 0, -1 ) );
		await screen.text( fieldSentences.malformed ).waitFor();
		await heard( `${ fieldSentences.malformed } The key is cut off: 1 character is missing at the end.` );
		await press( 'Enter' );
		expect( await flaws( page, ours ) ).toEqual( [] );
		expect( wordpress.service.requests ).toEqual( [] );
	} );

	it( 'a slow service: shows that it is asked, and Cancel gets one out of it', async () => {
		wordpress.service.setFault( 'slow' );
		await pasteOver( unknownKey );
		await press( 'Enter' );
		await screen.text( 'Asking the service about the key…' ).waitFor();
		await heard( 'Asking the service about the key…' );
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( 'checking', connection() );
		await tabTo( screen.button( 'Cancel' ) );
		await press( 'Enter' );
		await heard( 'Cancelled.' );
		expect( await screen.field.inputValue() ).toBe( unknownKey );
	} );

	it( 'a refused key: says so, and keeps the text', async () => {
		await screen.field.focus();
		await press( 'Enter' );
		await screen.text( fieldSentences.refused ).waitFor();
		await heard( fieldSentences.refused );
		await focusIsOn( screen.field );
		expect( await screen.field.inputValue() ).toBe( unknownKey );
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( 'refused', connection() );
	} );

	it( 'refused connections: says that the service is out of reach', async () => {
		wordpress.service.setFault( 'refuse_connections' );
		await press( 'Enter' );
		await screen.text( fieldSentences.unreachable ).waitFor();
		await heard( fieldSentences.unreachable );
		expect( await screen.text( fieldSentences.refused ).count() ).toBe( 0 );
		expect( await flaws( page, ours ) ).toEqual( [] );
	} );

	it( 'a captive portal: says what answered in its place', async () => {
		wordpress.service.setFault( 'captive_portal' );
		await press( 'Enter' );
		const seen = seenSentences.html.replace( '%d', '200' );
		await screen.text( seen ).waitFor();
		await heard( `${ fieldSentences.unreachable } ${ seen }` );
		await person.picture( 'unreachable', connection() );
	} );

	it( 'a service slower than anybody waits: gives up by itself', async () => {
		wordpress.service.setFault( 'slow' );
		await press( 'Enter' );
		await screen.text( 'Asking the service about the key…' ).waitFor();
		await screen.text( fieldSentences.unreachable ).waitFor();
		await screen.text( seenSentences.timeout ).waitFor();
	} );

	it( 'Enter twice and a double click: one question at the service, and connected', async () => {
		wordpress.service.setFault( 'slow', { delayMs: 500 } );
		const key = wordpress.service.issueKey();
		await pasteOver( key );
		wordpress.service.forgetRequests();
		await press( 'Enter' );
		await press( 'Enter' );
		await screen.button( 'Connect' ).dblclick( { force: true, noWaitAfter: true } );
		await screen.pill( 'Connected' ).waitFor();
		await heard( 'Connected. New uploads are optimized by themselves.' );
		await focusIsOn( screen.pill( 'Connected' ) );
		expect( checks() ).toHaveLength( 1 );
		expect( await page.content() ).not.toContain( key );
	} );
} );

describe( 'with a key, by keyboard only', () => {
	it( 'connected: Check now', async () => {
		expect( await flaws( page, ours ) ).toEqual( [] );
		await tabTo( screen.button( 'Check now' ) );
		await press( 'Enter' );
		await screen.text( outcomeSentences.accepted ).waitFor();
		await heard( outcomeSentences.accepted );
	} );

	it( 'Replace key: the field takes the focus, and Escape gives it back', async () => {
		await tabTo( screen.button( 'Replace key' ) );
		await press( 'Enter' );
		await focusIsOn( screen.field );
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( 'replace-key', connection() );
		await press( 'Escape' );
		await focusIsOn( screen.button( 'Replace key' ) );
		expect( await screen.field.count() ).toBe( 0 );
	} );

	it( 'Replace key with a refused one: says that nothing was changed', async () => {
		await press( 'Enter' );
		await person.paste( unknownKey );
		await press( 'Enter' );
		await screen.text( /^Nothing was changed: sk_sub_….{4} stays the key of this site\.$/ ).waitFor();
		await screen.pill( 'Connected' ).waitFor();
		await press( 'Escape' );
	} );

	it( 'Disconnect asks first: Escape changes nothing, and gives the focus back', async () => {
		await tabTo( screen.button( 'Disconnect' ) );
		await press( 'Enter' );
		await screen.dialog.waitFor();
		expect( await flaws( page, '[role="dialog"]' ) ).toEqual( [] );
		await person.picture( 'disconnect', screen.dialog );
		await press( 'Escape' );
		await screen.dialog.waitFor( { state: 'detached' } );
		await focusIsOn( screen.button( 'Disconnect' ) );
		await screen.pill( 'Connected' ).waitFor();
	} );

	it( 'Disconnect takes the key away', async () => {
		await press( 'Enter' );
		await screen.dialog.waitFor();
		// The dialog takes the focus a moment after it is seen.
		await expect.poll( () => screen.dialog.locator( ':focus' ).count(), soon ).toBe( 1 );
		await tabTo( screen.dialog.getByRole( 'button', { name: 'Disconnect' } ) );
		await press( 'Enter' );
		await screen.pill( 'Not configured' ).waitFor();
		await heard( 'Not configured. The key was removed.' );
	} );
} );

describe( 'what happens to a working key', () => {
	let key: string;

	it( 'leaving while it is asked about: it is connected all the same', async () => {
		key = wordpress.service.issueKey();
		wordpress.service.setFault( 'slow', { delayMs: 1_500 } );
		await screen.field.focus();
		await person.paste( key );
		await press( 'Enter' );
		await screen.text( 'Asking the service about the key…' ).waitFor();
		await expect.poll( () => checks().length, soon ).toBeGreaterThan( 0 );
		await page.goto( 'about:blank' );
		await expect
			.poll( async () => ( await wordpress.admin.rest( 'GET', '/connection' ) ).body[ 'state' ], soon )
			.toBe( 'connected' );
	} );

	it( 'out of credits: connected, and says why nothing moves', async () => {
		wordpress.service.setCredits( { limit: 5, used: 5 } );
		await wordpress.upload( 2 );
		await expect
			.poll( async () => ( await wordpress.rows() ).some( ( { cause } ) => cause !== '' ), soon )
			.toBe( true );
		await screen.open();
		await screen.pill( 'Connected' ).waitFor();
		await screen.text( hostSentences.monthly_limit_reached ).waitFor();
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( 'out-of-credits', screen.images );
	} );

	it( 'not allowed on this domain: which domain, and what to do', async () => {
		wordpress.service.setBlocked( key, [ '127.0.0.1' ] );
		await screen.button( 'Check now' ).click();
		await screen.pill( 'Reconnect needed' ).waitFor();
		await heard( 'Reconnect needed. Optimizing is paused.' );
		await screen.text( /The service sees this site as 127\.0\.0\.1\. Allow this domain/ ).waitFor();
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( 'domain-refused', screen.images );
	} );

	it( 'deleted: says so', async () => {
		wordpress.service.deleteKey( key );
		await screen.button( 'Check now' ).click();
		await screen.text( outcomeSentences.invalid_key ).waitFor();
		expect( await flaws( page, ours ) ).toEqual( [] );
		await page.setViewportSize( { width: 320, height: 800 } );
		await person.picture( 'phone', screen.images );
		await page.setViewportSize( { width: 1100, height: 800 } );
	} );

	it( 'right to left: nothing sticks out', async () => {
		await wordpress.wp.evaluate(
			`file_put_contents( WPMU_PLUGIN_DIR . '/right-to-left.php', '${ rightToLeft }' );`
		);
		await screen.open();
		expect( await page.evaluate( () => document.dir ) ).toBe( 'rtl' );
		expect( await flaws( page, ours ) ).toEqual( [] );
		await person.picture( 'right-to-left', screen.images );
		await wordpress.wp.evaluate( `unlink( WPMU_PLUGIN_DIR . '/right-to-left.php' );` );
	} );

	it( 'nothing went wrong meanwhile, in the browser and in PHP', async () => {
		expect( person.problems ).toEqual( [] );
		expect( await wordpress.log() ).toBe( '' );
	} );
} );
