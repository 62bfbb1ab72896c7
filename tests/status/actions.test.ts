// @vitest-environment jsdom
import { findByRole, getByRole, queryByRole, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { setup } from '@wordpress/a11y';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { imageStates, type ImageState } from '../../src/validation/image-state.ts';
import { startRestServer, type Reply, type RestServer } from '../support/rest-server.ts';
import { drawn, image, optimized, page, words } from './page.ts';

const sentence = 'The optimized file could not be written.';
const failed = image( { state: 'failed', sentence } );
const done = { status: 200, body: { ...optimized(), files: [] } };
const isDone = [ 'Optimized', 'Saved 63% (1.2 MB)', 'Restore original' ];

let rest: RestServer;

beforeAll( async () => {
	rest = await startRestServer();
} );
afterAll( () => rest.close() );
beforeEach( () => {
	rest.asked = [];
} );

const buttons = ( cell: HTMLElement ) =>
	[ ...cell.querySelectorAll( 'button' ) ].map( ( { textContent } ) => textContent );

/** Lets the server wait. Returns what makes it answer. */
function later(): ( reply: Reply ) => void {
	let answer: ( reply: Reply ) => void = () => {};
	rest.reply = new Promise( ( resolve ) => ( answer = resolve ) );
	return answer;
}

describe( 'what is offered', () => {
	const offered: Partial< Record< ImageState, string[] > > = {
		not_optimized: [ 'Optimize' ],
		elsewhere: [ 'Optimize' ],
		failed: [ 'Retry' ],
		partly_optimized: [ 'Retry' ],
		optimized: [],
	};

	test.each( imageStates )( 'for an image that is %s', ( state ) => {
		expect( buttons( drawn( image( { state } ) ) ) ).toEqual( offered[ state ] ?? [] );
	} );

	test( 'nothing for one in the trash', () => {
		expect( buttons( drawn( image( { state: 'not_optimized', cause: 'trashed' } ) ) ) ).toEqual( [] );
	} );

	test( 'the original, where something was saved', () => {
		expect( buttons( drawn( optimized() ) ) ).toEqual( [ 'Restore original' ] );
		const partly = { ...optimized(), state: 'failed' as const };
		expect( buttons( drawn( partly ) ) ).toEqual( [ 'Retry', 'Restore original' ] );
	} );

	test( 'nothing for one whose main file would lose something: trying again changes nothing', () => {
		expect( buttons( drawn( image( { state: 'partly_optimized', cause: 'has_gain_map' } ) ) ) ).toEqual( [] );
		expect( buttons( drawn( image( { state: 'partly_optimized', cause: 'broken_look' } ) ) ) ).toEqual( [
			'Retry',
		] );
	} );

	// Some of its files were done when the credits ran out, or the key died.
	test.each( [ 'waiting', 'out_of_credits', 'paused', 'refused' ] as const )(
		'the original of one that is %s, where something was saved',
		( state ) => {
			expect( buttons( drawn( { ...optimized(), state } ) ) ).toEqual( [ 'Restore original' ] );
		}
	);

	test.each( [
		[ 'reconnect', 'Reconnect your API key first' ],
		[ 'disconnected', 'Add your API key first' ],
	] as const )(
		'while %s, nothing that needs the key: what has to be done first is said, and where',
		( connection, first ) => {
			for ( const row of [ failed, image( { state: 'not_optimized' } ) ] ) {
				const cell = drawn( row, { connection } );
				expect( buttons( cell ) ).toEqual( [] );
				expect( getByRole( cell, 'link', { name: first } ).getAttribute( 'href' ) ).toBe( page().settings_url );
				const authors = drawn( row, { connection, settings_url: '' } );
				expect( queryByRole( authors, 'link' ) ).toBeNull();
				expect( words( authors ).at( -1 ) ).toBe( first );
			}
			expect( buttons( drawn( optimized(), { connection } ) ) ).toEqual( [ 'Restore original' ] );
		}
	);
} );

test.each< [ string, Reply | null, RegExp ] >( [
	[
		'the reason of the server',
		{
			status: 409,
			body: { code: 'image_busy', message: 'It is <b>busy</b>.', data: { status: 409 } },
		},
		/^It is <b>busy<\/b>\.$/,
	],
	[ 'that the answer was a web page', { status: 200, body: '<h1>Log in</h1>' }, /^That did not work/ ],
	[ 'that no answer came', null, /./ ],
	[ 'a sentence of its own for an error without one', { status: 500, body: {} }, /^That did not work/ ],
	[ 'a sentence of its own for an answer that is no image', { status: 200, body: null }, /^That did not work/ ],
	[ 'a sentence of its own for another image', { status: 200, body: image( { id: 13 } ) }, /^That did not work/ ],
] )( 'what did not work says %s, and can be tried again', async ( _, reply, expected ) => {
	rest.reply = reply;
	const cell = drawn( failed );
	await userEvent.click( getByRole( cell, 'button', { name: 'Retry' } ) );
	expect( ( await findByRole( cell, 'alert' ) ).textContent ).toMatch( expected );
	expect( words( cell ).slice( 0, 3 ) ).toEqual( [ 'Failed', sentence, 'Retry' ] );

	rest.reply = done;
	await userEvent.click( getByRole( cell, 'button', { name: 'Retry' } ) );
	await waitFor( () => expect( words( cell ) ).toEqual( isDone ) );
} );

test( 'a second click while the first is on its way asks nothing', async () => {
	const answer = later();
	const cell = drawn( failed );
	const button = getByRole( cell, 'button', { name: 'Retry' } );
	await userEvent.dblClick( button );
	expect( button.getAttribute( 'aria-disabled' ) ).toBe( 'true' );
	expect( document.activeElement ).toBe( button );
	answer( done );
	await waitFor( () => expect( words( cell ) ).toEqual( isDone ) );
	expect( rest.asked ).toHaveLength( 1 );
} );

test.each( [
	[ 'Optimize', 'optimize', image( { state: 'not_optimized' } ) ],
	[ 'Restore original', 'restore', optimized( { bytes_after: 1_000_000 } ) ],
] )( '%s asks for that image, and draws the answer wherever it is shown', async ( name, action, row ) => {
	rest.reply = done;
	const cell = drawn( row );
	const badge = document.body.appendChild( document.createElement( 'span' ) );
	badge.className = 'slashimage-badge';
	badge.dataset[ 'id' ] = '12';
	await userEvent.click( getByRole( cell, 'button', { name } ) );
	await waitFor( () => expect( words( cell ) ).toEqual( isDone ) );
	expect( badge.textContent ).toBe( 'Optimized. Saved 63% (1.2 MB)' );
	expect( rest.asked ).toEqual( [
		{ method: 'POST', path: `/slashimage/v1/images/12/${ action }?_locale=user`, body: {} },
	] );
} );

test( 'the keyboard stays where it was when the button goes', async () => {
	rest.reply = done;
	const cell = drawn( failed );
	await userEvent.tab();
	await userEvent.keyboard( '{Enter}' );
	await waitFor( () => expect( queryByRole( cell, 'button', { name: 'Retry' } ) ).toBeNull() );
	expect( document.activeElement ).toBe( cell );
} );

test( 'the keyboard is not pulled back from elsewhere', async () => {
	const answer = later();
	const cell = drawn( failed );
	const elsewhere = document.body.appendChild( document.createElement( 'input' ) );
	await userEvent.click( getByRole( cell, 'button', { name: 'Retry' } ) );
	elsewhere.focus();
	answer( done );
	await waitFor( () => expect( words( cell ) ).toEqual( isDone ) );
	expect( document.activeElement ).toBe( elsewhere );
} );

test( 'what was done is said aloud', async () => {
	rest.reply = { status: 200, body: { ...image( { state: 'not_optimized' } ), files: [] } };
	const cell = drawn( optimized( { bytes_after: 1_000_000 } ) );
	setup();
	await userEvent.click( getByRole( cell, 'button', { name: 'Restore original' } ) );
	await waitFor( () =>
		expect( document.getElementById( 'a11y-speak-polite' )?.textContent ).toContain(
			'The original of 1 image was put back.'
		)
	);
	expect( cell.getAttribute( 'aria-label' ) ).toBe( 'SlashImage' );
} );

test( 'after a refusal a cell shows how the image is now, and why it could not be done', async () => {
	const cell = drawn( failed );
	const answers: Reply[] = [
		{ status: 409, body: { code: 'image_not_failed', message: 'It has not failed.', data: { status: 409 } } },
		done,
	];
	Object.defineProperty( rest, 'reply', {
		get: () => ( answers.length > 1 ? answers.shift() : answers[ 0 ] ),
		set: () => {},
		configurable: true,
	} );
	await userEvent.click( getByRole( cell, 'button', { name: 'Retry' } ) );
	expect( ( await findByRole( cell, 'alert' ) ).textContent ).toBe( 'It has not failed.' );
	expect( words( cell ).slice( 0, isDone.length ) ).toEqual( isDone );
} );
