import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { actionLabels, imageLabels, imageSentences, noticeSentences } from '../../src/validation/sentences.ts';
import { connect, until } from '../wordpress/queue.ts';
import { site, type Site } from '../wordpress/site.ts';
import { startChromium } from './chromium.ts';
import { setRow } from './image-states.ts';
import { hide, looksOf } from './looks.ts';
import { description, mediaLibrary, says } from './media-library.ts';
import { personAt, type Person } from './person.ts';
import { photo } from './photo.ts';
import { takeLog } from './php-log.ts';
import { settingsScreen } from './screen.ts';
import { logSecondAdminOut, secondAdmin } from './second-admin.ts';

// Pages that are open while something happens elsewhere: the queue runs, a key dies, somebody reconnects.

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';
// What people are promised; in WebAssembly a single answer takes a second or more.
const promised = { timeout: native ? 5_000 : 20_000, interval: 100 };
// So that the queue is still at it once the pages are open.
const slowly = native ? 2_500 : 5_000;
const allTheTime = native ? 60_000 : 150_000;
const soon = { timeout: 40_000, interval: 200 };
const done = 'The images on this page are done.';
const ended = 'You are logged out. Reload the page.';

let browser: Browser;
let wordpress: Site;
const people: Person[] = [];

beforeAll( async () => {
	wordpress = await site();
	browser = await startChromium();
} );

beforeEach( () => wordpress.reset() );

afterEach( async () => {
	const problems = people.flatMap( ( person ) => person.problems );
	await Promise.all( people.splice( 0 ).map( ( { context } ) => context.close() ) );
	expect( problems ).toEqual( [] );
} );

afterAll( async () => {
	await browser.close();
	expect( await takeLog( wordpress ) ).toBe( '' );
} );

/** One more tab, of the administrator unless told. */
const tab = async ( admin = wordpress.admin ) => {
	const person = await personAt( browser, { wp: wordpress.wp, admin } );
	people.push( person );
	return { ...person, library: mediaLibrary( person ), looks: looksOf( person.page ) };
};
type Tab = Awaited< ReturnType< typeof tab > >;

const titlesOf = async ( ids: number[] ) =>
	( await wordpress.wp.evaluate( `return array_map( 'get_the_title', [ ${ ids } ] );` ) ) as string[];
const inList = async ( { library }: Tab, titles: string[] ) =>
	Promise.all(
		titles.map(
			async ( title ) =>
				( await says( library.cell( title ) ) )
					.replace( ` ${ actionLabels.restore }`, '' )
					.split( ' Saved' )[ 0 ]
		)
	);
const inGrid = async ( { library }: Tab, titles: string[] ) =>
	Promise.all(
		titles.map( async ( title ) => ( await description( library.thumbnail( title ) ) ).split( '. ' )[ 0 ] )
	);
const times = async ( { heard }: Tab, words: string ) => ( await heard() ).join( '\n' ).split( words ).length - 1;
const notice = ( { page }: Tab ) => page.getByRole( 'main' ).getByText( noticeSentences.key_refused, { exact: true } );
/** A page that is loaded again has lost this. */
const mark = ( page: Page ) => page.evaluate( () => Object.assign( window, { isMarked: true } ) && undefined );
const isMarked = ( page: Page ) => page.evaluate( () => 'isMarked' in window );
const pause = ( ms: number ) => new Promise( ( resolve ) => setTimeout( resolve, ms ) );

/** A list and a grid, each in its tab. */
const opened = async () => {
	const [ list, grid ] = [ await tab(), await tab() ];
	await Promise.all( [ list.library.openList(), grid.library.openGrid() ] );
	await Promise.all( [ mark( list.page ), mark( grid.page ) ] );
	return { list, grid };
};

/** How many there are of each. */
const counted = ( all: ( string | undefined )[] ) => {
	const counts: Record< string, number > = {};
	all.forEach( ( one = '' ) => ( counts[ one ] = ( counts[ one ] ?? 0 ) + 1 ) );
	return counts;
};

