import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { startNetwork, type Network } from '../wordpress/network-sites.ts';
import { startChromium } from './chromium.ts';
import { flaws } from './flaws.ts';
import { personAt, type Person } from './person.ts';
import { settingsScreen } from './screen.ts';

// The network screen in a real network of three sites, which WebAssembly's WordPress can't be.

const soon = { timeout: 20_000, interval: 100 };

describe.runIf( process.env[ 'SLASHIMAGE_NATIVE' ] )( 'the network screen', () => {
	let browser: Browser;
	let network: Network;
	let person: Person;
	let page: Page;

	beforeAll( async () => {
		network = await startNetwork();
		await network.reset();
		browser = await startChromium();
		person = await personAt( browser, { wp: network.wp, admin: network.boss } );
		( { page } = person );
	} );

	afterAll( async () => {
		expect( person.problems ).toEqual( [] );
		await browser.close();
		await network.close();
	} );

	const card = ( name: string ) => page.getByRole( 'region', { name } );
	const row = ( name: string ) => page.getByRole( 'row' ).filter( { has: page.getByRole( 'link', { name } ) } );
	const open = async () => {
		await person.go( 'network/settings.php?page=slashimage' );
		await card( 'Sites' ).waitFor();
	};

	it( 'takes a pasted key, and the sites take it over by themselves', async () => {
		await open();
		expect( await flaws( page, '#slashimage-network' ) ).toEqual( [] );
		await row( 'Shop' ).getByText( 'Not configured' ).waitFor();
		await page.getByRole( 'textbox', { name: 'API key' } ).focus();
		await person.paste( ` ${ network.service.issueKey() }\n` );
		await page.keyboard.press( 'Enter' );
		await card( 'Key of the network' ).getByText( 'The key works.', { exact: false } ).waitFor();
		for ( const place of Object.values( network.sites ) ) {
			await place.cron();
		}
		await open();
		await row( 'Shop' ).getByText( 'Connected' ).waitFor();
		await row( 'Client' ).getByText( 'Network' ).waitFor();
	} );

	it( 'shows which sites need reconnecting, since when and with how many images', async () => {
		const { client } = network.sites;
		network.service.setBlocked( await keyOf( network ), [ 'client.example' ] );
		await client.evaluate( 'SlashImage\\Check::run( 5 );' );
		await client.upload( 2 );
		await open();
		await row( 'Client' ).getByText( 'Reconnect needed' ).waitFor();
		expect( await row( 'Client' ).getByRole( 'cell' ).last().textContent() ).toContain( '2' );
		expect( await flaws( page, '#slashimage-network' ) ).toEqual( [] );
		await person.picture( 'network', card( 'Sites' ) );
		await page.setViewportSize( { width: 320, height: 800 } );
		await person.picture( 'network-phone', card( 'Sites' ) );
		await page.setViewportSize( { width: 1100, height: 800 } );
	} );

	it( 'a site says that its key is the network’s, and may not set one where the network keeps that to itself', async () => {
		const screen = settingsScreen( person );
		await screen.open();
		await screen.text( 'This site uses the key of the network.' ).waitFor();
		await screen.button( 'Use an own key' ).waitFor();
		expect( await flaws( page, '#slashimage-admin' ) ).toEqual( [] );
		await open();
		await page.getByRole( 'checkbox', { name: 'Sites may use a key of their own.' } ).click();
		await expect
			.poll( async () => ( await network.boss.rest( 'GET', '/network' ) ).body[ 'own_keys' ], soon )
			.toBe( false );
		await screen.open();
		await screen.text( /^The key comes from the network, so it can not be changed here\./ ).waitFor();
		expect( await screen.button( 'Use an own key' ).count() ).toBe( 0 );
		await person.picture( 'network-site', page.getByRole( 'region', { name: 'Connection' } ) );
	} );
} );

const keyOf = async ( { sites }: Network ) =>
	( await sites.main.evaluate( 'return SlashImage\\Key_Store::current()->secret();' ) ) as string;
