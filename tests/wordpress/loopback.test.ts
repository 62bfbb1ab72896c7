import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/validation/doctor-schemas.ts';
import { passTime, planned, visit } from './clock.ts';
import { beStill, later } from './crash/queue.ts';
import { examine, finding } from './doctor.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { ownSite, type OwnSite } from './own-site.ts';
import { noise, uploadPicture } from './photos.ts';
import { connect, until } from './queue.ts';
import { site, uploadPhotos } from './site.ts';

// Work that goes on after an answer: servers that have no way to, that end it, or that a request of the site's own does
// not reach.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

const codes = ( results: CheckResult[] ) =>
	results.flatMap( ( { findings } ) =>
		findings.filter( ( { status } ) => status !== 'good' ).map( ( { code } ) => code )
	);

describe.runIf( native )( 'a server without a function that ends a request', () => {
	let own: OwnSite;

	beforeAll( async () => {
		own = await ownSite( { ini: { disable_functions: 'fastcgi_finish_request' }, workers: 8 } );
		await own.admin.rest( 'POST', '/connection', { key: own.service.issueKey() } );
	} );

	afterAll( () => own.close() );

	it( 'waits for no kick, and every kick arrives', async () => {
		// Who is kicked takes its time.
		await addMuPlugin(
			'slow-kick',
			`if ( 'slashimage_work' === ( $_POST['action'] ?? '' ) ) { file_put_contents( WP_CONTENT_DIR . '/kicks', '.', FILE_APPEND ); usleep( 300000 ); }`,
			own
		);
		const took = ( await own.wp.evaluate( `
			$took = array();
			for ( $times = 0; $times < 20; $times++ ) {
				$from = microtime( true );
				SlashImage\\Loopback::send();
				$took[] = 1000 * ( microtime( true ) - $from );
				usleep( 400000 );
			}
			return $took;` ) ) as number[];
		await removeMuPlugin( 'slow-kick', own );
		expect(
			await own.wp.evaluate( `sleep( 1 ); return strlen( file_get_contents( WP_CONTENT_DIR . '/kicks' ) );` )
		).toBe( 20 );
		expect( Math.max( ...took ) ).toBeLessThan( 100 );
		expect( took.sort( ( a, b ) => a - b )[ 10 ] ).toBeLessThan( 50 );
	} );

	it( 'makes no click slower', async () => {
		const [ id ] = ( await own.wp.evaluate( `$count = 1; ${ uploadPhotos }` ) ) as number[];
		await expect
			.poll( () => own.wp.evaluate( `return SlashImage\\Queue::summary()['optimized'];` ), { timeout: 20_000 } )
			.toBe( 1 );
		await addMuPlugin(
			'slow-kick',
			`if ( 'slashimage_work' === ( $_POST['action'] ?? '' ) ) { usleep( 900000 ); exit; }`,
			own
		);
		/** Milliseconds the fastest of some clicks took, by the way a kick goes; by none there is none. */
		const click = async ( way: string ) => {
			const took: number[] = [];
			for ( let times = 0; times < 6; times++ ) {
				await own.wp.evaluate(
					`SlashImage\\Connection::found_way( '${ way }' ); $GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'not_optimized'" );`
				);
				const from = performance.now();
				expect( ( await own.admin.rest( 'POST', `/images/${ id }/optimize`, {} ) ).status ).toBe( 200 );
				took.push( performance.now() - from );
			}
			return Math.min( ...took );
		};
		const alone = await click( 'none' );
		expect( ( await click( 'ajax' ) ) - alone ).toBeLessThan( 100 );
		await removeMuPlugin( 'slow-kick', own );
	} );

	it( 'calls the one of LiteSpeed where there is that', async () => {
		await addMuPlugin(
			'litespeed',
			`function litespeed_finish_request() { file_put_contents( WP_CONTENT_DIR . '/finished', '1' ); return true; }`,
			own
		);
		await own.wp.evaluate( `SlashImage\\Loopback::send(); sleep( 1 );` );
		await removeMuPlugin( 'litespeed', own );
		expect( await own.wp.evaluate( `return is_file( WP_CONTENT_DIR . '/finished' );` ) ).toBe( true );
	} );
} );

