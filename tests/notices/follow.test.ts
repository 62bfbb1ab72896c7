// @vitest-environment jsdom
import { getByRole, getByText, queryByText, waitFor } from '@testing-library/dom';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { start } from '../../src/notices/index.ts';
import type { News, NoticePage } from '../../src/validation/schemas.ts';
import { startRestServer, type RestServer } from '../support/rest-server.ts';

// The notice on a page that stays open: it asks the site, which is a real one here, and follows.

// A namespace of its own in each test: what an earlier one began may still ask.
let page: NoticePage = {
	notice: 'key_refused',
	domain: 'example.com',
	settings_url: 'https://example.com/wp-admin/upload.php?page=slashimage',
	namespace: 'slashimage/v0',
};
const refused: News = {
	revision: 1,
	connection: 'reconnect',
	notice: 'key_refused',
	bubble: { text: '!', label: 'Reconnect needed' },
};
const sentence = /^Your API key is invalid or was revoked/;
const soon = { timeout: 5_000 };

let rest: RestServer;

beforeAll( async () => {
	rest = await startRestServer();
} );
afterAll( () => rest.close() );
beforeEach( () => {
	document.body.innerHTML =
		'<ul id="adminmenu"><li><a href="upload.php?page=slashimage">SlashImage</a></li></ul>' +
		'<main><hr class="wp-header-end"><div id="slashimage-notice"></div></main>';
	page = { ...page, namespace: page.namespace.replace( /\d+/, ( version ) => String( Number( version ) + 1 ) ) };
	rest.asked = [];
	rest.reply = { status: 200, body: refused };
} );

const questions = () => rest.asked.filter( ( { path } ) => path.startsWith( `/${ page.namespace }/` ) );
const asked = ( times: number ) => waitFor( () => expect( questions().length ).toBeGreaterThanOrEqual( times ), soon );
const quiet = () => new Promise( ( resolve ) => setTimeout( resolve, 1_600 ) );
const menu = () => getByRole( document.body, 'listitem' ).textContent;

test( 'it goes when the key is put right elsewhere, the bubble with it, and nothing is asked any more', async () => {
	start( page );
	await asked( 1 );
	await waitFor( () => expect( menu() ).toBe( 'SlashImage !Reconnect needed' ) );
	rest.reply = { status: 200, body: { revision: 2, connection: 'connected', notice: null, bubble: null } };
	await waitFor( () => expect( queryByText( document.body, sentence ) ).toBeNull(), soon );
	expect( menu()?.trim() ).toBe( 'SlashImage' );
	rest.asked = [];
	await quiet();
	expect( questions() ).toEqual( [] );
} );

test( 'it says what is new about the refusal', async () => {
	start( page );
	rest.reply = { status: 200, body: { ...refused, notice: 'domain_refused' } };
	await waitFor( () => getByText( document.body, /not allowed on example\.com/ ), soon );
} );

test.each( [ 401, 403 ] )( 'it asks no more after a %i', async ( status ) => {
	rest.reply = { status, body: { code: 'rest_forbidden', message: 'No.', data: { status } } };
	start( page );
	await asked( 1 );
	await quiet();
	expect( questions() ).toHaveLength( 1 );
	expect( getByText( document.body, sentence ) ).toBeTruthy();
} );

test.each( [ null, { status: 500, body: {} }, { status: 200, body: '<h1>Log in</h1>' } ] )(
	'it stays, and asks again, after an answer that is none (%o)',
	async ( reply ) => {
		rest.reply = reply;
		start( page );
		await asked( 2 );
		expect( getByText( document.body, sentence ) ).toBeTruthy();
	}
);

test( 'it asks nothing where there only is no key yet', async () => {
	start( { ...page, notice: 'not_configured' } );
	await quiet();
	expect( questions() ).toEqual( [] );
} );
