// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/validation/schemas.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { draw, heard, posts } from './draw.tsx';
import { connected, refusal, settings } from './fixtures.ts';

const toggle = (): HTMLInputElement =>
	screen.getByRole( 'checkbox', {
		name: 'E-mail admin@example.com when optimizing has been paused for an hour, and when it works again.',
	} );
const drawn = ( more: Partial< Settings > = {} ) => draw( connected(), undefined, {}, settings( more ) );

describe( 'the e-mails', () => {
	it( 'are turned off at once, and say so', async () => {
		const { site, user } = drawn();
		site.answer( 'POST /settings', { body: settings( { emails: false } ), after: 200 } );
		expect( toggle().checked ).toBe( true );
		await user.click( toggle() );
		expect( toggle().checked ).toBe( false );
		await screen.findByText( 'Saving…' );
		await user.click( toggle() );
		await screen.findByText( 'Saved.' );
		await heard( 'Saved.' );
		expect( toggle().checked ).toBe( false );
		expect( posts( site ) ).toEqual( [ 'POST /settings {"emails":false}' ] );
	} );

	it( 'stay as they were where that failed, and say why', async () => {
		const { site, user } = drawn( { emails: false } );
		site.answer( 'POST /settings', refusal( 500, 'internal_server_error' ), { body: settings() } );
		await user.click( toggle() );
		await screen.findByText( /This site answered with an error of its own/ );
		await heard( 'This site answered with an error of its own' );
		expect( toggle().checked ).toBe( false );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
		await user.click( toggle() );
		await screen.findByText( 'Saved.' );
		expect( toggle().checked ).toBe( true );
		expect( screen.queryByText( /error of its own/ ) ).toBeNull();
	} );

	it( 'show what the site says they are', async () => {
		const { site, user } = drawn();
		site.answer( 'POST /settings', { body: settings() } );
		await user.click( toggle() );
		await screen.findByText( 'Saved.' );
		expect( toggle().checked ).toBe( true );
	} );

	it( 'can only be read where the network decides', async () => {
		const { site, user } = drawn( { settable: false } );
		expect( toggle().disabled ).toBe( true );
		expect(
			screen.getAllByText( 'A network administrator decides about this for the whole network.' )
		).toHaveLength( 2 );
		await user.click( toggle() );
		expect( site.requests ).toEqual( [] );
	} );
} );
