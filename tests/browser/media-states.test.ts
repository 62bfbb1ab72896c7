import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { imageStates, type ImageState } from '../../src/validation/image-state.ts';
import { imageLabels } from '../../src/validation/sentences.ts';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { flaws } from './flaws.ts';
import { imagesInEveryState, type StateImage } from './image-states.ts';
import { description, mediaLibrary, openMediaWindow, says, type MediaLibrary } from './media-library.ts';
import { personAt, type Person } from './person.ts';
import { takeLog } from './php-log.ts';
import { connected, disconnected, heldBack, inWords, reconnect } from './state-words.ts';

// Every state an image can be in, in every place of the media library, while the connection goes through its own.

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';

let browser: Browser;
let wordpress: Site;
let person: Person;
let page: Page;
let library: MediaLibrary;
let images: Record< ImageState, StateImage >;

beforeAll( async () => {
	wordpress = await site();
	images = await imagesInEveryState( wordpress );
	browser = await startChromium();
	person = await personAt( browser, wordpress );
	( { page } = person );
	library = mediaLibrary( person );
} );

afterAll( async () => {
	await browser.close();
	expect( person.problems ).toEqual( [] );
	expect( await takeLog( wordpress ) ).toBe( '' );
} );

/** How the connection gets into each of its states, one after the other. */
const connections = [
	{
		name: 'connected',
		suffix: '',
		words: connected,
		bubble: 'Failed images: 1',
		enter: async () => {},
	},
	{
		name: 'out of credits',
		suffix: null,
		words: heldBack,
		bubble: imageLabels.out_of_credits,
		enter: async () => {
			wordpress.service.setCredits( { limit: 200, used: 200 } );
			await wordpress.work(
				`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET due_at = 0 WHERE attachment_id = ${ images.out_of_credits.id }' );`
			);
		},
	},
	{
		name: 'reconnect needed',
		suffix: '-paused',
		words: reconnect,
		bubble: 'Reconnect needed',
		enter: async () => {
			const key = await wordpress.wp.evaluate( 'return SlashImage\\Key_Store::current()->secret();' );
			wordpress.service.deleteKey( String( key ) );
			await wordpress.admin.rest( 'POST', '/connection/check' );
		},
	},
	{
		name: 'not configured',
		suffix: null,
		words: disconnected,
		bubble: 'Failed images: 1',
		enter: async () => {
			await wordpress.admin.rest( 'POST', '/connection/disconnect' );
		},
	},
] as const;

// Without core's links and buttons: in other colours they have too little contrast.
const ours = [ '.slashimage-status__label', '.slashimage-status__detail', '#slashimage-filter' ];
const someSize = ( text: string ) => text.replace( /Saved \d+% \([\d.]+ [kM]B\)/, 'Saved some' );
const inEach = async ( read: ( image: StateImage ) => Promise< string > ) => {
	const all: [ ImageState, string ][] = [];
	for ( const state of imageStates ) {
		all.push( [ state, someSize( await read( images[ state ] ) ) ] );
	}
	return Object.fromEntries( all );
};
/** What stands beside an image, without the sizes of its files. */
const beside = async ( part: Locator ) => ( await says( part ) ).replace( / Original: .*B, now: .*B(?= |$)/, '' );

/** Opens each image's details in the grid's window, and reads them. */
const readDetails = ( andThen: () => Promise< void > ) =>
	inEach( async ( { title } ) => {
		await library.openDetails( title );
		const text = await beside( library.details );
		await andThen();
		await library.close();
		return text;
	} );

/** Unfolds the rows, as people on a phone do. */
const unfold = async () => {
	await page.setViewportSize( { width: 320, height: 800 } );
	for ( const button of await page.getByRole( 'button', { name: 'Show more details' } ).all() ) {
		await button.click();
	}
};
const widen = () => page.setViewportSize( { width: 1100, height: 800 } );

const midnight = ( on: boolean ) =>
	wordpress.wp.evaluate(
		on ? `update_user_meta( 1, 'admin_color', 'midnight' );` : `delete_user_meta( 1, 'admin_color' );`
	);
const rightToLeft = ( on: boolean ) =>
	wordpress.wp.evaluate( `
		$file = WPMU_PLUGIN_DIR . '/right-to-left.php';
		${ on ? `file_put_contents( $file, '<?php $GLOBALS["text_direction"] = "rtl";' );` : 'unlink( $file );' }` );
const forced = ( on: boolean ) => page.emulateMedia( { forcedColors: on ? 'active' : 'none' } );

/** Ways to look at the same screens. */
const appearances = [
	[ 'midnight', midnight ],
	[ 'right-to-left', rightToLeft ],
	[ 'forced-colours', forced ],
	[ 'phone', ( on: boolean ) => ( on ? unfold() : widen() ) ],
] as const;

