import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageStates } from '../../src/validation/image-state.ts';
import { place, type Placed } from './images.ts';
import { measured, ours, told } from './measured.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { person } from './people.ts';
import { connect } from './queue.ts';
import { site } from './site.ts';
import type { Visitor } from './visitor.ts';

// A page takes WebAssembly a second; that the condition finds the right rows there too, the vectors show.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/** The media list at an address: its images from top to bottom, and how many WordPress says there are. */
const list = async ( query: string, who?: Visitor ) => {
	const { html, queries } = await measured( `/wp-admin/upload.php?mode=list&${ query }`, who );
	expect( html ).toContain( '</html>' );
	return {
		ids: [ ...html.matchAll( /<tr id="post-(\d+)"/g ) ].map( ( match ) => Number( match[ 1 ] ) ),
		told: told( html ),
		count: Number( /<span class="displaying-num">([\d,]+) item/.exec( html )?.[ 1 ] ?? 0 ),
		html,
		queries,
	};
};

const ids = async ( query: string, who?: Visitor ) => ( await list( query, who ) ).ids;

const failed = ( more: Placed = {} ): Placed => ( { state: 'failed', cause: 'write_failed', ...more } );

describe.runIf( native )( 'the filter by state', () => {
	let all: number[] = [];
	const rows: Placed[] = [
		{ state: 'optimized' },
		{ state: 'optimizing' },
		{ state: 'waiting' },
		{ state: 'waiting', cause: 'invalid_key' },
		{ state: 'waiting', cause: 'monthly_limit_reached' },
		{ state: 'failed', cause: 'write_failed' },
		{ state: 'unsupported', cause: 'type_not_supported' },
		{ state: 'not_optimized' },
		{ state: 'elsewhere', cause: 'file_elsewhere' },
		{ state: 'partly_optimized', cause: 'has_gain_map' },
	];
	const found = async () => {
		const entries = [];
		for ( const state of imageStates ) {
			const page = await list( `slashimage_state=${ state }` );
			expect( page.told ).toEqual( page.ids );
			expect( page.count ).toBe( page.ids.length );
			expect( page.html ).toContain( `"filter":"${ state }"` );
			entries.push( [ state, page.ids.map( ( id ) => all.indexOf( id ) ).sort() ] );
		}
		return Object.fromEntries( entries ) as Record< string, number[] >;
	};
	const always = {
		optimized: [ 0 ],
		optimizing: [ 1 ],
		failed: [ 5 ],
		unsupported: [ 6 ],
		not_optimized: [ 7 ],
		elsewhere: [ 8 ],
		partly_optimized: [ 9 ],
	};
	let key = '';

	beforeAll( async () => {
		await ( await site() ).reset();
		key = await connect();
		all = await place( rows );
	} );

	it( 'lists the images of each state while the key works', async () => {
		expect( await found() ).toEqual( {
			...always,
			waiting: [ 2, 3 ],
			out_of_credits: [ 4 ],
			paused: [],
			refused: [],
		} );
	} );

	it( 'lists them in the light of a refused key', async () => {
		const { admin, service } = await site();
		service.deleteKey( key );
		await admin.rest( 'POST', '/connection/check' );
		expect( await found() ).toEqual( {
			...always,
			waiting: [],
			out_of_credits: [],
			paused: [ 2, 4 ],
			refused: [ 3 ],
		} );
	} );

	it( 'lists them where there is no connection', async () => {
		await ( await site() ).admin.rest( 'POST', '/connection/disconnect' );
		expect( await found() ).toEqual( {
			...always,
			waiting: [ 2, 3, 4 ],
			out_of_credits: [],
			paused: [],
			refused: [],
		} );
	} );

	it( 'lets everything be where the address holds no state there is', async () => {
		for ( const query of [ 'slashimage_state=nonsense', 'slashimage_state[]=failed', 'slashimage_state=' ] ) {
			const page = await list( query );
			expect( [ query, page.count ] ).toEqual( [ query, all.length ] );
			expect( page.html ).toContain( '"filter":""' );
		}
	} );
} );

