import { beforeEach, describe, expect, it } from 'vitest';
import { planned } from './clock.ts';
import { place } from './images.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';

// A request takes WebAssembly a second.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/** What stands in the table of these attachments, in their order; null: nothing. */
const rowsOf = async ( ids: number[] ) => {
	const rows = await ( await site() ).rows();
	return ids.map( ( id ) => rows.find( ( row ) => Number( row.attachment_id ) === id )?.state ?? null );
};

const library = async ( code: string ) => ( await site() ).wp.evaluate( code );

const look = () => library( 'SlashImage\\Library::begin(); return SlashImage\\Library::index( 10 );' );

const ofEachKind = [
	'image/jpeg',
	'image/png',
	'image/webp',
	'image/avif',
	'image/gif',
	'image/svg+xml',
	'image/bmp',
	'application/pdf',
	'video/mp4',
];
const theirStates = [ ...Array< string >( 5 ).fill( 'not_optimized' ), 'unsupported', 'unsupported', null, null ];

beforeEach( async () => ( await site() ).reset() );

describe( 'a library that was there before', () => {
	it( 'gets a row for each of its images', async () => {
		const ids = await place(
			ofEachKind.map( ( mime, day ) => ( { mime, date: `2023-03-0${ day + 1 } 10:00:00` } ) )
		);
		expect( await rowsOf( ids ) ).toEqual( ids.map( () => null ) );
		expect( await look() ).toBe( true );
		expect( await rowsOf( ids ) ).toEqual( theirStates );
		const rows = await ( await site() ).rows();
		expect( rows.map( ( { cause } ) => cause ) ).toEqual( [
			'',
			'',
			'',
			'',
			'',
			'type_not_supported',
			'type_not_supported',
		] );
		expect( rows[ 2 ] ).toMatchObject( { dated: '2023-03-03 10:00:00', due_at: '0', added_at: '0' } );
	} );

	// WordPress turns HEIC photos into JPEG and leaves their type; importers write image/jpg.
	it( 'goes by the names of its files where their types are wrong, also for rows of a version that did not', async () => {
		const wrong = { state: 'unsupported', cause: 'type_not_supported' };
		const ids = await place( [
			{ mime: 'image/heic', extension: 'jpg' },
			{ mime: 'image/jpg', extension: 'JPEG', ...wrong },
			{ mime: 'image/heic', extension: 'heic', ...wrong },
			{ mime: 'image/heic', extension: 'jpg', state: 'unsupported', cause: 'has_gain_map' },
			{ mime: 'application/pdf', extension: 'jpg' },
		] );
		await look();
		expect( await rowsOf( ids ) ).toEqual( [
			'not_optimized',
			'not_optimized',
			'unsupported',
			'unsupported',
			null,
		] );
	} );

	it.runIf( native )( 'keeps the rows it has, and their dates true', async () => {
		const [ done, open ] = await place( [ { state: 'optimized' }, {} ] );
		await library(
			`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET dated = '1970-01-01 00:00:00', bytes_before = 7" );`
		);
		await look();
		await look();
		const rows = await ( await site() ).rows();
		expect( rows ).toMatchObject( [
			{ attachment_id: String( done ), state: 'optimized', bytes_before: '7', dated: '2024-05-01 12:00:00' },
			{ attachment_id: String( open ), state: 'not_optimized' },
		] );
	} );

	it.runIf( native )( 'is gone on with where it stopped, and costs no query once it was seen', async () => {
		const ids = await place( [ {}, {}, {} ] );
		expect( await library( 'SlashImage\\Library::begin(); return SlashImage\\Library::index( 0 );' ) ).toBe(
			false
		);
		expect( await rowsOf( ids ) ).toEqual( [ null, null, null ] );
		// As if the first part of a large library had been seen.
		await library( `update_option( SlashImage\\Library::OPTION, ${ ids[ 1 ] } ); SlashImage\\Library::run();` );
		expect( await rowsOf( ids ) ).toEqual( [ null, 'not_optimized', 'not_optimized' ] );
		expect(
			await library(
				`$before = $GLOBALS['wpdb']->num_queries; SlashImage\\Library::index( 10 ); return $GLOBALS['wpdb']->num_queries - $before;`
			)
		).toBe( 0 );
	} );

	it.runIf( native )( 'is looked through again after a time without the plugin', async () => {
		await library( `deactivate_plugins( 'slashimage/slashimage.php' );` );
		const ids = await place( [ {}, { mime: 'image/bmp' } ] );
		await library( `activate_plugin( 'slashimage/slashimage.php' );` );
		expect( await planned( 'slashimage_library' ) ).toBeLessThanOrEqual( 0 );
		await library( `do_action( 'slashimage_library' );` );
		expect( await rowsOf( ids ) ).toEqual( [ 'not_optimized', 'unsupported' ] );
	} );

	it.runIf( native )( 'is counted on the settings screen, also where WP-Cron is off', async () => {
		await place( [ {}, {} ] );
		await library( 'SlashImage\\Library::begin();' );
		const html = await ( await site() ).admin.page( '/wp-admin/upload.php?page=slashimage' );
		expect( html ).toContain( '"not_optimized":2,' );
	} );

	it( 'is optimized after one POST, with nobody looking', async () => {
		const { admin, upload, service, log } = await site();
		await upload( 3 );
		await library(
			`$GLOBALS['wpdb']->query( 'DELETE FROM ' . SlashImage\\Queue::table() ); SlashImage\\Library::begin();`
		);
		await connect();
		const { body } = await admin.rest( 'POST', '/images/optimize' );
		expect( body ).toMatchObject( { not_optimized: 0, failed: 0 } );
		expect( Number( body[ 'waiting' ] ) + Number( body[ 'optimizing' ] ) ).toBe( 3 );
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		service.forgetRequests();
		expect( ( await admin.rest( 'POST', '/images/optimize' ) ).body ).toMatchObject( { optimized: 3, waiting: 0 } );
		expect( service.requests ).toEqual( [] );
		expect( await log() ).toBe( '' );
	} );
} );

