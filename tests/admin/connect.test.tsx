// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fieldSentences } from '../../src/validation/sentences.ts';
import { button, draw, field, focused, heard, paste, posts, wait } from './draw.tsx';
import { accepted, connected, disconnected, key, keyPrint, reconnect, refusal, summary } from './fixtures.ts';

const text = ( sentence: string | RegExp ) => screen.findByText( sentence );
const sent = `POST /connection ${ JSON.stringify( { key } ) }`;

describe( 'connecting, refused', () => {
	it( 'says the documented sentence, keeps the text and gives the field the focus', async () => {
		const { site, user } = draw( disconnected() );
		site.answer( 'POST /connection', refusal( 422, 'invalid_key' ) );
		await paste( user, key );
		await user.click( button( 'Connect' ) );
		await text( fieldSentences.refused );
		await heard( fieldSentences.refused );
		expect( screen.getByText( 'Not configured' ) ).toBeTruthy();
		expect( field().value ).toBe( key );
		await focused( () => field() );
		expect( screen.queryByText( 'Untrusted', { exact: false } ) ).toBeNull();
		await user.keyboard( 'x' );
		expect( screen.queryByText( fieldSentences.refused ) ).toBeNull();
	} );

	it( 'adds which domain is not allowed, and where to allow it', async () => {
		const { site, user } = draw( reconnect() );
		site.answer( 'POST /connection', refusal( 422, 'domain_not_allowed' ) );
		await paste( user, key );
		await user.click( button( 'Reconnect' ) );
		await text( fieldSentences.refused );
		expect( screen.getByText( 'The key is locked to other domains.' ) ).toBeTruthy();
		expect( screen.getByText( 'The service sees this site as example.com.' ) ).toBeTruthy();
		expect( screen.getByRole( 'link', { name: /How to allow a domain/ } ) ).toBeTruthy();
	} );

	it( 'by its shape on the server: says the same as the browser would', async () => {
		const { site, user } = draw( disconnected() );
		site.answer( 'POST /connection', refusal( 400, 'key_unknown' ) );
		await paste( user, key );
		await user.click( button( 'Connect' ) );
		await text( fieldSentences.malformed );
	} );

	it( 'because the key is set in a file meanwhile: says so and looks again', async () => {
		const { site, user } = draw( disconnected() );
		site.answer( 'POST /connection', refusal( 409, 'key_managed' ) );
		await paste( user, key );
		await user.click( button( 'Connect' ) );
		await text( 'The key of this site is set in its configuration and can only be changed there.' );
		await waitFor( () => expect( site.requests ).toContain( 'GET /connection' ) );
	} );
} );

describe( 'connecting, the service out of reach', () => {
	it.each( [
		[ { kind: 'dns', status: 0 }, 'The name of the service could not be resolved.' ],
		[ { kind: 'timeout', status: 0 }, 'No answer came in time.' ],
		[ { kind: 'html', status: 200 }, /A web page came instead of an answer \(status 200\)/ ],
		[ { kind: 'json', status: 500 }, 'The service answered with status 500.' ],
	] )( 'says the documented sentence and what was seen: %j', async ( seen, sentence ) => {
		const { site, user } = draw( disconnected() );
		site.answer( 'POST /connection', refusal( 424, 'no_answer', seen ) );
		await paste( user, key );
		await user.click( button( 'Connect' ) );
		await text( fieldSentences.unreachable );
		expect( screen.getByText( sentence ) ).toBeTruthy();
		await heard( fieldSentences.unreachable );
	} );

	it( 'gives up in time, and finds out later that it went through after all', async () => {
		const { site, user } = draw( reconnect(), summary( { waiting: 3 } ), { giveUp: 120, poll: 80 } );
		await paste( user, key );
		await user.click( button( 'Reconnect' ) );
		await text( fieldSentences.unreachable );
		expect( screen.getByText( 'No answer came in time.' ) ).toBeTruthy();
		site.answer( 'GET /connection', { body: accepted() } );
		await text( 'Connected' );
		expect( screen.queryByText( fieldSentences.unreachable ) ).toBeNull();
		await heard( 'Connected' );
	} );
} );

describe( 'connecting, this site out of reach', () => {
	it.each( [
		[ 'session expired', refusal( 403, 'rest_cookie_invalid_nonce' ), /You are logged out/ ],
		[ 'logged out', refusal( 401, 'rest_forbidden' ), /You are logged out/ ],
		[ 'a login page', { status: 200, body: '<html>Log in</html>' }, /Something other than WordPress answered/ ],
		[ 'a firewall page', { status: 403, body: '<html>No</html>' }, /Something other than WordPress answered/ ],
		[ 'another shape', { body: { hello: 'world' } }, /Something other than WordPress answered/ ],
		[
			'a fatal error',
			refusal( 500, 'internal_server_error' ),
			/What was seen: internal_server_error \(status 500\)/,
		],
	] )( '%s: says what to do, and not that the service is out of reach', async ( _, answer, sentence ) => {
		const { site, user } = draw( disconnected() );
		site.answer( 'POST /connection', answer );
		// Renewing the session fails as well.
		site.answer( 'GET /nonce', { status: 400, body: '0' } );
		await paste( user, key );
		await user.click( button( 'Connect' ) );
		await text( sentence );
		expect( screen.queryByText( fieldSentences.unreachable ) ).toBeNull();
		expect( field().value ).toBe( key );
	} );

	it( 'offline: says so', async () => {
		const { site, user } = draw( disconnected() );
		site.offline = true;
		await paste( user, key );
		await user.click( button( 'Connect' ) );
		await text( /Your browser could not reach this site/ );
	} );
} );

