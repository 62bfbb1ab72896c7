// @vitest-environment jsdom
import { getByRole, getByText, queryByRole, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { resetLocaleData, setLocaleData } from '@wordpress/i18n';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { showNotice } from '../../src/notices/notice.ts';
import type { NoticePage } from '../../src/validation/schemas.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { runBuilt } from '../support/built-script.ts';
import { startRestServer, type RestServer } from '../support/rest-server.ts';

const page: NoticePage = {
	notice: 'key_refused',
	domain: 'example.com',
	settings_url: 'https://example.com/wp-admin/upload.php?page=slashimage',
	namespace: 'slashimage/v1',
};

let rest: RestServer;
const rejections: unknown[] = [];
const remember = ( reason: unknown ): number => rejections.push( reason );

beforeAll( async () => {
	rest = await startRestServer();
	process.on( 'unhandledRejection', remember );
} );
afterAll( () => {
	process.off( 'unhandledRejection', remember );
	return rest.close();
} );
beforeEach( () => {
	document.body.innerHTML = '<main><div id="slashimage-notice"></div></main>';
	rest.asked = [];
	rest.reply = { status: 200, body: {} };
	rejections.length = 0;
} );
afterEach( () => resetLocaleData( {}, 'slashimage' ) );

/** Shows a notice, and adds the button WordPress's common.js adds to it. */
function shown( changes: Partial< NoticePage > = {} ): HTMLElement {
	const place = document.getElementById( 'slashimage-notice' )!;
	showNotice( place, { ...page, ...changes } );
	const button = document.createElement( 'button' );
	button.className = 'notice-dismiss';
	button.innerHTML = '<span class="screen-reader-text">Dismiss this notice.</span>';
	button.addEventListener( 'click', () => place.remove() );
	place.append( button );
	return place;
}

async function dismiss( place: HTMLElement ): Promise< void > {
	await userEvent.click( getByText( place, 'Dismiss this notice.' ) );
	await waitFor( () => expect( rest.asked ).toHaveLength( 1 ) );
}

describe( 'closing', () => {
	test.each( [
		[ 'an error', { status: 500, body: { code: 'internal', message: 'No.' } } ],
		[ 'a web page', { status: 403, body: '<h1>Blocked</h1>' } ],
		[ 'no answer', null ],
	] )( 'is silent when the server gives %s', async ( _, reply ) => {
		rest.reply = reply;
		await dismiss( shown() );
		await new Promise( ( resolve ) => setTimeout( resolve, 50 ) );
		expect( rejections ).toEqual( [] );
		expect( document.body.textContent ).toBe( '' );
	} );

	test( 'tells the server which notice', async () => {
		await dismiss( shown( { notice: 'domain_refused' } ) );
		expect( rest.asked ).toEqual( [
			{ method: 'POST', path: '/slashimage/v1/notice?_locale=user', body: { notice: 'domain_refused' } },
		] );
	} );

	test( 'is not what a click elsewhere does', async () => {
		const place = shown();
		await userEvent.click( getByText( place, /Optimizing is paused/ ) );
		await new Promise( ( resolve ) => setTimeout( resolve, 50 ) );
		expect( rest.asked ).toEqual( [] );
	} );
} );

describe( 'words', () => {
	test( 'a domain with markup and placeholders is text', () => {
		const place = shown( { notice: 'domain_refused', domain: '<img src=x onerror=alert(1)> $& %s' } );
		expect( place.querySelector( 'img' ) ).toBeNull();
		expect( place.textContent ).toContain( 'The key is not allowed on <img src=x onerror=alert(1)> $& %s.' );
	} );

	test( 'a translation with markup is text', () => {
		setLocaleData( { 'SlashImage settings': [ '<b>SlashImage settings</b>' ] }, 'slashimage' );
		expect( getByRole( shown(), 'link', { name: '<b>SlashImage settings</b>' } ) ).toBeTruthy();
	} );

	test( 'a translation without the words of the link gets the link at its end', () => {
		setLocaleData(
			{
				'SlashImage needs an API key to optimize your images. Add one in SlashImage settings.': [
					'Aseta avain.',
				],
				'SlashImage settings': [ 'SlashImagen asetukset' ],
			},
			'slashimage'
		);
		const place = shown( { notice: 'not_configured' } );
		expect( place.querySelector( 'p' )?.textContent ).toBe( 'Aseta avain. SlashImagen asetukset' );
		expect( getByRole( place, 'link', { name: 'SlashImagen asetukset' } ) ).toBeTruthy();
	} );

	test( 'the documented sentence, with a link to the settings', () => {
		const place = shown();
		expect( place.querySelector( 'p' )?.textContent ).toBe(
			'Your API key is invalid or was revoked. Optimizing is paused - reconnect in SlashImage settings.'
		);
		const link = getByRole< HTMLAnchorElement >( place, 'link', { name: 'SlashImage settings' } );
		expect( link.href ).toBe( page.settings_url );
	} );

	test( 'a refused domain says which one, in addition', () => {
		expect( shown( { notice: 'domain_refused' } ).querySelector( 'p' )?.textContent ).toBe(
			'Your API key is invalid or was revoked. Optimizing is paused - reconnect in SlashImage settings. ' +
				'The key is not allowed on example.com.'
		);
	} );

	test( 'an unknown domain is left out', () => {
		expect( shown( { notice: 'domain_refused', domain: '' } ).textContent ).not.toContain( 'not allowed on' );
	} );
} );

describe( 'kind', () => {
	test.each( [
		[ 'key_refused', 'notice-error' ],
		[ 'domain_refused', 'notice-error' ],
		[ 'not_configured', 'notice-info' ],
	] as const )( '%s is a dismissible %s', ( notice, name ) => {
		expect( [ ...shown( { notice } ).classList ] ).toEqual( [ 'notice', name, 'is-dismissible' ] );
	} );

	test( 'it does not interrupt a screen reader', () => {
		const place = shown();
		expect( queryByRole( document.body, 'alert' ) ).toBeNull();
		expect( queryByRole( document.body, 'status' ) ).toBeNull();
		expect( place.hasAttribute( 'aria-live' ) ).toBe( false );
	} );

	test( 'axe finds nothing', async () => {
		expect( await accessibilityProblems( shown( { notice: 'domain_refused' } ) ) ).toEqual( [] );
	} );
} );

describe( 'the built script', () => {
	test( 'fills the place', () => {
		window.slashimageNotice = page;
		runBuilt( 'notices' );
		expect( getByRole( document.body, 'link', { name: 'SlashImage settings' } ) ).toBeTruthy();
	} );

	test( 'does nothing on a page without the place, or without data', () => {
		delete window.slashimageNotice;
		runBuilt( 'notices' );
		expect( document.body.textContent ).toBe( '' );
		document.body.replaceChildren();
		window.slashimageNotice = page;
		expect( () => runBuilt( 'notices' ) ).not.toThrow();
	} );
} );
