import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { imageStates } from '../../src/validation/image-state.ts';
import { filterLabels, imageLabels } from '../../src/validation/sentences.ts';
import { backups, connect, files, until } from '../wordpress/queue.ts';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { flaws } from './flaws.ts';
import { setRow } from './image-states.ts';
import { description, mediaLibrary, says, type MediaLibrary } from './media-library.ts';
import { personAt, type Person } from './person.ts';
import { photo } from './photo.ts';
import { takeLog } from './php-log.ts';

// What people do with images in the media library, with the mouse and without: retry, optimize, restore, filter.

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';
const soon = { timeout: 40_000, interval: 200 };

let browser: Browser;
let wordpress: Site;
let person: Person;
let page: Page;
let library: MediaLibrary;

beforeAll( async () => {
	wordpress = await site();
	browser = await startChromium();
} );

beforeEach( async () => {
	await wordpress.reset();
	person = await personAt( browser, wordpress );
	( { page } = person );
	library = mediaLibrary( person );
} );

afterEach( async () => {
	await person.context.close();
	expect( person.problems ).toEqual( [] );
} );

afterAll( async () => {
	await browser.close();
	expect( await takeLog( wordpress ) ).toBe( '' );
} );

const titlesOf = async ( ids: number[] ) =>
	( await wordpress.wp.evaluate( `return array_map( 'get_the_title', [ ${ ids } ] );` ) ) as string[];

/** Photos that were optimized: their ids, titles, and the checksums of their files before that. */
const optimized = async ( count: number ) => {
	const ids = await wordpress.upload( count );
	const before = await files( ids );
	await connect();
	await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
	expect( await files( ids ) ).not.toEqual( before );
	return { ids, titles: await titlesOf( ids ), before };
};
const fail = ( ids: number[] ) =>
	Promise.all( ids.map( ( id ) => setRow( wordpress, id, 'failed', 'not_processable_format' ) ) );
const refuseKey = async () => {
	const key = await wordpress.wp.evaluate( 'return SlashImage\\Key_Store::current()->secret();' );
	wordpress.service.deleteKey( String( key ) );
	await wordpress.admin.rest( 'POST', '/connection/check' );
};
const isReached = ( part: Locator, label: string ) => part.getByText( label, { exact: true } ).waitFor( soon );
const rowsShown = () => page.locator( '#the-list .slashimage-status' );

/** Presses Tab until the focus is on something, as somebody does who can't use a mouse. */
const tabTo = async ( part: Locator, most = 80 ) => {
	for ( let presses = 0; presses < most; presses++ ) {
		if ( await part.evaluate( ( element ) => element.ownerDocument.activeElement === element ) ) {
			return;
		}
		await page.keyboard.press( 'Tab' );
	}
	throw new Error( 'Tab does not lead there.' );
};