describe( 'connecting, an impatient person', () => {
	it( 'double click and Enter twice make one request', async () => {
		const { site, user } = draw( disconnected() );
		site.answer( 'POST /connection', { body: accepted(), after: 800 } );
		await paste( user, key );
		await user.keyboard( '{Enter}{Enter}' );
		await user.dblClick( button( 'Connect' ) );
		await user.tab();
		await text( 'Connected' );
		expect( posts( site ) ).toEqual( [ sent ] );
	} );

	it( 'can cancel, keeps the text, and is told the truth when it went through', async () => {
		const { site, user } = draw( disconnected() );
		await paste( user, key );
		await user.click( button( 'Connect' ) );
		await heard( 'Asking the service about the key…' );
		expect( field().readOnly ).toBe( true );
		await waitFor( () => expect( posts( site ) ).toHaveLength( 1 ) );
		await user.click( button( 'Cancel' ) );
		await heard( 'Cancelled.' );
		expect( field().value ).toBe( key );
		expect( screen.getByText( 'Not configured' ) ).toBeTruthy();
		await waitFor( () => expect( posts( site ) ).toContain( 'POST /connection/withdraw' ) );
	} );

	it( 'who cancels too late is told that it is connected already, and may disconnect', async () => {
		const { site, user } = draw( disconnected() );
		site.answer( 'POST /connection/withdraw', { body: accepted() } );
		await paste( user, key );
		await user.click( button( 'Connect' ) );
		await waitFor( () => expect( posts( site ) ).toHaveLength( 1 ) );
		await user.click( button( 'Cancel' ) );
		await text( /^Already connected/ );
		expect( button( 'Disconnect' ) ).toBeTruthy();
	} );

	it( 'drops an answer that comes after a newer attempt', async () => {
		const { site, user } = draw( disconnected() );
		site.answer( 'POST /connection', { ...refusal( 422, 'invalid_key' ), after: 700 }, { body: accepted() } );
		await paste( user, key );
		await user.keyboard( '{Enter}' );
		await waitFor( () => expect( posts( site ) ).toHaveLength( 1 ) );
		await user.click( button( 'Cancel' ) );
		await user.click( button( 'Connect' ) );
		await text( 'Connected' );
		await wait( 800 );
		expect( screen.getByText( 'Connected' ) ).toBeTruthy();
		expect( screen.queryByText( fieldSentences.refused ) ).toBeNull();
	} );

	it( 'may leave in the middle of it', async () => {
		const { site, user, leave } = draw( disconnected() );
		site.answer( 'POST /connection', { body: accepted(), after: 50 } );
		await paste( user, key );
		await user.keyboard( '{Enter}' );
		leave();
		await wait( 100 );
		expect( document.body.textContent ).not.toContain( key );
	} );
} );

describe( 'connecting, accepted', () => {
	it( 'shows the new state, says so, and forgets the key', async () => {
		const { site, user } = draw( reconnect(), summary( { waiting: 12 } ) );
		site.answer( 'POST /connection', { body: accepted() } );
		await paste( user, key );
		await user.click( button( 'Reconnect' ) );
		await text( 'Connected' );
		expect( screen.getByText( keyPrint ) ).toBeTruthy();
		await heard( 'Connected. 12 waiting images are being optimized.' );
		await focused( () => screen.getByRole( 'heading', { name: 'Connection Connected' } ) );
		expect( document.documentElement.outerHTML ).not.toContain( key );
		expect( posts( site ) ).toEqual( [ sent ] );
	} );

	it( 'replaces a working key in place, without disconnecting first', async () => {
		const { site, user } = draw( connected() );
		site.answer( 'POST /connection', refusal( 422, 'invalid_key' ), { body: accepted() } );
		await user.click( button( 'Replace key' ) );
		await focused( () => field() );
		await paste( user, key );
		await user.click( button( 'Replace key' ) );
		await text( fieldSentences.refused );
		expect( screen.getByText( 'Nothing was changed: sk_live_…9f3c stays the key of this site.' ) ).toBeTruthy();
		expect( screen.getByText( 'Connected' ) ).toBeTruthy();
		await user.click( button( 'Replace key' ) );
		await text( keyPrint );
		expect( screen.queryByRole( 'textbox' ) ).toBeNull();
		await heard( 'The key works.' );
		await focused( () => screen.getByRole( 'heading', { name: 'Connection Connected' } ) );
		expect( posts( site ) ).toEqual( [ sent, sent ] );
	} );

	it( 'replaces a key though nobody waited for the answer any more', async () => {
		const { site, user } = draw( connected(), summary(), { giveUp: 120, poll: 60 } );
		await user.click( button( 'Replace key' ) );
		await paste( user, key );
		await user.click( button( 'Replace key' ) );
		await text( fieldSentences.unreachable );
		site.answer( 'GET /connection', { body: accepted() } );
		await text( keyPrint );
		await waitFor( () => expect( screen.queryByRole( 'textbox' ) ).toBeNull() );
		await heard( 'The key works.' );
	} );

	it( 'puts the field away again, and the focus back', async () => {
		const { site, user } = draw( connected() );
		await user.click( button( 'Replace key' ) );
		await paste( user, 'sk_li' );
		await user.keyboard( '{Escape}' );
		expect( screen.queryByRole( 'textbox' ) ).toBeNull();
		await focused( () => button( 'Replace key' ) );
		expect( site.requests ).toEqual( [] );
	} );
} );
