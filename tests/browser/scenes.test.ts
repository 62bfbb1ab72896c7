import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { fieldSentences, imageSentences, noticeSentences } from '../../src/validation/sentences.ts';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { personAt, type Person } from './person.ts';
import { photo } from './photo.ts';
import { settingsScreen, type SettingsScreen } from './screen.ts';

// The three scenes of the documentation, one after the other on one site, with nothing but a person's clicks and keys.

let browser: Browser;
let wordpress: Site;
let person: Person;
let page: Page;
let screen: SettingsScreen;
let dashboard: Page;

const soon = { timeout: 30_000, interval: 200 };
const photos = [ 'northern-buttercups-flowers', 'botany-flowers', 'typewriter', 'grid-flower-1' ];
const sixOptimized = /^(Optimized Saved \d+% \([\d.]+ [kM]B\) Restore original\n?){6}$/;
const nineOptimized = /^(Optimized Saved \d+% \([\d.]+ [kM]B\) Restore original\n?){9}$/;
// Besides the media list, which is looked at anyway.
const placesOfTheNotice = [ 'index.php', 'plugins.php' ];

beforeAll( async () => {
	wordpress = await site();
	await wordpress.reset();
	browser = await startChromium();
	person = await personAt( browser, wordpress );
	( { page } = person );
	screen = settingsScreen( person );
	dashboard = await person.context.newPage();
	await page.bringToFront();
} );

afterAll( async () => {
	await browser.close();
} );

const notice = () => screen.text( noticeSentences.key_refused );

/** What the media list says about each image, top to bottom. */
const column = async (): Promise< string[] > => {
	await person.go( 'upload.php?mode=list' );
	const cells = page.getByRole( 'row' ).getByRole( 'cell' ).and( page.locator( '.column-slashimage' ) );
	return ( await cells.allInnerTexts() ).map( ( text ) => text.replace( /\s+/g, ' ' ).trim() );
};

/** Changes to the service's tab and back. A tab that is not in front is drawn slowly, and so is all that waits for it. */
async function inDashboard< Result >( act: () => Promise< Result > ): Promise< Result > {
	await dashboard.bringToFront();
	await dashboard.goto( wordpress.service.dashboardUrl );
	const result = await act();
	await page.bringToFront();
	return result;
}

/** Copies the master key with the button beside it, and returns what is on the clipboard. */
const copyKey = () =>
	inDashboard( async () => {
		await dashboard.getByRole( 'button', { name: 'Copy master key' } ).click();
		await dashboard.getByText( 'Copied.' ).waitFor();
		return dashboard.evaluate( () => navigator.clipboard.readText() );
	} );

/** Media > Add Media File, with the dialog of the operating system answered. */
async function addMediaFiles( names: string[] ): Promise< void > {
	await person.go( 'media-new.php' );
	const files = await Promise.all( names.map( ( name ) => photo( wordpress, name ) ) );
	const chooser = page.waitForEvent( 'filechooser' );
	// A transparent file input lies over the button, and takes the click.
	const { x, y, width, height } = ( await screen.button( 'Select Files' ).boundingBox() ) ?? never();
	await page.mouse.click( x + width / 2, y + height / 2 );
	await ( await chooser ).setFiles( files );
	await expect
		.poll( () => page.getByRole( 'link', { name: 'Edit', exact: true } ).count(), soon )
		.toBe( names.length );
}

function never(): never {
	throw new Error( 'It is not on the page.' );
}

