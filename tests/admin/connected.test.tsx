// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fieldSentences } from '../../src/validation/sentences.ts';
import { button, draw, field, focused, heard, paste, posts, wait } from './draw.tsx';
import { accepted, connected, disconnected, key, reconnect, refusal, summary } from './fixtures.ts';

describe( 'Check now', () => {
	it( 'refused: the screen asks to reconnect and gives the field the focus', async () => {
		const { site, user } = draw( connected() );
		site.answer( 'POST /connection/check', { body: reconnect() } );
		await user.click( button( 'Check now' ) );
		await screen.findByText( 'Reconnect needed' );
		await focused( () => field() );
		await heard( 'Reconnect needed' );
	} );

	it( 'out of reach: stays connected, and says what was seen', async () => {
		const { site, user } = draw( connected() );
		site.answer( 'POST /connection/check', refusal( 424, 'unexpected', { kind: 'html', status: 403 } ) );
		await user.click( button( 'Check now' ) );
		await screen.findByText( fieldSentences.unreachable );
		expect( screen.getByText( /A web page came instead of an answer \(status 403\)/ ) ).toBeTruthy();
		expect( screen.getByText( 'Connected' ) ).toBeTruthy();
	} );

	it( 'slow: gives up', async () => {
		const { user } = draw( connected(), summary(), { giveUp: 50 } );
		await user.click( button( 'Check now' ) );
		await screen.findByText( 'No answer came in time.' );
	} );

	it( 'slow, after connecting: is not taken for another success', async () => {
		const { site, user } = draw( disconnected(), summary(), { giveUp: 600, poll: 30 } );
		site.answer( 'POST /connection', { body: accepted() } );
		await paste( user, key );
		await user.keyboard( '{Enter}' );
		await screen.findByText( 'Connected' );
		site.answer( 'GET /connection', { body: accepted() } );
		await user.click( button( 'Check now' ) );
		await screen.findByText( fieldSentences.unreachable );
		await wait( 100 );
		expect( screen.getByText( fieldSentences.unreachable ) ).toBeTruthy();
	} );

	it( 'slow: can be cancelled', async () => {
		const { site, user } = draw( connected() );
		await user.click( button( 'Check now' ) );
		await waitFor( () => expect( posts( site ) ).toHaveLength( 1 ) );
		await user.click( button( 'Cancel' ) );
		await heard( 'Cancelled.' );
	} );

	it( 'accepted: says so, with the new time', async () => {
		const { site, user } = draw( connected() );
		site.answer( 'POST /connection/check', {
			body: connected( { verified_at: Math.floor( Date.now() / 1000 ) } ),
		} );
		expect( screen.getByText( /^2 hours ago/ ) ).toBeTruthy();
		await user.dblClick( button( 'Check now' ) );
		await screen.findByText( 'The key works.' );
		await heard( 'The key works.' );
		expect( screen.getByText( /^now/ ) ).toBeTruthy();
		expect( posts( site ) ).toHaveLength( 1 );
	} );

	it( 'lifts a refusal that was put right elsewhere', async () => {
		const { site, user } = draw( reconnect( { reason: 'domain', outcome: 'domain_not_allowed' } ) );
		site.answer( 'POST /connection/check', { body: reconnect() }, { body: connected() } );
		await user.click( button( 'Check now' ) );
		await screen.findByText( 'The service refuses the key.' );
		await user.click( button( 'Check now' ) );
		await screen.findByText( 'Connected' );
	} );
} );

describe( 'Disconnect', () => {
	it( 'asks first, and can be thought better of', async () => {
		const { site, user } = draw( connected() );
		await user.click( button( 'Disconnect' ) );
		const dialog = await screen.findByRole( 'dialog', { name: 'Disconnect SlashImage?' } );
		expect( within( dialog ).getByText( /Images that are optimized already stay as they are/ ) ).toBeTruthy();
		await user.click( within( dialog ).getByRole( 'button', { name: 'Cancel' } ) );
		await waitFor( () => expect( screen.queryByRole( 'dialog' ) ).toBeNull() );
		expect( site.requests ).toEqual( [] );
	} );

	it( 'says why it failed, and stays connected', async () => {
		const { site, user } = draw( connected() );
		site.answer( 'POST /connection/disconnect', refusal( 500, 'internal_server_error' ) );
		await user.click( button( 'Disconnect' ) );
		const dialog = await screen.findByRole( 'dialog' );
		await user.click( within( dialog ).getByRole( 'button', { name: 'Disconnect' } ) );
		await within( dialog ).findByText( /This site answered with an error of its own/ );
		expect( screen.getByText( 'Connected' ) ).toBeTruthy();
	} );

	it( 'takes the key away', async () => {
		const { site, user } = draw( connected() );
		site.answer( 'POST /connection/disconnect', { body: disconnected() } );
		await user.click( button( 'Disconnect' ) );
		const dialog = await screen.findByRole( 'dialog' );
		await user.dblClick( within( dialog ).getByRole( 'button', { name: 'Disconnect' } ) );
		await screen.findByText( 'Not configured' );
		await heard( 'Not configured. The key was removed.' );
		expect( posts( site ) ).toEqual( [ 'POST /connection/disconnect' ] );
		await focused( () => screen.getByRole( 'heading', { name: 'Connection Not configured' } ) );
	} );
} );
