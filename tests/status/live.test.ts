// @vitest-environment jsdom
import { setup } from '@wordpress/a11y';
import { getByText, queryByText, waitFor } from '@testing-library/dom';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { showStatus } from '../../src/status/index.ts';
import type { Image, ImagesNews, StatusPage } from '../../src/validation/schemas.ts';
import { startRestServer, type Reply, type RestServer } from '../support/rest-server.ts';
import { image, optimized, page } from './page.ts';

const soon = { timeout: 5_000 };
const ended = /^You are logged out/;

let rest: RestServer;
let id = 100;

beforeAll( async () => {
	rest = await startRestServer();
} );
afterAll( () => rest.close() );
beforeEach( () => {
	document.body.innerHTML = '';
	setup();
	// Ids of its own in each test: what an earlier one watched is no longer on the page.
	id += 10;
	rest.asked = [];
} );

/** What the site says next. */
const says = ( images: Image[], news: Partial< ImagesNews > = {} ): void => {
	rest.reply = { status: 200, body: { connection: 'connected', notice: null, bubble: null, images, ...news } };
};

/** A list with these images, one below the other. */
function list( images: Image[], changes: Partial< StatusPage > = {}, className = '' ): HTMLElement {
	const main = document.body.appendChild( document.createElement( 'main' ) );
	main.innerHTML =
		'<hr class="wp-header-end">' +
		images
			.map( ( row ) => `<div class="slashimage-status ${ className }" data-id="${ row.id }"></div>` )
			.join( '' );
	showStatus( page( { images, ...changes } ) );
	return main;
}

const rows = ( main: HTMLElement ) =>
	[ ...main.querySelectorAll( '.slashimage-status__label' ) ].map( ( { textContent } ) => textContent );
const heard = () => document.getElementById( 'a11y-speak-polite' )?.textContent?.replaceAll( '\u00a0', '' );
const reads = ( main: HTMLElement, words: string[] ) => waitFor( () => expect( rows( main ) ).toEqual( words ), soon );
const quiet = () => new Promise( ( resolve ) => setTimeout( resolve, 1_600 ) );

describe( 'a running queue', () => {
	test( 'is followed with one question for all, until nothing moves, and the end is said once', async () => {
		const main = list( [
			image( { id } ),
			image( { id: id + 1, state: 'optimizing' } ),
			optimized( { id: id + 2 } ),
		] );
		says( [ image( { id, state: 'optimizing' } ), optimized( { id: id + 1 } ), optimized( { id: id + 2 } ) ] );
		await reads( main, [ 'Optimizing…', 'Optimized', 'Optimized' ] );
		// Those in motion first.
		expect( decodeURIComponent( rest.asked[ 0 ]?.path ?? '' ) ).toBe(
			`/slashimage/v1/images?ids=${ id },${ id + 1 },${ id + 2 }&_locale=user`
		);
		expect( heard() ).toBe( '' );
		says( [ optimized( { id } ) ] );
		await reads( main, [ 'Optimized', 'Optimized', 'Optimized' ] );
		expect( heard() ).toBe( 'The images on this page are done.' );
		rest.asked = [];
		await quiet();
		expect( rest.asked ).toEqual( [] );
	} );

	test( 'says how many failed', async () => {
		const main = list( [ image( { id } ) ] );
		says( [ image( { id, state: 'failed', sentence: '<b>No.</b>' } ) ] );
		await reads( main, [ 'Failed' ] );
		expect( heard() ).toBe( 'The images on this page are done. Failed: 1' );
		expect( main.querySelector( 'b' ) ).toBeNull();
	} );

	test( 'an image that is gone keeps the others from nothing', async () => {
		const main = list( [ image( { id } ), image( { id: id + 1 } ) ] );
		says( [ optimized( { id: id + 1 } ) ] );
		await reads( main, [ 'Waiting', 'Optimized' ] );
	} );

	test( 'a row somebody is in is drawn again only when it has news', async () => {
		const main = list( [ image( { id } ), image( { id: id + 1, state: 'failed' } ) ] );
		const button = main.querySelector( 'button' )!;
		button.focus();
		says( [ optimized( { id } ), image( { id: id + 1, state: 'failed' } ) ] );
		await reads( main, [ 'Optimized', 'Failed' ] );
		expect( document.activeElement ).toBe( button );
	} );

	test( 'an answer that is older than what somebody did meanwhile is dropped', async () => {
		let late = ( _: Reply ): void => {};
		rest.reply = new Promise( ( resolve ) => ( late = resolve ) );
		const main = list( [ image( { id } ), image( { id: id + 1, state: 'failed' } ) ] );
		await waitFor( () => expect( rest.asked ).toHaveLength( 1 ), soon );
		rest.reply = { status: 200, body: { ...optimized( { id: id + 1 } ), files: [] } };
		main.querySelector( 'button' )!.click();
		await reads( main, [ 'Waiting', 'Optimized' ] );
		says( [ image( { id, state: 'optimizing' } ) ] );
		const old = [ image( { id } ), image( { id: id + 1, state: 'failed' } ) ];
		late( { status: 200, body: { connection: 'connected', notice: null, bubble: null, images: old } } );
		await reads( main, [ 'Optimizing…', 'Optimized' ] );
		says( [ optimized( { id } ) ] );
		await reads( main, [ 'Optimized', 'Optimized' ] );
	} );

	test( 'beside an image its files follow, asked for once', async () => {
		const main = list( [ image( { id } ) ], {}, 'is-details' );
		says( [ optimized( { id } ) ] );
		await reads( main, [ 'Optimized' ] );
		await waitFor( () => expect( rest.asked.at( -1 )?.path ).toBe( `/slashimage/v1/images/${ id }?_locale=user` ) );
	} );
} );

