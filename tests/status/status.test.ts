// @vitest-environment jsdom
import { getByRole, getByText, queryByRole } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { resetLocaleData, setLocaleData } from '@wordpress/i18n';
import { afterEach, describe, expect, test } from 'vitest';
import { imageStates, type ImageState } from '../../src/validation/image-state.ts';
import type { ImageDetails, StatusPage } from '../../src/validation/schemas.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { runBuilt } from '../support/built-script.ts';
import { drawn, image, optimized, page, words } from './page.ts';

const reconnect = { connection: 'reconnect' } as const;

afterEach( () => {
	resetLocaleData( {}, 'slashimage' );
	document.documentElement.lang = '';
	delete window.slashimageStatus;
} );

describe( 'a refused key', () => {
	test.each( [
		[ 'refused', 'API key is invalid or has been revoked.' ],
		[ 'paused', 'Paused - reconnect your API key' ],
	] as const )( 'a %s image says so, with a way to the settings', ( state, sentence ) => {
		const cell = drawn( image( { state } ), reconnect );
		expect( words( cell ) ).toEqual( [ sentence ] );
		const link = getByRole< HTMLAnchorElement >( cell, 'link', { name: sentence } );
		expect( link.href ).toBe( page().settings_url );
	} );

	test( 'what more is known is said in addition', () => {
		const cell = drawn( image( { state: 'refused', sentence: 'The key is locked to other domains.' } ), reconnect );
		expect( words( cell ) ).toEqual( [
			'API key is invalid or has been revoked.',
			'The key is locked to other domains.',
		] );
	} );

	test( 'somebody who may not open the settings gets no link', () => {
		const cell = drawn( image( { state: 'paused' } ), { ...reconnect, settings_url: '' } );
		expect( words( cell ) ).toEqual( [ 'Paused - reconnect your API key' ] );
		expect( queryByRole( cell, 'link' ) ).toBeNull();
	} );
} );