describe.runIf( native )( 'a server that ends background work', () => {
	beforeEach( async () => ( await site() ).reset() );

	afterEach( async () => {
		await removeMuPlugin( 'killer' );
		await removeMuPlugin( 'still' );
		const { service, wp } = await site();
		service.setFault( 'none' );
		await wp.evaluate( `SlashImage\\Connection::outlived();` );
	} );

	it( 'costs no file twice, fails no image, is found, and left alone; WP-Cron and an open screen take over', async () => {
		const { admin, service, wp, rows } = await site();
		await connect();
		// A person's test of it lives as long as any other request of its kind: not long.
		await addMuPlugin(
			'killer',
			`if ( 'slashimage_work' === ( $_POST['action'] ?? '' ) && empty( $_POST['ping'] ) ) { exec( '(sleep 1.5; kill -9 ' . getmypid() . ') > /dev/null 2>&1 &' ); }`
		);
		service.setFault( 'slow', { delayMs: 4000 } );
		for ( const name of [ 'one', 'two' ] ) {
			await uploadPicture( await noise( 120, 90 ), `${ name }-${ Date.now() }.jpg` );
		}
		for ( let rounds = 0; rounds < 4; rounds++ ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 2500 ) );
			await later( 'kept' );
			await wp.evaluate( `SlashImage\\Schedule::next();` );
		}
		await new Promise( ( resolve ) => setTimeout( resolve, 2500 ) );
		expect( ( await rows() ).map( ( { state } ) => state ).filter( ( state ) => state === 'failed' ) ).toEqual(
			[]
		);
		const sent = service.files.map( ( { hash } ) => hash );
		expect( new Set( sent ).size ).toBe( sent.length );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body[ 'hold' ] ).toMatchObject( { reason: 'background' } );
		const results = await examine( admin );
		expect( codes( results ) ).toContain( 'hold_background' );
		// What is checked by the background is that it works again, and nothing else.
		await wp.evaluate( `SlashImage\\Schedule::try_background();` );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body[ 'hold' ] ).toMatchObject( { reason: 'background' } );
		service.setFault( 'none' );
		await later( 'kept' );
		await wp.evaluate( `delete_option( 'slashimage_worker.lock' );` );
		expect( ( await admin.rest( 'POST', '/images/work', {} ) ).body ).toMatchObject( {
			silent: expect.any( Boolean ),
		} );
		await until( ( now ) => now.every( ( { state } ) => state === 'optimized' ) );
		await uploadPicture( await noise( 120, 90 ), `three-${ Date.now() }.jpg` );
		await passTime( 61 );
		await until( ( now ) => now.every( ( { state } ) => state === 'optimized' ) );
		await removeMuPlugin( 'killer' );
		expect( ( await admin.rest( 'POST', '/connection/check', {} ) ).body ).toMatchObject( { hold: null } );
	}, 120_000 );

	it( 'is found by the checks before anything was sent', async () => {
		const { admin, wp } = await site();
		await connect();
		await wp.evaluate( `delete_option( 'slashimage_worked' );` );
		expect( codes( await examine( admin ) ) ).not.toContain( 'background_ends' );
		await addMuPlugin(
			'killer',
			`if ( ! empty( $_POST['outlive'] ) ) { exec( '(sleep 1.5; kill -9 ' . getmypid() . ') > /dev/null 2>&1 &' ); }`
		);
		expect( codes( await examine( admin ) ) ).toContain( 'background_ends' );
	} );
} );