describe( 'while the queue runs', () => {
	it( 'the list and the grid follow, say so once, ask for all images at once, and then no more', async () => {
		await connect();
		wordpress.service.setFault( 'slow', { delayMs: slowly } );
		const ids = await wordpress.upload( 3 );
		const titles = await titlesOf( ids );
		const { list, grid } = await opened();
		expect( await inList( list, titles ) ).not.toContain( imageLabels.optimized );
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		const optimized = Array( 3 ).fill( imageLabels.optimized ) as string[];
		await expect.poll( () => inList( list, titles ), promised ).toEqual( optimized );
		await expect.poll( () => inGrid( grid, titles ), promised ).toEqual( optimized );
		expect( [ await isMarked( list.page ), await isMarked( grid.page ) ] ).toEqual( [ true, true ] );
		expect( [ await times( list, done ), await times( grid, done ) ] ).toEqual( [ 1, 1 ] );
		for ( const path of list.looks.paths() ) {
			expect( path.replace( /[\d,]+/, ( found ) => found.split( ',' ).map( Number ).sort().join() ) ).toContain(
				`/images?ids=${ ids.sort().join() }`
			);
		}
		list.looks.forget();
		grid.looks.forget();
		await pause( native ? 6_000 : 2_000 );
		expect( [ list.looks.paths(), grid.looks.paths() ] ).toEqual( [ [], [] ] );
	} );

	it.runIf( native )( 'the details beside an image follow, with the sizes of its files', async () => {
		await connect();
		wordpress.service.setFault( 'slow', { delayMs: 3_000 } );
		const ids = await wordpress.upload( 1 );
		const [ title = '' ] = await titlesOf( ids );
		const [ grid, alone ] = [ await tab(), await tab() ];
		await Promise.all( [ alone.library.openImage( ids[ 0 ] ?? 0 ), grid.library.openGrid() ] );
		await grid.library.thumbnail( title ).click();
		await grid.library.details.getByText( imageLabels.optimizing ).waitFor();
		await grid.library.details.getByText( /^Original: .*, now: / ).waitFor();
		await alone.library.box.getByText( /^Original: .*, now: / ).waitFor();
		await grid.library.details.getByText( /^Original: / ).click();
		await grid.library.details.getByRole( 'rowheader', { name: 'Full size' } ).waitFor();
		expect( await times( grid, done ) ).toBe( 1 );
	} );

	it.runIf( native )( 'an upload into the grid joins in', async () => {
		await connect();
		await wordpress.upload( 1 );
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		const grid = await tab();
		await grid.library.openGrid();
		await mark( grid.page );
		expect( grid.looks.paths() ).toEqual( [] );
		wordpress.service.setFault( 'slow', { delayMs: 1_000 } );
		await grid.library.addFile( await photo( wordpress, 'typewriter', 'my-typewriter.jpg' ) );
		await expect.poll( () => inGrid( grid, [ 'my-typewriter' ] ), soon ).toEqual( [ imageLabels.optimized ] );
		expect( await isMarked( grid.page ) ).toBe( true );
		// The grid knows it is done, not of its files: those are asked for when somebody looks.
		await grid.library.openDetails( 'my-typewriter' );
		await grid.library.details.getByText( /^Original: / ).waitFor();
	} );
} );

describe( 'when the key dies', () => {
	/** Three images in a slow queue, whose key is regenerated meanwhile, in front of a list and a grid. */
	const dying = async () => {
		await connect( wordpress.service.masterKey );
		wordpress.service.setFault( 'slow', { delayMs: slowly } );
		const titles = await titlesOf( await wordpress.upload( 3 ) );
		const { list, grid } = await opened();
		expect( await notice( list ).count() ).toBe( 0 );
		const fresh = wordpress.service.regenerate();
		await expect
			.poll( async () => ( await wordpress.admin.rest( 'GET', '/connection' ) ).body[ 'state' ], soon )
			.toBe( 'reconnect' );
		return { list, grid, titles, fresh };
	};
	/** Presses Reconnect in a window of its own. */
	const reconnectIn = async ( person: Person, key: string ) => {
		const screen = settingsScreen( person );
		await screen.open();
		await screen.field.focus();
		await person.paste( key );
		await screen.button( 'Reconnect' ).click();
		await screen.pill( 'Connected' ).waitFor();
	};
	const isOver = async ( pages: Tab[], titles: string[] ) => {
		for ( const each of pages ) {
			await expect.poll( () => notice( each ).count(), promised ).toBe( 0 );
			await expect.poll( () => each.page.locator( '.slashimage-bubble' ).count(), promised ).toBe( 0 );
		}
		const [ list, grid ] = pages as [ Tab, Tab ];
		const optimized = Array( titles.length ).fill( imageLabels.optimized );
		await expect.poll( () => inList( list, titles ), soon ).toEqual( optimized );
		await expect.poll( () => inGrid( grid, titles ), soon ).toEqual( optimized );
	};

	it(
		'open pages say so, and carry on once another admin has reconnected',
		async () => {
			const { list, grid, titles, fresh } = await dying();
			for ( const each of [ list, grid ] ) {
				await expect.poll( () => notice( each ).count(), promised ).toBe( 1 );
				await each.library.menuItem( 'Reconnect needed' ).waitFor();
			}
			const said = counted( await inList( list, titles ) );
			expect( Object.keys( said ) ).toEqual(
				expect.arrayContaining( [ imageSentences.refused, imageSentences.paused ] )
			);
			expect( counted( await inGrid( grid, titles ) ) ).toEqual( said );
			expect( await times( list, imageSentences.paused ) ).toBe( 1 );
			expect( await times( grid, imageSentences.paused ) ).toBe( 1 );
			const dashboard = await tab();
			await dashboard.go( 'index.php' );
			await notice( dashboard ).waitFor();
			await mark( dashboard.page );
			const other = await tab( await secondAdmin( wordpress ) );
			wordpress.service.setFault( 'slow', { delayMs: 1_000 } );
			await reconnectIn( other, fresh );
			await isOver( [ list, grid, dashboard ], titles );
			for ( const each of [ list, grid, dashboard ] ) {
				expect( await isMarked( each.page ) ).toBe( true );
			}
			expect( await times( list, 'Optimizing goes on.' ) ).toBe( 1 );
			expect( [ await times( list, done ), await times( grid, done ) ] ).toEqual( [ 1, 1 ] );
		},
		allTheTime
	);

	it.runIf( native )( 'the same after a reconnect in another tab, and the other admin sees it, too', async () => {
		const { list, grid, titles, fresh } = await dying();
		const other = await tab( await secondAdmin( wordpress ) );
		await other.library.openList();
		await notice( other ).waitFor();
		await other.library.menuItem( 'Reconnect needed' ).waitFor();
		wordpress.service.setFault( 'none' );
		await reconnectIn( await tab(), fresh );
		await isOver( [ list, grid, other ], titles );
		await expect
			.poll( () => inList( other, titles ), { timeout: 10_000 } )
			.toEqual( Array( 3 ).fill( imageLabels.optimized ) );
	} );
} );