describe( 'scene 1: a new key', () => {
	it( 'uploads wait until there is one', async () => {
		await wordpress.upload( 5 );
		await addMediaFiles( photos.slice( 0, 1 ) );
		expect( await column() ).toEqual( Array( 6 ).fill( 'Waiting - add your API key' ) );
	} );

	it( 'pasted with spaces around it from the dashboard, it is cleaned, and connects by one click', async () => {
		const key = await copyKey();
		expect( key ).toBe( wordpress.service.masterKey );
		// The media list is open, and the menu's Media with it.
		await page.getByRole( 'link', { name: 'SlashImage', exact: true } ).click();
		await screen.pill( 'Not configured' ).waitFor();
		await person.picture( 'not-configured', screen.images );
		await screen.field.click();
		await person.paste( `\n  ${ key } \n` );
		await expect.poll( () => screen.field.inputValue() ).toBe( key );
		await screen.text( 'Spaces or line breaks were removed.' ).waitFor();
		await person.picture( 'pasted', screen.images );
		await screen.button( 'Connect' ).click();
		await screen.pill( 'Connected' ).waitFor();
		await screen.text( /5 of 200 used this month, 195 left/ ).waitFor();
	} );

	it( 'the waiting images are optimized, and the screen follows by itself', async () => {
		await expect.poll( screen.counts, soon ).toEqual( { Optimized: '6', Waiting: '0', Failed: '0' } );
		await screen.text( /^Your images are \d+% smaller: .* saved\.$/ ).waitFor();
		await person.picture( 'connected', screen.images );
		expect( ( await column() ).join( '\n' ) ).toMatch( sixOptimized );
	} );
} );

describe( 'scene 2: the key is regenerated', () => {
	let kept: Kept[];
	let served: Served[];

	it( 'in the dashboard, after a question', async () => {
		kept = await optimized();
		served = await visit( kept );
		await inDashboard( async () => {
			await dashboard.getByRole( 'button', { name: 'Regenerate…' } ).click();
			await dashboard.getByRole( 'dialog', { name: 'Regenerate the master key?' } ).waitFor();
			await dashboard.getByRole( 'button', { name: 'Regenerate key' } ).click();
			await dashboard.getByText( 'The new master key works from now on. The old one is refused.' ).waitFor();
		} );
	} );

	it( 'uploads afterwards pause: one was refused, the others wait, nothing is lost', async () => {
		await addMediaFiles( photos.slice( 1 ) );
		await expect
			.poll( async () => ( await wordpress.rows() ).some( ( { cause } ) => cause === 'invalid_key' ), soon )
			.toBe( true );
		const said = await column();
		expect( await notice().count() ).toBe( 1 );
		expect( said.slice( 0, 3 ).sort() ).toEqual( [
			imageSentences.refused,
			imageSentences.paused,
			imageSentences.paused,
		] );
		expect( said.slice( 3 ).join( '\n' ) ).toMatch( sixOptimized );
		await person.picture( 'media-list-refused', page.getByRole( 'row' ).nth( 4 ) );
	} );

	it.each( placesOfTheNotice )( 'the notice is on %s, and leads to the settings', async ( place ) => {
		await person.go( place );
		await notice().waitFor();
		const link = page.getByRole( 'link', { name: 'SlashImage settings' } );
		await expect( link.getAttribute( 'href' ) ).resolves.toContain( 'upload.php?page=slashimage' );
		if ( place === 'index.php' ) {
			await person.picture( 'notice', notice() );
		}
	} );

	it( 'the settings screen says Reconnect needed, and what that means', async () => {
		await page.getByRole( 'link', { name: 'SlashImage settings' } ).click();
		await screen.pill( 'Reconnect needed' ).waitFor();
		await screen.button( 'Reconnect' ).waitFor();
		await screen.text( /Optimizing is paused\..* 3 images wait and go on by themselves/ ).waitFor();
		expect( await screen.counts() ).toEqual( { Optimized: '6', Paused: '3', Failed: '0' } );
		expect( await notice().count() ).toBe( 0 );
		await person.picture( 'reconnect', screen.images );
	} );

	it( 'visitors still get the optimized images, byte for byte', async () => {
		expect( await visit( kept ) ).toEqual( served );
		expect( served.map( ( { status } ) => status ) ).toEqual( Array( 6 ).fill( 200 ) );
		expect( served.map( ( { bytes } ) => bytes ) ).toEqual( kept.map( ( { now } ) => now ) );
		expect( kept.filter( ( { now, before } ) => now < before ) ).toHaveLength( 6 );
	} );
} );

