import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { imageSentences, noticeLink, noticeSentences, pills } from '../../src/validation/sentences.ts';
import { entries, languages } from '../../tools/languages/translations.ts';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { flaws } from './flaws.ts';
import { personAt, type Person } from './person.ts';

// What stands on other people's screens while a key is refused: the notice, and the media list's column.

let browser: Browser;
let wordpress: Site;
let person: Person;
let page: Page;

beforeAll( async () => {
	wordpress = await site();
	await wordpress.reset();
	browser = await startChromium();
	await refuseKey();
} );

// Of its own in each test: somebody who has closed nothing yet, and speaks English.
beforeEach( async () => {
	person = await personAt( browser, wordpress );
	( { page } = person );
} );

afterEach( () => expect( person.problems ).toEqual( [] ) );

afterAll( async () => {
	await wordpress.wp.evaluate( `delete_user_meta( 1, 'locale' );` );
	await browser.close();
} );

/** A key dies while images wait: one has been refused, the other is paused. */
async function refuseKey(): Promise< void > {
	const { admin, service, upload, work } = wordpress;
	const key = service.issueKey();
	await admin.rest( 'POST', '/connection', { key } );
	service.deleteKey( key );
	await upload( 2 );
	await work();
}

const notice = ( sentence: string ) => page.getByRole( 'main' ).getByText( sentence, { exact: true } );
const english = noticeSentences.key_refused;

describe( 'the notice', () => {
	it( 'fits on a desktop and on a phone', async () => {
		await person.go( 'plugins.php' );
		await notice( english ).waitFor();
		expect( await flaws( page, '#slashimage-notice' ) ).toEqual( [] );
	} );

	it( 'stays closed for whoever closes it, by keyboard as well', async () => {
		await person.go( 'plugins.php' );
		await notice( english ).getByRole( 'link', { name: noticeLink } ).focus();
		await page.keyboard.press( 'Tab' );
		const hidden = page.waitForResponse( ( answer ) => answer.url().includes( '/slashimage/v1/notice' ) );
		await page.keyboard.press( 'Enter' );
		await notice( english ).waitFor( { state: 'detached' } );
		expect( ( await hidden ).status() ).toBe( 200 );
		await page.reload( { waitUntil: 'domcontentloaded' } );
		await page.getByRole( 'heading', { name: 'Plugins', level: 1 } ).waitFor();
		expect( await notice( english ).count() ).toBe( 0 );
	} );
} );

describe( 'the media column', () => {
	it( 'fits on a desktop and, unfolded, on a phone', async () => {
		await person.go( 'upload.php?mode=list' );
		await page.getByRole( 'link', { name: imageSentences.paused } ).waitFor();
		expect( await flaws( page, '.column-slashimage' ) ).toEqual( [] );
		await page.setViewportSize( { width: 320, height: 800 } );
		await page.getByRole( 'button', { name: 'Show more details' } ).first().click();
		expect( await flaws( page, '.column-slashimage' ) ).toEqual( [] );
	} );
} );

describe( 'for somebody who reads German', () => {
	const german = Object.fromEntries(
		languages().flatMap( ( language ) =>
			language.locale === 'de_DE'
				? entries( language.table ).map( ( { msgid, msgstr } ) => [ msgid, msgstr[ 0 ] ?? '' ] )
				: []
		)
	);
	const inGerman = ( sentence: string ) => german[ sentence ] ?? `no translation of ${ sentence }`;

	beforeAll( async () => {
		await wordpress.wp.evaluate( `
			update_user_meta( 1, 'locale', 'de_DE' );
			delete_metadata( 'user', 0, SlashImage\\Notice::key(), '', true );` );
	} );

	it( 'the settings screen is in German', async () => {
		await person.go( 'upload.php?page=slashimage' );
		await page.getByRole( 'main' ).getByText( inGerman( pills.reconnect ), { exact: true } ).waitFor();
		await page.getByRole( 'textbox', { name: inGerman( 'API key' ) } ).waitFor();
		await page.getByRole( 'button', { name: inGerman( 'Reconnect' ), exact: true } ).waitFor();
		expect( await flaws( page, '#slashimage-admin' ) ).toEqual( [] );
		await person.picture( 'german', page.getByRole( 'region' ).last() );
	} );

	it( 'the notice and the column are in German', async () => {
		await person.go( 'upload.php?mode=list' );
		await notice( inGerman( english ) ).waitFor();
		await page.getByRole( 'link', { name: inGerman( imageSentences.paused ) } ).waitFor();
		await page.getByRole( 'link', { name: inGerman( imageSentences.refused ) } ).waitFor();
	} );
} );
