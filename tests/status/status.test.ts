// @vitest-environment jsdom
import { getByRole, queryByRole } from '@testing-library/dom';
import { resetLocaleData, setLocaleData } from '@wordpress/i18n';
import { afterEach, describe, expect, test } from 'vitest';
import { outcomes } from '../../src/validation/outcomes.ts';
import type { Connection, Image } from '../../src/validation/schemas.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { runBuilt } from '../support/built-script.ts';
import { connection, drawn, image, page, words } from './page.ts';

const reconnect = { connection: connection( { state: 'reconnect', reason: 'key', outcome: 'invalid_key' } ) };
const held = { connection: connection( { hold: { outcome: 'service_busy', until: 99 } } ) };
const disconnected = { connection: connection( { state: 'disconnected' } ) };

afterEach( () => {
	resetLocaleData( {}, 'slashimage' );
	document.documentElement.lang = '';
	delete window.slashimageStatus;
} );

describe( 'a refused key', () => {
	test( 'an image whose own attempt was refused says so, with a way to the settings', () => {
		const cell = drawn( image( { cause: 'invalid_key' } ), reconnect );
		expect( words( cell ) ).toEqual( [ 'API key is invalid or has been revoked.' ] );
		expect( getByRole( cell, 'link', { name: 'API key is invalid or has been revoked.' } ) ).toBeTruthy();
	} );

	test( 'a refused domain is said in addition', () => {
		expect( words( drawn( image( { cause: 'domain_not_allowed' } ), reconnect ) ) ).toEqual( [
			'API key is invalid or has been revoked.',
			'The key is locked to other domains.',
		] );
	} );

	test( 'the other waiting images are paused, with a way to the settings', () => {
		const cell = drawn( image( { cause: 'no_answer' } ), reconnect );
		expect( words( cell ) ).toEqual( [ 'Paused - reconnect your API key' ] );
		const link = getByRole< HTMLAnchorElement >( cell, 'link', { name: 'Paused - reconnect your API key' } );
		expect( link.href ).toBe( page().settings_url );
	} );

	test( 'somebody who may not open the settings gets no link', () => {
		const cell = drawn( image(), { ...reconnect, settings_url: '' } );
		expect( words( cell ) ).toEqual( [ 'Paused - reconnect your API key' ] );
		expect( queryByRole( cell, 'link' ) ).toBeNull();
	} );

	test( 'optimized images stay optimized', () => {
		expect( words( drawn( image( { state: 'optimized' } ), reconnect ) ) ).toEqual( [ 'Optimized' ] );
	} );
} );

describe( 'what is not as it should be', () => {
	test.each( Object.keys( outcomes ) )( 'a final failure by %s has a sentence and Retry', ( cause ) => {
		const cell = drawn( image( { state: 'failed', cause } ) );
		expect( words( cell )[ 0 ] ).toBe( 'Failed' );
		expect( words( cell )[ 1 ] ).toMatch( /\w+.*[.?]$/ );
		expect( getByRole( cell, 'button', { name: 'Retry' } ) ).toBeTruthy();
	} );

	test.each( [ 'from_a_newer_version', '', 'constructor', '<img src=x>' ] )(
		'an unknown cause (%s) is left out',
		( cause ) => {
			const general = 'It could not be optimized. The original was left as it is.';
			expect( words( drawn( image( { state: 'failed', cause } ) ) ) ).toEqual( [ 'Failed', general, 'Retry' ] );
			expect( words( drawn( image( { cause } ) ) ) ).toEqual( [ 'Waiting' ] );
			expect( words( drawn( image( { cause } ), reconnect ) ) ).toEqual( [ 'Paused - reconnect your API key' ] );
		}
	);

	test( 'an unknown state does not break the list', () => {
		const unknown = { ...image(), state: 'from_a_newer_version' } as unknown as Image;
		expect( words( drawn( unknown ) ) ).toEqual( [ 'Not optimized' ] );
	} );

	test( 'a translation with markup is text', () => {
		setLocaleData( { Failed: [ '<b>Failed</b>' ], Retry: [ '<i>Retry</i>' ] }, 'slashimage' );
		const cell = drawn( image( { state: 'failed', cause: 'result_broken' } ) );
		expect( words( cell )[ 0 ] ).toBe( '<b>Failed</b>' );
		expect( getByRole( cell, 'button', { name: '<i>Retry</i>' } ) ).toBeTruthy();
	} );

	test( 'a refusal that is over is not mentioned', () => {
		expect( words( drawn( image( { cause: 'invalid_key' } ) ) ) ).toEqual( [ 'Waiting' ] );
	} );
} );