describe( 'scene 3: the new key', () => {
	it( 'cut off while copying: says so and how much is missing, and asks nobody', async () => {
		wordpress.service.forgetRequests();
		const key = await copyKey();
		await screen.field.click();
		await person.paste( key.slice( 0, -4 ) );
		await screen.text( fieldSentences.malformed ).waitFor();
		await screen.text( 'The key is cut off: 4 characters are missing at the end.' ).waitFor();
		await screen.button( 'Reconnect' ).click();
		await person.picture( 'cut-off', screen.images );
		expect( wordpress.service.requests ).toEqual( [] );
	} );

	it( 'whole: one click reconnects, and the queue drains with no page open', async () => {
		const key = await copyKey();
		await screen.field.click();
		await page.keyboard.press( 'ControlOrMeta+A' );
		await person.paste( key );
		await screen.text( 'The key is complete.' ).waitFor();
		await screen.button( 'Reconnect' ).click();
		await screen.pill( 'Connected' ).waitFor();
		await page.goto( 'about:blank' );
		await dashboard.goto( 'about:blank' );
		await quiet();
		expect( ( await wordpress.rows() ).map( ( { state } ) => state ) ).toEqual( Array( 9 ).fill( 'optimized' ) );
	} );

	it( 'no notice is left, and every image is optimized', async () => {
		for ( const place of placesOfTheNotice ) {
			expect( await wordpress.admin.page( `/wp-admin/${ place }` ) ).not.toContain( 'slashimage-notice' );
		}
		expect( ( await column() ).join( '\n' ) ).toMatch( nineOptimized );
		expect( await notice().count() ).toBe( 0 );
		await person.picture( 'media-list-optimized', page.getByRole( 'row' ).nth( 4 ) );
		await screen.open();
		await person.picture( 'reconnected', screen.images );
		expect( person.problems ).toEqual( [] );
		expect( await wordpress.log() ).toBe( '' );
	} );
} );

interface Served {
	url: string;
	status: number;
	checksum: string;
	bytes: number;
}

interface Kept {
	url: string;
	/** Bytes of the file in the uploads folder. */
	now: number;
	before: number;
}

/** Gets these images the way a visitor does. */
async function visit( kept: Kept[] ): Promise< Served[] > {
	return Promise.all(
		kept.map( async ( { url } ) => {
			const answer = await fetch( url );
			const bytes = Buffer.from( await answer.arrayBuffer() );
			const checksum = createHash( 'sha256' ).update( bytes ).digest( 'hex' );
			return { url, status: answer.status, checksum, bytes: bytes.length };
		} )
	);
}

/** The address of every image's main file, and its size now and before it was optimized. */
const optimized = async () =>
	( await wordpress.wp.evaluate( `return array_map( function ( $id ) {
		$file = get_attached_file( $id );
		$before = get_post_meta( $id, '_slashimage', true )['files'][ basename( $file ) ]['before'];
		return [ 'url' => wp_get_attachment_url( $id ), 'now' => filesize( $file ), 'before' => $before ];
	}, get_posts( [ 'post_type' => 'attachment', 'post_status' => 'any', 'numberposts' => -1, 'fields' => 'ids' ] ) );` ) ) as Kept[];

/** Until the service has not been asked for a while. WordPress is left alone meanwhile: a visit would wake its cron. */
async function quiet(): Promise< void > {
	const asked = () => wordpress.service.requests.filter( ( { path } ) => path === '/v1/optimize' ).length;
	let before: number;
	do {
		before = asked();
		await new Promise( ( resolve ) => setTimeout( resolve, 2_500 ) );
	} while ( asked() > before );
}