describe( 'in the list', () => {
	it( 'by row action: restored byte for byte, optimized again, retried', async () => {
		const { ids, titles, before } = await optimized( 1 );
		const after = await files( ids );
		const cell = library.cell( titles[ 0 ] ?? '' );
		await library.openList();
		await cell.hover();
		await cell.getByRole( 'button', { name: 'Restore original' } ).click();
		await isReached( cell, imageLabels.not_optimized );
		expect( await files( ids ) ).toEqual( before );
		expect( await backups() ).toEqual( [] );
		await cell.hover();
		await cell.getByRole( 'button', { name: 'Optimize' } ).click();
		await isReached( cell, imageLabels.optimized );
		expect( await files( ids ) ).toEqual( after );
		await fail( ids );
		await library.openList();
		await cell.getByRole( 'button', { name: 'Retry' } ).click();
		await isReached( cell, imageLabels.optimized );
	} );

	it( 'what was restored is said aloud; what somebody else did before is shown in place of the old button', async () => {
		const { ids, titles } = await optimized( 1 );
		const cell = library.cell( titles[ 0 ] ?? '' );
		await library.openList();
		await cell.hover();
		await cell.getByRole( 'button', { name: 'Restore original' } ).click();
		await isReached( cell, imageLabels.not_optimized );
		expect( ( await person.heard() ).join( ' ' ) ).toContain( 'The original of 1 image was put back.' );
		expect( await cell.getByRole( 'group', { name: 'SlashImage' } ).count() ).toBe( 1 );
		// Another tab has it optimized.
		await wordpress.admin.rest( 'POST', `/images/${ ids[ 0 ] }/optimize`, {} );
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
		await cell.hover();
		await cell.getByRole( 'button', { name: 'Optimize' } ).click();
		await cell.getByRole( 'alert' ).waitFor();
		await isReached( cell, imageLabels.optimized );
		expect( await cell.getByRole( 'button', { name: 'Restore original' } ).count() ).toBe( 1 );
	} );

	it( 'that a script prints anew, as plugins with folders do, every row has its state', async () => {
		const { titles } = await optimized( 2 );
		await library.openList();
		await isReached( library.cell( titles[ 0 ] ?? '' ), imageLabels.optimized );
		await page.evaluate( async () => {
			const text = await ( await fetch( location.href ) ).text();
			const list = new DOMParser().parseFromString( text, 'text/html' ).querySelector( '#the-list' );
			document.querySelector( '#the-list' )?.replaceWith( list! );
		} );
		for ( const title of titles ) {
			await isReached( library.cell( title ), imageLabels.optimized );
		}
	} );

	it.runIf( native )(
		'the same by keyboard: the action shows when it has the focus, and the focus stays',
		async () => {
			const { ids, titles, before } = await optimized( 2 );
			const cell = library.cell( titles[ 0 ] ?? '' );
			await library.openList();
			const restore = cell.getByRole( 'button', { name: 'Restore original' } );
			await library.filter.focus();
			await tabTo( restore );
			const { x = -1, y = -1 } = ( await restore.boundingBox() ) ?? {};
			expect( [ x > 0, y > 0 ] ).toEqual( [ true, true ] );
			await person.picture( 'media-list-focus', page.getByRole( 'row' ).nth( 2 ) );
			await page.keyboard.press( 'Enter' );
			await isReached( cell, imageLabels.not_optimized );
			expect( await files( [ ids[ 0 ] ?? 0 ] ) ).toEqual(
				Object.fromEntries(
					Object.entries( before as object ).filter( ( [ name ] ) => name.startsWith( titles[ 0 ] ?? '' ) )
				)
			);
			// The place of the button that went away has it: Tab goes on to what came instead.
			await expect.poll( () => cell.locator( ':focus' ).count(), soon ).toBe( 1 );
			await tabTo( cell.getByRole( 'button', { name: 'Optimize' } ), 2 );
			await page.keyboard.press( 'Space' );
			await isReached( cell, imageLabels.optimized );
			await expect.poll( () => cell.locator( ':focus' ).count(), soon ).toBe( 1 );
		}
	);

	it.runIf( native )( 'an action that is no longer possible says so, in words', async () => {
		const { ids, titles } = await optimized( 1 );
		await fail( ids );
		await library.openList();
		await setRow( wordpress, ids[ 0 ] ?? 0, 'unsupported', 'type_not_supported' );
		const cell = library.cell( titles[ 0 ] ?? '' );
		await cell.getByRole( 'button', { name: 'Retry' } ).click();
		const sentence = 'This image can not be tried again: it has not failed.';
		await cell.getByRole( 'alert' ).getByText( sentence ).waitFor();
		expect( await person.heard() ).toContain( sentence );
		expect( await flaws( page, '.column-slashimage' ) ).toEqual( [] );
	} );
} );

describe( 'in bulk', () => {
	it( 'restores, optimizes and retries many, says what it came to, and leaves the rest alone', async () => {
		const { ids, titles, before } = await optimized( 3 );
		await library.openList();
		await library.applyToAll( 'Restore original', titles.slice( 0, 2 ) );
		await page.getByText( 'The originals of 2 images were put back.' ).waitFor();
		expect( await flaws( page, '#slashimage-done' ) ).toEqual( [] );
		expect( await files( ids.slice( 0, 2 ) ) ).toMatchObject(
			Object.fromEntries(
				Object.entries( before as object ).filter( ( [ name ] ) =>
					titles.slice( 0, 2 ).some( ( title ) => name.startsWith( title ) )
				)
			)
		);
		await library.applyToAll( 'Optimize', titles );
		await page
			.getByText( '2 images were added to the queue. 1 was left as it is: this can not be done with it.' )
			.waitFor();
		await person.picture( 'media-list-bulk', page.getByRole( 'row' ).last() );
		expect( page.url() ).not.toContain( 'slashimage_done' );
		for ( const title of titles ) {
			await isReached( library.cell( title ), imageLabels.optimized );
		}
		await fail( ids );
		await library.openList();
		await library.applyToAll( 'Retry', titles );
		await page.getByText( '3 images are tried again.' ).waitFor();
		await isReached( library.cell( titles[ 2 ] ?? '' ), imageLabels.optimized );
		await page.reload( { waitUntil: 'domcontentloaded' } );
		await isReached( library.cell( titles[ 0 ] ?? '' ), imageLabels.optimized );
		expect( await page.locator( '#slashimage-done' ).count() ).toBe( 0 );
	} );

	it.runIf( native )( 'by keyboard', async () => {
		const { titles } = await optimized( 2 );
		await library.openList();
		await page.getByRole( 'checkbox', { name: 'Select All' } ).first().focus();
		await page.keyboard.press( 'Space' );
		const actions = page.getByRole( 'combobox', { name: 'Select bulk action' } ).first();
		await actions.focus();
		await page.keyboard.type( 'Restore' );
		await tabTo( page.getByRole( 'button', { name: 'Apply' } ).first(), 2 );
		await page.keyboard.press( 'Enter' );
		await page.getByText( 'The originals of 2 images were put back.' ).waitFor();
		await isReached( library.cell( titles[ 1 ] ?? '' ), imageLabels.not_optimized );
	} );
} );