describe.runIf( native )( 'the states in another light', () => {
	it.each( appearances )( '%s', async ( name, turn ) => {
		await library.openList();
		await turn( true );
		try {
			await lookAround( name );
		} finally {
			await turn( false );
		}
	} );

	const lookAround = async ( name: string ) => {
		if ( name !== 'phone' ) {
			await library.openList();
		}
		await person.picture( `media-list-${ name }`, page.getByRole( 'row' ).last() );
		expect( await flaws( page, ...ours ) ).toEqual( [] );
		await library.openGrid();
		await person.picture( `media-grid-${ name }`, page.locator( '.attachment' ).last() );
		expect( await flaws( page, 'li.attachment' ) ).toEqual( [] );
		await library.openDetails( images.optimized.title );
		await library.details.getByText( 'Original:', { exact: false } ).click();
		expect( await flaws( page, '.slashimage-status__label', '.slashimage-sizes' ) ).toEqual( [] );
		await library.details.scrollIntoViewIfNeeded();
		await person.picture( `media-details-${ name }`, library.details );
		await library.close();
	};
} );

describe.each( connections )( '$name', ( { name, suffix, words, bubble, enter } ) => {
	beforeAll( () => enter() );

	/** Keeps a picture, of the two connections that look most unlike. */
	const picture = async ( place: string, part: Locator ) => {
		if ( suffix !== null ) {
			await person.picture( `${ place }${ suffix }`, part );
		}
	};

	it( 'the list: each image in words, and what can be done about it', async () => {
		await library.openList();
		expect( await inEach( ( { title } ) => says( library.cell( title ) ) ) ).toEqual( inWords( words, ' ' ) );
		await library.menuItem( bubble ).waitFor();
		await picture( 'menu-bubble', library.menuItem( bubble ) );
		await picture( 'media-list-states', page.getByRole( 'row' ).last() );
		expect( await flaws( page, '#wpbody-content', '#menu-media' ) ).toEqual( [] );
		await unfold();
		expect( await flaws( page, '.column-slashimage' ) ).toEqual( [] );
		await widen();
	} );

	it.runIf( native || name === 'connected' )( 'the grid: each thumbnail is described', async () => {
		await library.openGrid();
		expect( await inEach( ( { title } ) => description( library.thumbnail( title ) ) ) ).toEqual(
			inWords( words, '. ', 2 )
		);
		// Of those a library may be full.
		for ( const [ state, { title } ] of Object.entries( images ) ) {
			const badge = library.thumbnail( title ).locator( '.slashimage-badge' );
			expect( [ state, await badge.isVisible() ] ).toEqual( [
				state,
				! /unsupported|elsewhere|not_optimized/.test( state ),
			] );
		}
		await picture( 'media-grid', page.locator( '.attachment' ).last() );
		expect( await flaws( page, 'li.attachment' ) ).toEqual( [] );
	} );

	it.runIf( native || name === 'connected' )( 'the details in the grid’s window', async () => {
		await library.openGrid();
		const found: string[] = [];
		const look = async () => {
			if ( native ) {
				found.push( ...( await flaws( page, '.attachment-details .slashimage-status' ) ) );
			}
		};
		expect( await readDetails( look ) ).toEqual( inWords( words, ' ' ) );
		expect( found ).toEqual( [] );
		await library.openDetails( images.optimized.title );
		await library.details.getByText( 'Original:', { exact: false } ).click();
		await picture( 'media-details', library.details );
		expect( await flaws( page, '.attachment-details .slashimage-status' ) ).toEqual( [] );
		await library.close();
	} );

	it.runIf( native )( 'an image’s own screen', async () => {
		const found: string[] = [];
		const read = inEach( async ( { id } ) => {
			await library.openImage( id );
			found.push( ...( await flaws( page, '#slashimage' ) ) );
			return beside( library.box.locator( '.slashimage-status' ) );
		} );
		expect( await read ).toEqual( inWords( words, ' ' ) );
		expect( found ).toEqual( [] );
		await library.openImage( images.optimized.id );
		await library.box.getByText( 'Original:', { exact: false } ).click();
		await picture( 'media-edit-screen', library.box );
		expect( await flaws( page, '#wpbody-content' ) ).toEqual( [] );
	} );

	it.runIf( native )( 'the media window of the editor', async () => {
		await person.go( 'post-new.php' );
		await openMediaWindow( page );
		const found: string[] = [];
		const read = inEach( async ( { title } ) => {
			await library.thumbnail( title ).click();
			await library.details.waitFor();
			found.push( ...( await flaws( page, '.attachment-details .slashimage-status', '.slashimage-badge' ) ) );
			return beside( library.details );
		} );
		expect( await read ).toEqual( inWords( words, ' ' ) );
		expect( found ).toEqual( [] );
		await picture( 'media-editor-window', page.getByRole( 'dialog' ).first() );
	} );
} );