describe( 'the filter', () => {
	beforeEach( async () => {
		const { reset, wp } = await site();
		await reset();
		await wp.evaluate( `delete_user_meta( 1, 'upload_per_page' );` );
	} );

	it( 'goes through the pages by date, either way round, without looking at the posts', async () => {
		const { wp } = await site();
		const placed = await place(
			[ 3, 1, 5, 2, 4 ].map( ( day ) => failed( { date: `2024-01-0${ day } 10:00:00` } ) )
		);
		await place( [ { state: 'optimized' } ] );
		const byDay = [ 1, 3, 0, 4, 2 ].map( ( number ) => placed[ number ] ?? 0 );
		await wp.evaluate( `update_user_meta( 1, 'upload_per_page', 2 );` );
		const pages = [];
		for ( const paged of [ 1, 2, 3 ] ) {
			const page = await list( `slashimage_state=failed&paged=${ paged }` );
			expect( page.count ).toBe( 5 );
			expect( page.queries.filter( ( sql ) => sql.includes( 'SQL_CALC_FOUND_ROWS' ) ) ).toEqual( [] );
			pages.push( ...page.ids );
		}
		await wp.evaluate( `delete_user_meta( 1, 'upload_per_page' );` );
		expect( pages ).toEqual( byDay.toReversed() );
		expect( await ids( 'slashimage_state=failed&orderby=date&order=asc' ) ).toEqual( byDay );
		expect( await ids( 'slashimage_state=failed&orderby=date&order=desc' ) ).toEqual( byDay.toReversed() );
	} );

	it( 'is put together with a search and a month, as the form sends them', async () => {
		const [ , cat, dog ] = await place( [
			{ state: 'optimized', title: 'Cat', date: '2024-02-01 10:00:00' },
			failed( { title: 'Cat', date: '2024-02-01 10:00:00' } ),
			failed( { title: 'Dog', date: '2024-03-01 10:00:00' } ),
		] );
		const form = 'attachment-filter=&filter_action=Filter&slashimage_state=failed';
		expect( await ids( `${ form }&s=&m=0` ) ).toEqual( [ dog, cat ] );
		expect( await ids( `${ form }&s=cat&m=0` ) ).toEqual( [ cat ] );
		const march = await list( `${ form }&s=&m=202403` );
		expect( march.ids ).toEqual( [ dog ] );
		expect( march.count ).toBe( 1 );
	} );

	describe.runIf( native )( 'is put together with', () => {
		it( 'what is nowhere used, a type, an author and another order', async () => {
			await person( 'author' );
			const [ zebra, ape, used, theirs ] = await place( [
				failed( { title: 'Zebra' } ),
				failed( { title: 'Ape', mime: 'image/png' } ),
				failed( { title: 'Used', parent: 1 } ),
				failed( { title: 'Theirs', author: 'author' } ),
				{ state: 'optimized', title: 'Done' },
			] );
			const newest = [ theirs, used, ape, zebra ];
			const alsoBy = ( query: string ) => ids( `slashimage_state=failed&${ query }` );
			expect( await alsoBy( 'attachment-filter=detached' ) ).toEqual( [ theirs, ape, zebra ] );
			expect( await alsoBy( 'attachment-filter=post_mime_type:image' ) ).toEqual( newest );
			expect( await alsoBy( 'attachment-filter=post_mime_type:video' ) ).toEqual( [] );
			expect( await alsoBy( 'attachment-filter=mine' ) ).toEqual( [ used, ape, zebra ] );
			expect( await alsoBy( `author_name=author` ) ).toEqual( [ theirs ] );
			expect( await alsoBy( 'year=2023' ) ).toEqual( [] );
			expect( await alsoBy( `attachment_id=${ ape }` ) ).toEqual( [ ape ] );
			expect( await alsoBy( 'orderby=title&order=asc' ) ).toEqual( [ ape, theirs, used, zebra ] );
			expect( await alsoBy( 'orderby=title&order=desc' ) ).toEqual( [ zebra, used, theirs, ape ] );
		} );

		it( 'what other plugins narrow the list by: categories, and conditions of their own', async () => {
			const { wp } = await site();
			const [ sorted, unsorted, hidden ] = await place( [ failed(), failed(), failed( { title: 'Hidden' } ) ] );
			await addMuPlugin(
				'narrows',
				`add_action( 'init', fn() => register_taxonomy( 'folder', 'attachment', [ 'public' => true ] ) );`
			);
			await wp.evaluate(
				`wp_insert_term( 'Trips', 'folder' ); wp_set_object_terms( ${ sorted }, 'trips', 'folder' );`
			);
			expect( await ids( 'slashimage_state=failed&folder=trips' ) ).toEqual( [ sorted ] );
			expect( await ids( 'slashimage_state=failed' ) ).toEqual( [ hidden, unsorted, sorted ] );
			await addMuPlugin(
				'narrows',
				`add_filter( 'posts_where', fn( $where ) => $where . " AND post_title != 'Hidden'" );`
			);
			const page = await list( 'slashimage_state=failed' );
			expect( page.ids ).toEqual( [ unsorted, sorted ] );
			expect( page.count ).toBe( 2 );
		} );
		afterEach( () => removeMuPlugin( 'narrows' ) );
	} );

	it.runIf( native )( 'shows an author what WordPress shows an author', async () => {
		const author = await person( 'author' );
		const [ , theirs ] = await place( [
			failed( { status: 'private' } ),
			failed( { author: 'author' } ),
			{ state: 'optimized', author: 'author' },
		] );
		const open = await ids( '', author );
		expect( await ids( 'slashimage_state=failed', author ) ).toEqual( open.filter( ( id ) => id === theirs ) );
		expect( ( await list( 'slashimage_state=failed', author ) ).told ).toEqual( [ theirs ] );
		expect( ( await list( 'slashimage_state=failed' ) ).count ).toBe( 2 );
	} );

	it.runIf( native )( 'follows a date that is changed', async () => {
		const { wp } = await site();
		const [ first, second ] = await place( [
			failed( { date: '2024-01-01 10:00:00' } ),
			failed( { date: '2024-01-02 10:00:00' } ),
		] );
		expect( await ids( 'slashimage_state=failed' ) ).toEqual( [ second, first ] );
		await wp.evaluate(
			`wp_update_post( [ 'ID' => ${ first }, 'post_date' => '2024-01-03 10:00:00', 'edit_date' => true ] );`
		);
		expect( await ids( 'slashimage_state=failed' ) ).toEqual( [ first, second ] );
	} );

	it.runIf( native )( 'finds an image whose worker died among those that wait', async () => {
		const { wp } = await site();
		const [ dead ] = await place( [ { state: 'optimizing' } ] );
		await wp.evaluate( `$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET due_at = 1' );` );
		expect( await ids( 'slashimage_state=waiting' ) ).toEqual( [ dead ] );
		expect( await ids( 'slashimage_state=optimizing' ) ).toEqual( [] );
	} );

	it.runIf( native )( "is not upset by images that were deleted behind WordPress's back", async () => {
		const { wp, log } = await site();
		const [ gone, there ] = await place( [ failed(), failed() ] );
		await wp.evaluate( `$GLOBALS['wpdb']->delete( $GLOBALS['wpdb']->posts, [ 'ID' => ${ gone } ] );` );
		expect( await ids( 'slashimage_state=failed' ) ).toEqual( [ there ] );
		expect( await log() ).toBe( '' );
	} );

	it.runIf( native )( 'costs five small queries', async () => {
		await place( [ failed(), failed() ] );
		await list( 'slashimage_state=failed' );
		const { queries } = await list( 'slashimage_state=failed' );
		expect( ours( queries ).length ).toBeLessThanOrEqual( 5 );
	} );
} );