describe( 'the order', () => {
	it( 'is what a person clicked, then what is new, then the backlog, each by its time', async () => {
		const { admin } = await site();
		const [ late = 0, early = 0, added = 0, clicked = 0 ] = await place(
			[ {}, {}, {}, {} ].map( () => ( { state: 'not_optimized' } ) )
		);
		expect( ( await admin.rest( 'POST', `/images/${ clicked }/optimize` ) ).status ).toBe( 200 );
		const order = await library( `
			SlashImage\\Queue::start( [ 'not_optimized' ], [ ${ late }, ${ early } ] );
			SlashImage\\Queue::add( ${ added }, 'waiting', '', time() - 1 );
			$GLOBALS['wpdb']->update( SlashImage\\Queue::table(), [ 'due_at' => 1 ], [ 'attachment_id' => ${ early } ] );
			while ( $claim = SlashImage\\Queue\\Claim::take() ) { $order[] = $claim->id; }
			return $order;` );
		expect( order ).toEqual( [ clicked, added, early, late ] );
	} );

	it.runIf( native )( 'has an upload come before a library whose thumbnails were made anew', async () => {
		const { upload, rows } = await site();
		const [ old = 0 ] = await upload( 1 );
		await library( `
			require_once ABSPATH . 'wp-admin/includes/image.php';
			( new SlashImage\\Files\\Image( ${ old } ) )->keep_all( time() + 1 );
			$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'optimized'" );
			wp_generate_attachment_metadata( ${ old }, get_attached_file( ${ old } ) );` );
		const [ added = 0 ] = await upload( 1 );
		expect( ( await rows() ).map( ( { state } ) => state ) ).toEqual( [ 'waiting', 'waiting' ] );
		expect( await library( `return SlashImage\\Queue\\Claim::take()->id;` ) ).toBe( added );
	} );
} );

describe( 'an attachment', () => {
	it.runIf( native )( 'has its row as soon as it is there, whoever makes it', async () => {
		const ids = ( await library(
			`return array_map( fn( $mime ) => wp_insert_attachment( [ 'post_title' => 'x', 'post_mime_type' => $mime, 'post_status' => 'inherit' ], $mime ), [ '${ ofEachKind.join( "', '" ) }' ] );`
		) ) as number[];
		// It is an upload: its sizes may be on their way.
		const asUploads = theirStates.map( ( state ) => ( state === 'not_optimized' ? 'waiting' : state ) );
		expect( await rowsOf( ids ) ).toEqual( asUploads );
	} );

	it( 'takes its date along, and its row with it', async () => {
		const { rows } = await site();
		const [ id ] = await place( [ { state: 'optimized' } ] );
		await library(
			`wp_update_post( [ 'ID' => ${ id }, 'post_date' => '2019-09-09 09:09:09', 'edit_date' => true ] );`
		);
		expect( await rows() ).toMatchObject( [ { dated: '2019-09-09 09:09:09', state: 'optimized' } ] );
		await library( `wp_delete_attachment( ${ id }, true );` );
		expect( await rows() ).toEqual( [] );
	} );
} );
