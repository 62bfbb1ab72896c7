// @vitest-environment jsdom
import { findByRole, getByRole, queryByRole, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startRestServer, type Reply, type RestServer } from '../support/rest-server.ts';
import { connection, drawn, image, page, words } from './page.ts';

const failed = image( { state: 'failed', cause: 'write_failed' } );
const sentence = 'The optimized file could not be written. Is the uploads folder writable and the disk not full?';

let rest: RestServer;

beforeAll( async () => {
	rest = await startRestServer();
} );
afterAll( () => rest.close() );
beforeEach( () => {
	rest.asked = [];
} );

/** Lets the server wait. Returns what makes it answer. */
function later(): ( reply: Reply ) => void {
	let answer: ( reply: Reply ) => void = () => {};
	rest.reply = new Promise( ( resolve ) => ( answer = resolve ) );
	return answer;
}

test.each< [ string, Reply | null, RegExp ] >( [
	[
		'the reason of the server',
		{
			status: 409,
			body: { code: 'disconnected', message: 'Connect <b>SlashImage</b> first.', data: { status: 409 } },
		},
		/^Connect <b>SlashImage<\/b> first\.$/,
	],
	[ 'that the answer was a web page', { status: 200, body: '<h1>Log in</h1>' }, /not a valid JSON response/ ],
	[ 'that no answer came', null, /./ ],
	[ 'a sentence of its own for an error without one', { status: 500, body: {} }, /^Trying again did not work/ ],
	[
		'a sentence of its own for an answer that is no image',
		{ status: 200, body: null },
		/^Trying again did not work/,
	],
	[
		'a sentence of its own for another image',
		{ status: 200, body: image( { id: 13 } ) },
		/^Trying again did not work/,
	],
] )( 'a failed retry says %s, and can be retried', async ( _, reply, expected ) => {
	rest.reply = reply;
	const cell = drawn( failed );
	await userEvent.click( getByRole( cell, 'button', { name: 'Retry' } ) );
	expect( ( await findByRole( cell, 'alert' ) ).textContent ).toMatch( expected );
	expect( words( cell ).slice( 0, 3 ) ).toEqual( [ 'Failed', sentence, 'Retry' ] );

	rest.reply = { status: 200, body: image() };
	await userEvent.click( getByRole( cell, 'button', { name: 'Retry' } ) );
	await waitFor( () => expect( words( cell ) ).toEqual( [ 'Waiting' ] ) );
} );

test( 'a second click while the first is on its way asks nothing', async () => {
	const answer = later();
	const cell = drawn( failed );
	const button = getByRole( cell, 'button', { name: 'Retry' } );
	await userEvent.dblClick( button );
	expect( button.getAttribute( 'aria-disabled' ) ).toBe( 'true' );
	expect( document.activeElement ).toBe( button );
	answer( { status: 200, body: image() } );
	await waitFor( () => expect( words( cell ) ).toEqual( [ 'Waiting' ] ) );
	expect( rest.asked ).toHaveLength( 1 );
} );

test( 'a retry asks for that image and draws the answer', async () => {
	rest.reply = { status: 200, body: image( { state: 'optimizing' } ) };
	const cell = drawn( failed );
	await userEvent.click( getByRole( cell, 'button', { name: 'Retry' } ) );
	await waitFor( () => expect( words( cell ) ).toEqual( [ 'Optimizing…' ] ) );
	expect( rest.asked ).toEqual( [
		{ method: 'POST', path: '/slashimage/v1/images/12/retry?_locale=user', body: null },
	] );
} );

test( 'the keyboard stays where it was when the button goes', async () => {
	rest.reply = { status: 200, body: image() };
	const cell = drawn( failed );
	await userEvent.tab();
	await userEvent.keyboard( '{Enter}' );
	await waitFor( () => expect( queryByRole( cell, 'button' ) ).toBeNull() );
	expect( document.activeElement ).toBe( cell );
} );

test( 'the keyboard is not pulled back from elsewhere', async () => {
	const answer = later();
	const cell = drawn( failed );
	const elsewhere = document.body.appendChild( document.createElement( 'input' ) );
	await userEvent.click( getByRole( cell, 'button', { name: 'Retry' } ) );
	elsewhere.focus();
	answer( { status: 200, body: image() } );
	await waitFor( () => expect( words( cell ) ).toEqual( [ 'Waiting' ] ) );
	expect( document.activeElement ).toBe( elsewhere );
} );

test( 'is not offered where it can not work; what has to be done first is said, and where', () => {
	for ( const [ state, first ] of [
		[ 'reconnect', 'Reconnect your API key to try again' ],
		[ 'disconnected', 'Add your API key to try again' ],
	] as const ) {
		const cell = drawn( failed, { connection: connection( { state } ) } );
		expect( queryByRole( cell, 'button' ) ).toBeNull();
		expect( getByRole( cell, 'link', { name: first } ).getAttribute( 'href' ) ).toBe( page().settings_url );
		const authors = drawn( failed, { connection: connection( { state } ), settings_url: '' } );
		expect( queryByRole( authors, 'link' ) ).toBeNull();
		expect( words( authors ).at( -1 ) ).toBe( first );
	}
} );
