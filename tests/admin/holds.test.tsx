// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { originalsLine as originals } from '../../src/admin/lines.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { button, draw, heard, posts } from './draw.tsx';
import { connected, held, reconnect, refusal, settings, summary } from './fixtures.ts';

const another = connected( { hold: held( 'site', { outcome: 'another_site' } ) } );
const label = 'Optimize on this site too';

describe( 'a hold', () => {
	it( 'that a person lifts has a button, and is gone afterwards', async () => {
		const { site, user } = draw( another, summary( { waiting: 3 } ) );
		site.answer( 'POST /connection/allow-site', { body: connected(), after: 100 } );
		expect( screen.getByText( 'Held: site.' ) ).toBeTruthy();
		expect( screen.queryByText( /Next retry/ ) ).toBeNull();
		// Nothing goes on in the background.
		expect( screen.queryByText( /You can close this page/ ) ).toBeNull();
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
		await user.click( button( label ) );
		await user.click( button( label ) );
		await heard( '3 waiting images are being optimized.' );
		expect( screen.queryByText( 'Held: site.' ) ).toBeNull();
		expect( screen.queryByRole( 'button', { name: label } ) ).toBeNull();
		expect( document.activeElement?.id ).toBe( 'slashimage-connection' );
		expect( posts( site ) ).toEqual( [ 'POST /connection/allow-site' ] );
	} );

	it( 'stays where lifting it failed, and says why', async () => {
		const { site, user } = draw( another );
		site.answer( 'POST /connection/allow-site', refusal( 500, 'internal_server_error' ) );
		await user.click( button( label ) );
		await screen.findByText( /This site answered with an error of its own/ );
		expect( screen.getByText( 'Held: site.' ) ).toBeTruthy();
		expect( button( label ) ).toBeTruthy();
	} );

	it.each( [ 'off', 'storage', 'credits', 'service' ] as const )( '%s has no button', ( reason ) => {
		draw( connected( { hold: held( reason ) } ), summary( { waiting: 1 } ) );
		expect( screen.getByText( `Held: ${ reason }.` ) ).toBeTruthy();
		expect( screen.queryByRole( 'button', { name: label } ) ).toBeNull();
	} );

	it.each( [
		[ 'off', true ],
		[ 'site', true ],
		[ 'storage', true ],
		[ 'credits', false ],
		[ 'service', false ],
	] as const )( '%s, while no image waits: is said: %s', ( reason, said ) => {
		draw( connected( { hold: held( reason ) } ) );
		expect( screen.queryByText( `Held: ${ reason }.` ) !== null ).toBe( said );
	} );

	it.each( [
		[ 'off', true ],
		[ 'site', true ],
		[ 'storage', true ],
		[ 'credits', true ],
		[ 'service', false ],
	] as const )( '%s: the queue is said to be paused, not to go on: %s', ( reason, paused ) => {
		draw( connected( { hold: held( reason ) } ), summary( { waiting: 2 } ) );
		expect( screen.queryByText( 'Paused' ) !== null ).toBe( paused );
		expect( screen.queryByText( /You can close this page/ ) === null ).toBe( paused );
		expect( button( 'Stop' ) ).toBeTruthy();
	} );

	it( 'is not said of a key that needs reconnecting: that comes first', () => {
		draw( reconnect( { hold: held( 'storage' ) } ), summary( { waiting: 1 } ) );
		expect( screen.queryByText( 'Held: storage.' ) ).toBeNull();
	} );
} );

describe( 'the originals', () => {
	const toggle = (): HTMLInputElement =>
		screen.getByRole( 'checkbox', { name: 'Keep the originals when the plugin is deleted.' } );

	it( 'stay unless somebody says otherwise, and name their folder', async () => {
		const { site, user } = draw( connected() );
		expect( screen.getByText( /slashimage-backup-0123456789abcdef/ ) ).toBeTruthy();
		expect( toggle().checked ).toBe( true );
		expect( screen.getByText( originals() ) ).toBeTruthy();
		site.answer( 'POST /settings', { body: settings( { keep_backups: false } ) } );
		await user.click( toggle() );
		await screen.findByText( 'Saved.' );
		expect( toggle().checked ).toBe( false );
		expect( posts( site ) ).toEqual( [ 'POST /settings {"keep_backups":false}' ] );
	} );

	it( 'name no folder while there is none, and are left to the network', async () => {
		draw( connected(), summary(), {}, settings( { backup_folder: '', settable: false } ) );
		expect( screen.queryByText( /slashimage-backup/ ) ).toBeNull();
		expect( toggle().disabled ).toBe( true );
		expect( screen.queryByText( originals() ) ).toBeNull();
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );
} );