describe.runIf( native )( 'how often a page asks', () => {
	/** An image that waits for hours. */
	const waiting = async () => {
		const [ id = 0 ] = await wordpress.upload( 1 );
		await connect();
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		await setRow( wordpress, id, 'waiting' );
		return id;
	};

	it( 'never on healthy pages at rest', async () => {
		await connect();
		await wordpress.upload( 2 );
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		const [ list, grid, dashboard ] = [ await tab(), await tab(), await tab() ];
		await list.library.openList();
		await grid.library.openGrid();
		await dashboard.go( 'index.php' );
		await pause( 6_000 );
		expect( [ list, grid, dashboard ].map( ( { looks } ) => looks.paths() ) ).toEqual( [ [], [], [] ] );
		expect( await dashboard.page.content() ).not.toMatch( /plugins\/slashimage/ );
	} );

	it( 'slower and slower while nothing changes, at least every four seconds, and no more once all is done', async () => {
		const id = await waiting();
		const { library, looks } = await tab();
		await library.openList();
		await pause( 17_000 );
		const gaps = looks
			.times()
			.map( ( at, index, all ) => at - ( all[ index - 1 ] ?? at ) )
			.slice( 1 );
		expect( gaps.length ).toBeGreaterThan( 3 );
		expect( Math.max( ...gaps ) ).toBeLessThan( 5_000 );
		expect( gaps[ 0 ] ).toBeLessThan( 2_500 );
		expect( gaps.at( -1 ) ).toBeGreaterThan( 3_900 );
		await setRow( wordpress, id, 'optimized' );
		await library
			.cell( ( await titlesOf( [ id ] ) )[ 0 ] ?? '' )
			.getByText( imageLabels.optimized )
			.waitFor();
		looks.forget();
		await pause( 6_000 );
		expect( looks.paths() ).toEqual( [] );
	} );

	it( 'never from a hidden tab, and at once when it is shown again', async () => {
		const id = await waiting();
		const { library, looks, page } = await tab();
		await library.openList();
		await expect.poll( () => looks.times().length, promised ).toBeGreaterThan( 0 );
		await hide( page, true );
		await pause( 500 );
		looks.forget();
		await setRow( wordpress, id, 'optimized' );
		await pause( 6_000 );
		expect( looks.paths() ).toEqual( [] );
		await hide( page, false );
		const cell = library.cell( ( await titlesOf( [ id ] ) )[ 0 ] ?? '' );
		await cell.getByText( imageLabels.optimized ).waitFor( { timeout: 2_000 } );
		expect( looks.paths() ).toEqual( [ `/images?ids=${ id }&_locale=user` ] );
	} );

	it( 'never again once somebody is logged out, which is said once', async () => {
		await waiting();
		const { library, looks, page, heard } = await tab( await secondAdmin( wordpress ) );
		await library.openList();
		await expect.poll( () => looks.times().length, promised ).toBeGreaterThan( 0 );
		await logSecondAdminOut( wordpress );
		await expect.poll( () => page.getByRole( 'main' ).getByText( ended ).count(), promised ).toBe( 1 );
		expect( ( await heard() ).filter( ( said ) => said === ended ) ).toHaveLength( 1 );
		looks.forget();
		await pause( 6_000 );
		await hide( page, false );
		await pause( 1_000 );
		expect( looks.paths() ).toEqual( [] );
		expect( await page.getByRole( 'main' ).getByText( ended ).count() ).toBe( 1 );
	} );

	it( 'a dashboard that shows the notice stops as well', async () => {
		const key = await connect();
		wordpress.service.deleteKey( key );
		await wordpress.admin.rest( 'POST', '/connection/check' );
		const dashboard = await tab( await secondAdmin( wordpress ) );
		await dashboard.go( 'index.php' );
		await notice( dashboard ).waitFor();
		await expect.poll( () => dashboard.looks.paths()[ 0 ], promised ).toContain( '/notice' );
		await logSecondAdminOut( wordpress );
		await pause( 5_000 );
		dashboard.looks.forget();
		await pause( 6_000 );
		expect( dashboard.looks.paths() ).toEqual( [] );
		await notice( dashboard ).waitFor();
	} );
} );