describe.runIf( native )( 'beside an image', () => {
	it( 'Restore original, Optimize and Retry, in the grid’s window', async () => {
		const { ids, titles, before } = await optimized( 1 );
		await library.openGrid();
		await library.thumbnail( titles[ 0 ] ?? '' ).click();
		await library.details.getByRole( 'button', { name: 'Restore original' } ).click();
		await isReached( library.details, imageLabels.not_optimized );
		expect( await files( ids ) ).toEqual( before );
		const optimize = library.details.getByRole( 'button', { name: 'Optimize' } );
		await optimize.focus();
		await page.keyboard.press( 'Enter' );
		await isReached( library.details, imageLabels.optimized );
		await library.details.getByText( /^Original: .*, now: / ).waitFor();
		await fail( ids );
		await library.openGrid();
		await library.thumbnail( titles[ 0 ] ?? '' ).click();
		await library.details.getByRole( 'button', { name: 'Retry' } ).click();
		await isReached( library.details, imageLabels.optimized );
	} );

	it( 'the same on its own screen', async () => {
		const { ids, before } = await optimized( 1 );
		await library.openImage( ids[ 0 ] ?? 0 );
		await library.box.getByRole( 'button', { name: 'Restore original' } ).click();
		await isReached( library.box, imageLabels.not_optimized );
		expect( await files( ids ) ).toEqual( before );
		await library.box.getByRole( 'button', { name: 'Optimize' } ).click();
		await isReached( library.box, imageLabels.optimized );
	} );
} );

describe.runIf( native )( 'while the key is refused', () => {
	it( 'nothing is offered that can’t work, and the cell leads to the settings', async () => {
		const { ids, titles } = await optimized( 2 );
		const [ id = 0 ] = ids;
		await fail( [ id ] );
		await refuseKey();
		await library.openList();
		const cell = library.cell( titles[ 0 ] ?? '' );
		expect( await cell.getByRole( 'button', { name: 'Retry' } ).count() ).toBe( 0 );
		const offered = await page
			.locator( '#bulk-action-selector-top optgroup[label="SlashImage"] option' )
			.allTextContents();
		expect( offered ).toEqual( [ 'Restore original' ] );
		await cell.getByRole( 'link', { name: 'Reconnect your API key first' } ).click();
		await page.getByRole( 'heading', { name: 'Connection Reconnect needed' } ).waitFor();
		await library.openImage( id );
		expect( await library.box.getByRole( 'button', { name: 'Retry' } ).count() ).toBe( 0 );
		await library.openList();
		await library.applyToAll( 'Restore original', titles.slice( 1 ) );
		await page.getByText( 'The original of 1 image was put back.' ).waitFor();
	} );
} );

describe( 'the filter', () => {
	it( 'has every state, stays chosen, and its address can be opened again', async () => {
		const ids = await wordpress.upload( 4 );
		await connect();
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		const titles = await titlesOf( ids );
		await fail( ids.slice( 0, 2 ) );
		await library.openList();
		expect( await library.filter.locator( 'option' ).allTextContents() ).toEqual( [
			'All states',
			...imageStates.map( ( state ) => filterLabels[ state ] ),
		] );
		await library.filter.selectOption( { label: 'Failed' } );
		await page.getByRole( 'button', { name: 'Filter' } ).click();
		await expect.poll( () => page.url(), soon ).toContain( 'slashimage_state=failed' );
		await expect.poll( () => rowsShown().count(), soon ).toBe( 2 );
		await person.picture( 'media-list-filter', page.getByRole( 'row' ).last() );
		await page.goto( page.url() );
		expect( await rowsShown().count() ).toBe( 2 );
		expect( await library.filter.inputValue() ).toBe( 'failed' );
		await library.row( titles[ 1 ] ?? '' ).waitFor();
		await page.getByText( '2 items' ).first().waitFor();
	} );

	it.runIf( native )( 'together with a search, sorting, pages and the other filters', async () => {
		const ids = await wordpress.upload( 5 );
		await connect();
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		const titles = await titlesOf( ids );
		await fail( ids.slice( 0, 4 ) );
		const perPage = ( count: number ) =>
			wordpress.wp.evaluate( `update_user_meta( 1, 'upload_per_page', ${ count } );` );
		await perPage( 3 );
		await library.openList( '&slashimage_state=failed' );
		expect( await rowsShown().count() ).toBe( 3 );
		await page.getByRole( 'link', { name: 'Next page' } ).first().click();
		await expect.poll( () => rowsShown().count(), soon ).toBe( 1 );
		expect( page.url() ).toContain( 'slashimage_state=failed' );
		const shown = async () => {
			const ticks = await page.getByRole( 'checkbox', { name: /^Select (?!All)/ } ).all();
			return Promise.all(
				ticks.map( ( tick ) =>
					tick.evaluate( ( box ) => ( box as HTMLInputElement ).labels?.[ 0 ]?.textContent?.trim() )
				)
			);
		};
		await page.getByRole( 'link', { name: /^File/ } ).first().click();
		const failed = titles.slice( 0, 4 ).sort();
		await expect.poll( shown, soon ).toEqual( failed.slice( 0, 3 ).map( ( title ) => `Select ${ title }` ) );
		expect( await library.filter.inputValue() ).toBe( 'failed' );
		await page.getByRole( 'searchbox', { name: 'Search Media' } ).fill( titles[ 2 ] ?? '' );
		await page.keyboard.press( 'Enter' );
		await expect.poll( shown, soon ).toEqual( [ `Select ${ titles[ 2 ] }` ] );
		expect( await library.filter.inputValue() ).toBe( 'failed' );
		await library.filter.selectOption( { label: 'Optimized' } );
		await page.getByRole( 'button', { name: 'Filter' } ).click();
		await page.getByText( 'No media files found.' ).waitFor();
		await perPage( 20 );
	} );
} );