describe( 'a key that dies', () => {
	const refused = { connection: 'reconnect', notice: 'key_refused' } as const;

	test( 'pauses the rows and brings the notice; put right elsewhere, both are over', async () => {
		const main = list( [ image( { id } ), optimized( { id: id + 1 } ) ] );
		says( [ image( { id, state: 'paused' } ) ], refused );
		await reads( main, [ 'Paused - reconnect your API key', 'Optimized' ] );
		getByText( document.body, /^Your API key is invalid or was revoked/ );
		expect( heard() ).toBe( 'Paused - reconnect your API key' );
		says( [ image( { id } ) ] );
		await reads( main, [ 'Waiting', 'Optimized' ] );
		expect( queryByText( document.body, /^Your API key/ ) ).toBeNull();
		expect( heard() ).toBe( 'Optimizing goes on.' );
	} );

	test( 'is watched though nothing moves', async () => {
		const main = list( [ image( { id, state: 'paused' } ) ], refused );
		says( [ optimized( { id } ) ] );
		await reads( main, [ 'Optimized' ] );
	} );

	test( 'brings no notice to a screen it does not belong on', async () => {
		const main = list( [ image( { id } ) ], { notices: false } );
		says( [ image( { id, state: 'paused' } ) ], refused );
		await reads( main, [ 'Paused - reconnect your API key' ] );
		expect( document.getElementById( 'slashimage-notice' ) ).toBeNull();
	} );
} );

test.each( [
	[ 'a session that is over', 401, 'rest_forbidden', ended ],
	[
		"a refusal of somebody else's",
		403,
		'rest_disabled',
		/REST API requests are blocked on this site \(rest_disabled\)/,
	],
	[ 'a right that is gone', 403, 'rest_forbidden', /^No\./ ],
] )( '%s ends it for good, and says so', async ( _, status, code, sentence ) => {
	rest.reply = { status, body: { code, message: 'No.', data: { status } } };
	const main = list( [ image( { id } ) ] );
	await waitFor( () => getByText( main, sentence ), soon );
	expect( heard() ).toMatch( sentence );
	expect( rows( main ) ).toEqual( [ 'Waiting' ] );
	rest.asked = [];
	await quiet();
	expect( rest.asked ).toEqual( [] );
} );

test( 'a page on which nothing moves asks nothing', async () => {
	list( [
		optimized( { id } ),
		image( { id: id + 1, state: 'failed' } ),
		image( { id: id + 2, state: 'not_optimized' } ),
	] );
	await quiet();
	expect( rest.asked ).toEqual( [] );
} );

test( 'rows that come later, as of a list that a script replaces, get their state; what is no image stays empty', async () => {
	const row = ( of: number ) => `<tr id="post-${ of }"><td class="slashimage column-slashimage"></td></tr>`;
	document.body.innerHTML = `<main><hr class="wp-header-end"><form id="posts-filter"><table><tbody id="the-list">${ row( id ) }</tbody></table></form></main>`;
	showStatus( page( { images: [] } ) );
	says( [ optimized( { id } ), image( { id: id + 1, state: 'failed' } ) ] );
	document.querySelector( 'table' )!.outerHTML =
		`<table><tbody id="the-list">${ row( id ) }${ row( id + 1 ) }${ row( id + 2 ) }</tbody></table>`;
	const main = document.querySelector( 'main' )!;
	await reads( main, [ 'Optimized', 'Failed' ] );
	expect( document.querySelector( `#post-${ id + 2 }` )?.textContent ).toBe( '' );
	rest.asked = [];
	await quiet();
	expect( rest.asked ).toEqual( [] );
	// One that was edited in place is printed anew.
	document.querySelector( `#post-${ id }` )!.outerHTML = row( id );
	await reads( main, [ 'Optimized', 'Failed' ] );
} );