describe( 'words', () => {
	test.each< [ string, Image | null, { connection?: Connection }, string[] ] >( [
		[ 'no row', null, {}, [ 'Not optimized' ] ],
		[ 'waiting', image(), {}, [ 'Waiting' ] ],
		[ 'waiting, no key yet', image(), disconnected, [ 'Waiting - add your API key' ] ],
		[
			'waiting for the service',
			image( { cause: 'server_error' } ),
			{},
			[ 'Waiting', 'The service has a problem of its own. It is tried again later.' ],
		],
		[ 'waiting behind others', image(), held, [ 'Waiting', 'The service is busy. It is tried again shortly.' ] ],
		[ 'optimizing', image( { state: 'optimizing' } ), {}, [ 'Optimizing…' ] ],
		[
			'out of credits',
			image( { cause: 'monthly_limit_reached' } ),
			{},
			[ 'Out of credits', 'No credits left. Optimizing goes on when there are credits again.' ],
		],
		[
			'unsupported',
			image( { state: 'unsupported', cause: 'type_not_supported' } ),
			{},
			[ 'Not supported', 'This kind of file is not optimized.' ],
		],
	] )( '%s', ( _, row, changes, expected ) => {
		expect( words( drawn( row, changes ) ) ).toEqual( expected );
	} );

	test( 'each state has a class for its shape', () => {
		expect( drawn( null ).className ).toBe( 'slashimage-status is-not-optimized' );
		expect( drawn( image( { cause: 'monthly_limit_reached' } ) ).className ).toBe(
			'slashimage-status is-out-of-credits'
		);
	} );
} );

describe( 'savings', () => {
	const saved = ( before: number, after: number ): string | undefined =>
		words( drawn( image( { state: 'optimized', bytes_before: before, bytes_after: after } ) ) )[ 1 ];

	test.each( [
		[ 2_000_000, 742_000, 'Saved 63% (1.2 MB)' ],
		[ 100_000, 48_800, 'Saved 51% (50 kB)' ],
		[ 1000, 500, 'Saved 50% (0.5 kB)' ],
		[ 60_000_000, 30_000_000, 'Saved 50% (29 MB)' ],
	] )( 'from %i to %i bytes', ( before, after, expected ) => {
		expect( saved( before, after ) ).toBe( expected );
	} );

	test.each( [
		[ 1000, 1000 ],
		[ 1000, 1200 ],
		[ 0, 0 ],
	] )( 'from %i to %i bytes, nothing', ( before, after ) => {
		expect( saved( before, after ) ).toBeUndefined();
	} );

	test( 'in the numbers of the page', () => {
		document.documentElement.lang = 'de-DE';
		expect( saved( 2_000_000, 742_000 )?.replaceAll( '\u00a0', ' ' ) ).toBe( 'Saved 63 % (1,2 MB)' );
	} );

	test( 'with a locale of WordPress that is no language tag', () => {
		document.documentElement.lang = 'pt-PT-ao90';
		expect( saved( 2_000_000, 742_000 ) ).toBe( 'Saved 63% (1.2 MB)' );
	} );
} );

describe( 'the list', () => {
	test.each( [
		[ 'failed', image( { state: 'failed', cause: 'interrupted' } ), {} ],
		[ 'paused', image(), reconnect ],
		[ 'optimized', image( { state: 'optimized', bytes_before: 9000, bytes_after: 10 } ), {} ],
	] )( 'axe finds nothing in %s', async ( _, row, changes ) => {
		drawn( row, changes );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	test( 'the built script fills each row by its own image', () => {
		document.body.innerHTML = [ 12, 13, 'x' ]
			.map( ( id ) => `<p><span class="slashimage-status" data-id="${ id }"></span></p>` )
			.join( '' );
		window.slashimageStatus = page( { images: [ image( { id: 13, state: 'optimizing' } ) ] } );
		runBuilt( 'status' );
		expect( words( document.body ) ).toEqual( [ 'Not optimized', 'Optimizing…', 'Not optimized' ] );
	} );
} );