describe( 'words', () => {
	test.each< [ ImageState, StatusPage[ 'connection' ], string ] >( [
		[ 'not_optimized', 'connected', 'Not optimized' ],
		[ 'waiting', 'connected', 'Waiting' ],
		[ 'waiting', 'disconnected', 'Waiting - add your API key' ],
		[ 'optimizing', 'connected', 'Optimizing…' ],
		[ 'out_of_credits', 'connected', 'Out of credits' ],
		[ 'failed', 'connected', 'Failed' ],
		[ 'unsupported', 'connected', 'Not supported' ],
		[ 'elsewhere', 'connected', 'Not on this server' ],
		[ 'partly_optimized', 'connected', 'Partly optimized' ],
	] )( '%s, %s', ( state, connection, label ) => {
		expect( words( drawn( image( { state } ), { connection } ) )[ 0 ] ).toBe( label );
	} );

	test( 'why it waits or failed follows', () => {
		const sentence = 'The service is busy. It is tried again shortly.';
		expect( words( drawn( image( { sentence } ) ) ) ).toEqual( [ 'Waiting', sentence ] );
	} );

	test( 'an unknown state does not break the list', () => {
		const unknown = image( { state: 'from_a_newer_version' as ImageState } );
		expect( words( drawn( unknown ) ) ).toEqual( [ 'Not optimized' ] );
	} );

	test.each( [ 'sentence', 'translation' ] )( 'a %s with markup is text', ( what ) => {
		const markup = '<img src=x onerror=alert(1)>';
		setLocaleData( what === 'translation' ? { Failed: [ markup ], Retry: [ markup ] } : {}, 'slashimage' );
		const cell = drawn( image( { state: 'failed', sentence: markup } ) );
		expect( cell.querySelector( 'img' ) ).toBeNull();
		expect( words( cell ) ).toContain( markup );
	} );

	test( 'each state has a shape of its own', () => {
		const shapes = imageStates.map(
			( state ) => drawn( image( { state } ) ).querySelector( '.slashimage-shape' )?.className
		);
		expect( new Set( shapes ).size ).toBe( imageStates.length );
		expect( shapes ).toContain( 'slashimage-shape is-out-of-credits' );
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

describe( 'beside an image', () => {
	const details: Partial< ImageDetails > = {
		files: [
			{ size: 'full', before: 1_800_000, after: 640_000, missing: false, sentence: '' },
			{ size: '<b>thumbnail</b>', before: 100_000, after: 100_000, missing: false, sentence: '' },
			{ size: 'medium', before: 0, after: 0, missing: true, sentence: '' },
			{
				size: 'large',
				before: 200_000,
				after: 200_000,
				missing: false,
				sentence: 'It <i>would</i> lose its video.',
			},
		],
	};

	test( 'the original and the new size, and those of each file', async () => {
		const block = drawn( optimized( details ), {}, 'is-details' );
		await userEvent.click( getByText( block, 'Original: 1.9 MB, now: 725 kB' ) );
		const rows = [ ...block.querySelectorAll( 'tr' ) ].map( ( row ) =>
			[ ...row.cells ].map( ( { textContent } ) => textContent )
		);
		expect( rows ).toEqual( [
			[ 'Size', 'Before', 'After', 'Saved' ],
			[ 'Full size', '1.7 MB', '625 kB', '64%' ],
			[ '<b>thumbnail</b>', '98 kB', '98 kB', '–' ],
			[ 'medium', 'Missing', '–', '–' ],
			[ 'large', '195 kB', '–', '–' ],
			[ 'It <i>would</i> lose its video.' ],
		] );
		expect( await accessibilityProblems( block ) ).toEqual( [] );
	} );

	test( 'in the list they are left out', () => {
		expect( words( drawn( optimized( details ) ) ) ).toEqual( [
			'Optimized',
			'Saved 63% (1.2 MB)',
			'Restore original',
		] );
	} );
} );

describe( 'the list', () => {
	const list = ( changes: Partial< StatusPage > = {} ): void => {
		const bulk = ( where: string ) =>
			`<label>${ where }<select id="bulk-action-selector-${ where }"><option value="-1">Bulk actions</option></select></label>`;
		const row = ( id: number ) => `<tr id="post-${ id }"><td class="column-slashimage"></td></tr>`;
		document.body.innerHTML = `<form id="posts-filter">${ bulk( 'top' ) }<span id="slashimage-filter"></span><table><tbody>${ row( 12 ) }${ row( 13 ) }</tbody></table>${ bulk( 'bottom' ) }</form>`;
		window.slashimageStatus = page( changes );
		runBuilt( 'status' );
	};
	const filter = (): HTMLSelectElement =>
		getByRole( document.body, 'combobox', { name: 'Filter by optimization state' } );

	test( 'its filter offers every state, and sends the chosen one with the form', () => {
		list( { filter: 'out_of_credits' } );
		expect( [ ...filter().options ].map( ( { value } ) => value ) ).toEqual( [ '', ...imageStates ] );
		expect( filter().selectedOptions[ 0 ]?.text ).toBe( 'Out of credits' );
		expect( new FormData( filter().form! ).get( 'slashimage_state' ) ).toBe( 'out_of_credits' );
	} );

	test( 'its filter shows all without a choice', async () => {
		list();
		expect( filter().selectedOptions[ 0 ]?.text ).toBe( 'All states' );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	test( 'an image that is known here fills the cell of its row; those of others stay empty', () => {
		list( { images: [ image( { id: 13, state: 'optimizing' } ) ] } );
		expect( [ ...document.querySelectorAll( 'td' ) ].map( ( { textContent } ) => textContent ) ).toEqual( [
			'',
			'Optimizing…',
		] );
	} );

	test.each( [
		[ 'connected', [ 'Bulk actions', 'Optimize', 'Retry', 'Restore original' ] ],
		[ 'reconnect', [ 'Bulk actions', 'Restore original' ] ],
		[ 'disconnected', [ 'Bulk actions', 'Restore original' ] ],
	] as const )( 'both bulk menus offer what can work while %s', ( connection, offered ) => {
		list( { connection } );
		for ( const name of [ 'top', 'bottom' ] ) {
			const menu = getByRole< HTMLSelectElement >( document.body, 'combobox', { name } );
			expect( [ ...menu.options ].map( ( { text } ) => text ) ).toEqual( offered );
			expect( menu.value ).toBe( '-1' );
		}
	} );
} );

describe( 'what a bulk action came to', () => {
	test.each< [ NonNullable< StatusPage[ 'done' ] >, string, string ] >( [
		[ { action: 'optimize', changed: 2, unchanged: 0 }, '2 images were added to the queue.', 'notice-success' ],
		[
			{ action: 'retry', changed: 1, unchanged: 3 },
			'1 image is tried again. 3 were left as they are: this can not be done with them.',
			'notice-success',
		],
		[
			{ action: 'restore', changed: 0, unchanged: 1 },
			'1 was left as it is: this can not be done with it.',
			'notice-warning',
		],
	] )( '%o', ( done, sentence, kind ) => {
		drawn( image(), { done } );
		const notice = document.getElementById( 'slashimage-done' )!;
		expect( notice.textContent ).toBe( sentence );
		expect( notice.classList.contains( kind ) ).toBe( true );
		expect( notice.previousElementSibling?.className ).toBe( 'wp-header-end' );
	} );
} );

describe( 'the page', () => {
	test.each( [
		[ 'failed', image( { state: 'failed', sentence: 'It stopped.' } ), {} ],
		[ 'paused', image( { state: 'paused' } ), reconnect ],
		[ 'optimized', optimized(), {} ],
	] )( 'axe finds nothing in %s', async ( _, row, changes ) => {
		drawn( row, changes );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	test( 'the built script fills each place by its own image, and shows the notice', () => {
		document.body.innerHTML =
			'<hr class="wp-header-end">' +
			[ 12, 13, 'x' ]
				.map( ( id ) => `<p><span class="slashimage-status" data-id="${ id }"></span></p>` )
				.join( '' );
		window.slashimageStatus = page( {
			notice: 'key_refused',
			images: [ image( { id: 13, state: 'optimizing' } ), image( { state: 'failed' } ) ],
		} );
		runBuilt( 'status' );
		expect( [ ...document.querySelectorAll( 'p' ) ].map( ( { textContent } ) => textContent ) ).toEqual( [
			'Your API key is invalid or was revoked. Optimizing is paused - reconnect in SlashImage settings.',
			'FailedRetry',
			'Optimizing…',
			'',
		] );
	} );
} );