describe.runIf( native )( 'an upload whose process dies', () => {
	beforeEach( async () => ( await site() ).reset() );

	afterEach( async () => {
		await removeMuPlugin( 'dies' );
		await removeMuPlugin( 'still' );
	} );

	it( 'has left an event, and is optimized by that', async () => {
		const { wp, rows } = await site();
		await connect();
		await beStill();
		await addMuPlugin(
			'dies',
			`add_filter( 'wp_generate_attachment_metadata', function ( $data ) { posix_kill( getmypid(), 9 ); return $data; }, 2000 );`
		);
		await wp.evaluate( `$count = 1; ${ uploadPhotos }` ).catch( () => {} );
		await removeMuPlugin( 'dies' );
		expect( await rows() ).toHaveLength( 1 );
		expect( await planned( 'slashimage_work' ) ).toBeLessThanOrEqual( 60 );
		await passTime( 61 );
		await until( ( now ) => now[ 0 ]?.state === 'optimized' );
	} );

	it( 'whose event was lost as well is found by the next who looks, and by the checks', async () => {
		const { wp, admin, upload } = await site();
		await connect();
		await beStill();
		await upload( 1 );
		const lose = `wp_clear_scheduled_hook( 'slashimage_work' ); $GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET due_at = due_at - 5' );`;
		await wp.evaluate( lose );
		expect( finding( await examine( admin ), 'queue_unplanned' ).seen ).toContain( '1' );
		for ( const path of [
			'/images/summary',
			`/images?ids=${ ( await ( await site() ).rows() )[ 0 ]?.attachment_id }`,
		] ) {
			await wp.evaluate( lose );
			expect( await planned( 'slashimage_work' ) ).toBeNull();
			await admin.rest( 'GET', path );
			expect( await planned( 'slashimage_work' ) ).toBeLessThanOrEqual( 60 );
		}
		await removeMuPlugin( 'still' );
		await visit();
	} );
} );

describe.runIf( native )( 'a site that keeps wp-admin from strangers', () => {
	const password = { authorization: 'Basic YTpi' };
	const basic = ( folder: string ) => `
		set $door "";
		if ( $uri ~ ^${ folder } ) { set $door "a"; }
		if ( $http_authorization = "" ) { set $door "\${door}b"; }
		if ( $door = "ab" ) { return 401; }
	`;
	let own: OwnSite;

	afterEach( () => own.close() );

	const upload = () => own.wp.evaluate( `$count = 1; ${ uploadPhotos }` );
	const summary = async () => ( await own.admin.rest( 'GET', '/images/summary' ) ).body;
	// As if it had waited for a while.
	const wait = () =>
		own.wp.evaluate(
			`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET due_at = due_at - 60' );`
		);

	it( 'uses REST instead; the check names the address and the status', async () => {
		own = await ownSite( { front: { server: basic( '/wp-admin/' ) } }, password );
		expect( ( await own.admin.rest( 'POST', '/connection', { key: own.service.issueKey() } ) ).status ).toBe( 200 );
		await upload();
		expect( await summary() ).toMatchObject( { waiting: 1, silent: false } );
		await wait();
		await summary();
		await expect.poll( async () => ( await summary() )[ 'optimized' ], { timeout: 20_000 } ).toBe( 1 );
		// The next one goes that way at once.
		await own.wp.evaluate(
			`foreach ( get_posts( [ 'post_type' => 'attachment', 'post_status' => 'inherit', 'fields' => 'ids' ] ) as $id ) { wp_delete_attachment( $id, true ); }`
		);
		own.service.forgetRequests();
		await upload();
		await expect.poll( async () => ( await summary() )[ 'optimized' ], { timeout: 20_000 } ).toBe( 1 );
		const found = finding( await examine( own.admin ), 'loopback_second' );
		expect( found.seen ).toContain( '/wp-admin/admin-ajax.php' );
		expect( found.seen ).toContain( '401' );
	} );

	it( 'and REST as well: the open screen works the queue, and the checks say what is closed', async () => {
		own = await ownSite( { front: { server: basic( '/wp-(admin|json)/' ) } }, password );
		expect( ( await own.admin.rest( 'POST', '/connection', { key: own.service.issueKey() } ) ).status ).toBe( 200 );
		await upload();
		await wait();
		expect( await summary() ).toMatchObject( { waiting: 1, silent: true } );
		expect( ( await own.admin.rest( 'POST', '/images/work', {} ) ).body ).toMatchObject( {
			optimized: 1,
			silent: false,
		} );
		const found = finding( await examine( own.admin ), 'loopback_failed' );
		expect( found.seen ).toContain( '/wp-json/slashimage/v1/work (401' );
	} );
} );
