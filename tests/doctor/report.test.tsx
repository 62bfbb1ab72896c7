// @vitest-environment jsdom
import '../../src/doctor/index.ts';
import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reportFile, reportText } from '../../src/doctor/report.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { button, draw, focused, heard, type Drawn } from '../admin/draw.tsx';
import { reconnect, refusal, report } from '../admin/fixtures.ts';

const command =
	"curl -i --max-time 15 -H 'Authorization: Bearer YOUR_API_KEY' -H 'Accept: application/json' " +
	"-H 'Origin: https://example.com' 'https://api.slashimage.test/v1/me'";

const text = `SlashImage report: example.com
==============================

Site
----
Site address: https://example.com
Last outcome: Two lines

Checks
------
Key: good: seen

Repeat the minimal request by hand:
${ command }
`;

async function drawn(): Promise< Drawn > {
	const shown = draw( reconnect() );
	shown.site.answer( 'GET /report', { body: report } );
	await screen.findByRole( 'button', { name: 'Copy report' } );
	return shown;
}

/** Takes the clipboard away, as on an http site, or lets it refuse. */
function withClipboard( clipboard: unknown ): void {
	Object.defineProperty( navigator, 'clipboard', { value: clipboard, configurable: true } );
}

afterEach( () => vi.restoreAllMocks() );

describe( 'reportText', () => {
	it( 'is a text that can be read', () => {
		expect( reportText( report, 'example.com' ) ).toBe( text );
	} );
} );

describe( 'reportFile', () => {
	it( 'names the site and the day', () => {
		const name = reportFile( 'example.com', new Date( '2026-03-04T23:59:59Z' ) );
		expect( name ).toBe( 'slashimage-report-example.com-2026-03-04.txt' );
	} );
} );

describe( 'the report', () => {
	it( 'is copied', async () => {
		const { user } = await drawn();
		await user.click( button( 'Copy report' ) );
		await screen.findByText( 'Copied.' );
		await heard( 'Copied.' );
		expect( await navigator.clipboard.readText() ).toBe( text );
	} );

	it.each( [
		[ 'has no clipboard', undefined ],
		[ 'refuses', { writeText: () => Promise.reject( new DOMException( 'No', 'NotAllowedError' ) ) } ],
	] )( 'is shown and selected where the browser %s', async ( _, clipboard ) => {
		const { user } = await drawn();
		withClipboard( clipboard );
		await user.click( button( 'Copy report' ) );
		const area = await screen.findByRole< HTMLTextAreaElement >( 'textbox', { name: 'Text to copy' } );
		expect( area.value ).toBe( text );
		expect( area.readOnly ).toBe( true );
		await focused( () => area );
		expect( area.value.slice( area.selectionStart, area.selectionEnd ) ).toBe( text );
		await heard( 'Your browser does not let this page copy.' );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	it( 'is downloaded', async () => {
		const { user } = await drawn();
		const files: Blob[] = [];
		const names: string[] = [];
		URL.createObjectURL = ( file ) => `blob:${ files.push( file as Blob ) }`;
		URL.revokeObjectURL = () => undefined;
		vi.spyOn( HTMLAnchorElement.prototype, 'click' ).mockImplementation( function ( this: HTMLAnchorElement ) {
			names.push( this.download );
		} );
		await user.click( button( 'Download report' ) );
		await heard( 'Downloaded.' );
		expect( names ).toEqual( [ reportFile( 'example.com', new Date() ) ] );
		expect( await files[ 0 ]?.text() ).toBe( text );
	} );

	it( 'says why there is none', async () => {
		const { site, user } = await drawn();
		site.answer( 'GET /report', refusal( 401, 'rest_forbidden' ) );
		await user.click( button( 'Copy report' ) );
		await screen.findByText( /You are logged out/ );
		await heard( 'You are logged out' );
	} );

	it( 'has the minimal request as a command', async () => {
		const { user } = await drawn();
		expect( screen.queryByText( command ) ).toBeNull();
		await user.click( screen.getByText( 'Repeat the minimal request by hand' ) );
		await screen.findByText( command );
		await user.click( button( 'Copy command' ) );
		await waitFor( async () => expect( await navigator.clipboard.readText() ).toBe( command ) );
	} );
} );