describe( 'markup', () => {
	const markup = '<b>bold</b><img src=x onerror=alert(1)>';

	it( 'in a title, a file name, a cause and a translation is shown as text', async () => {
		const [ id = 0, other = 0 ] = await wordpress.upload( 2 );
		const dialogs: string[] = [];
		page.on( 'dialog', ( dialog ) => {
			dialogs.push( dialog.message() );
			void dialog.dismiss();
		} );
		await wordpress.wp.evaluate( `
			$GLOBALS['wpdb']->update( $GLOBALS['wpdb']->posts, [ 'post_title' => '${ markup }' ], [ 'ID' => ${ id } ] );
			clean_post_cache( ${ id } );
			$sizes = wp_get_attachment_metadata( ${ id } );
			$sizes['sizes']['${ markup }'] = $sizes['sizes']['medium'];
			unset( $sizes['sizes']['medium'] );
			wp_update_attachment_metadata( ${ id }, $sizes );` );
		await connect();
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		await setRow( wordpress, other, 'failed', '<img src=x onerror=alert(1)>' );
		await wordpress.wp.evaluate( `
			file_put_contents( WPMU_PLUGIN_DIR . '/translation.php', '<?php add_filter( "gettext_slashimage", function ( $text, $english ) {
				return 0 === strpos( $english, "It could not be optimized" ) ? "<b>bold</b><img src=x onerror=alert(2)>" : $text;
			}, 10, 2 );' );` );
		await library.openList();
		const [ title = '' ] = await titlesOf( [ other ] );
		expect( await says( library.cell( title ) ) ).toContain( '<b>bold</b><img src=x onerror=alert(2)>' );
		await library.openGrid();
		await page.locator( `.attachment[data-id="${ id }"]` ).click();
		await library.details.getByText( /^Original: / ).click();
		await library.details.getByRole( 'rowheader', { name: markup, exact: true } ).waitFor();
		expect( await library.details.locator( 'b, img' ).count() ).toBe( 0 );
		await library.close();
		await library.addFile( await photo( wordpress, 'typewriter', '<b>bold<img src=x onerror=alert(3)>.jpg' ) );
		const uploaded = page.locator( '.attachment' ).first();
		await expect.poll( () => description( uploaded ), soon ).toContain( imageLabels.optimized );
		await uploaded.click();
		await isReached( library.details, imageLabels.optimized );
		await wordpress.wp.evaluate( `unlink( WPMU_PLUGIN_DIR . '/translation.php' );` );
		expect( dialogs ).toEqual( [] );
	} );
} );

describe( 'motion', () => {
	it( 'is there for an image that is optimized right now, and not for people who want none', async () => {
		const [ id = 0 ] = await wordpress.upload( 1 );
		await setRow( wordpress, id, 'optimizing' );
		const [ title = '' ] = await titlesOf( [ id ] );
		await library.openList();
		const name = () =>
			library
				.cell( title )
				.locator( '.slashimage-shape' )
				.evaluate( ( shape ) => getComputedStyle( shape ).animationName );
		await page.emulateMedia( { reducedMotion: 'reduce' } );
		expect( await name() ).toBe( 'none' );
		await page.emulateMedia( { reducedMotion: 'no-preference' } );
		expect( await name() ).toBe( 'slashimage-pulse' );
	} );
} );
