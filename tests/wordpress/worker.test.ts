import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/service/server.ts';
import { site, type Row } from './site.ts';

beforeEach( async ( { task } ) => {
	if ( task.suite?.name !== 'an outage' ) {
		await ( await site() ).reset();
	}
} );

const connect = async ( key?: string ) => {
	const { admin, service } = await site();
	const used = key ?? service.issueKey();
	expect( ( await admin.rest( 'POST', '/connection', { key: used } ) ).status ).toBe( 200 );
	service.forgetRequests();
	return used;
};

/** Every file of these attachments: name and checksum. */
const files = async ( ids: number[] ) =>
	( await site() ).wp.evaluate(
		`$files = []; foreach ( [ ${ ids } ] as $id ) { $main = get_attached_file( $id ); $names = array_merge( [ basename( $main ) ], array_column( wp_get_attachment_metadata( $id )['sizes'], 'file' ) ); foreach ( glob( dirname( $main ) . '/*' ) as $f ) { if ( in_array( basename( $f ), $names, true ) || strpos( basename( $f ), 'tmp' ) ) { $files[ basename( $f ) ] = md5_file( $f ); } } } return $files;`
	);

const backups = async () =>
	( await site() ).wp.evaluate(
		`$files = []; $dir = wp_get_upload_dir()['basedir'] . '/slashimage-backup'; if ( is_dir( $dir ) ) { foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $dir, FilesystemIterator::SKIP_DOTS ) ) as $f ) { $files[ $f->getFilename() ] = md5_file( $f ); } } return $files;`
	);

const until = async ( done: ( rows: Row[] ) => boolean ) => {
	const { rows } = await site();
	for ( let tries = 0; tries < 60; tries++ ) {
		const now = await rows();
		if ( done( now ) ) {
			return now;
		}
		await new Promise( ( resolve ) => setTimeout( resolve, 500 ) );
	}
	throw new Error( `Still waiting: ${ JSON.stringify( await rows() ) }` );
};

const states = ( rows: Row[] ) => rows.map( ( { state, cause } ) => [ state, cause ] );

describe( 'an upload', () => {
	it( 'is optimized by itself, its originals kept', async () => {
		const { upload, log } = await site();
		await connect();
		const [ id ] = await upload( 1 );
		const rows = await until( ( now ) => now.every( ( { state } ) => state === 'optimized' ) );
		expect( Number( rows[ 0 ]?.bytes_after ) ).toBeLessThan( Number( rows[ 0 ]?.bytes_before ) );
		const served = ( await files( [ id ?? 0 ] ) ) as Record< string, string >;
		const kept = ( await backups() ) as Record< string, string >;
		for ( const [ name, checksum ] of Object.entries( kept ) ) {
			expect( served[ name ] ).toBeTypeOf( 'string' );
			expect( served[ name ] ).not.toBe( checksum );
		}
		expect( Object.keys( kept ).length ).toBeGreaterThan( 1 );
		expect( Object.keys( served ).filter( ( name ) => name.includes( 'tmp' ) ) ).toEqual( [] );
		expect( await log() ).toBe( '' );
	} );

	it( 'waits while no key is configured, and is optimized once there is one', async () => {
		const { upload, work } = await site();
		await upload( 2 );
		expect( states( await work() ) ).toEqual( [
			[ 'waiting', '' ],
			[ 'waiting', '' ],
		] );
		await connect();
		await until( ( now ) => now.every( ( { state } ) => state === 'optimized' ) );
	} );

	it( 'is told unsupported when the service does not take its type', async () => {
		const { wp, rows } = await site();
		await wp.evaluate( `
			$id = wp_insert_attachment( [ 'post_title' => 'x', 'post_mime_type' => 'image/bmp', 'post_status' => 'inherit' ], wp_upload_dir()['path'] . '/x.bmp' );
			apply_filters( 'wp_generate_attachment_metadata', [], $id, 'create' );` );
		expect( states( await rows() ) ).toEqual( [ [ 'unsupported', 'type_not_supported' ] ] );
	} );

	it( 'takes its row and its backups with it when it is deleted', async () => {
		const { upload, work, wp, rows } = await site();
		await connect();
		const [ id ] = await upload( 1 );
		await work();
		await until( ( now ) => now[ 0 ]?.state === 'optimized' );
		await wp.evaluate( `wp_delete_attachment( ${ id }, true );` );
		expect( await rows() ).toEqual( [] );
		expect( await backups() ).toEqual( [] );
	} );
} );

describe( 'a refused key', () => {
	it( 'pauses everything, loses nothing, and the queue drains by itself after one POST', async () => {
		const { service, upload, admin, wp } = await site();
		await connect( service.masterKey );
		const ids = await upload( 1 );
		await until( ( now ) => now[ 0 ]?.state === 'optimized' );
		const before = await files( ids );
		const fresh = service.regenerate();
		await upload( 3 );
		const rows = await until( ( now ) => now.some( ( { cause } ) => cause === 'invalid_key' ) );
		expect( states( rows ).slice( 1 ) ).toEqual( [
			[ 'waiting', 'invalid_key' ],
			[ 'waiting', '' ],
			[ 'waiting', '' ],
		] );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( {
			state: 'reconnect',
			reason: 'key',
			outcome: 'invalid_key',
		} );
		expect( await files( ids ) ).toEqual( before );
		expect(
			( await fetch( ( await wp.evaluate( `return wp_get_attachment_url( ${ ids[ 0 ] } );` ) ) as string ) )
				.status
		).toBe( 200 );
		const asked = service.requests.length;
		await wp.evaluate( 'SlashImage\\Worker::run( 5 );' );
		expect( service.requests.length ).toBe( asked );
		await connect( fresh );
		await until( ( now ) => now.every( ( { state } ) => state === 'optimized' ) );
	} );

	it( 'is found accepted again by the background check, without a person', async () => {
		const { service, upload, wp } = await site();
		const key = await connect();
		service.setBlocked( key, [ '127.0.0.1' ] );
		await upload( 1 );
		await until( ( now ) => now[ 0 ]?.cause === 'domain_blocked' );
		service.setBlocked( key, [] );
		const due = ( await wp.evaluate( `return wp_next_scheduled( 'slashimage_check' ) - time();` ) ) as number;
		expect( due ).toBeGreaterThan( 3000 );
		expect( due ).toBeLessThan( 4000 );
		await wp.evaluate( `do_action( 'slashimage_check' );` );
		await until( ( now ) => now[ 0 ]?.state === 'optimized' );
	} );

	it( 'does not take down the new key when its answer comes late', async () => {
		const { service, wp } = await site();
		await connect();
		const state = await wp.evaluate(
			`$old = SlashImage\\Key_Store::current();
			SlashImage\\Connection::connect( SlashImage\\Key_Store::write( '${ service.issueKey() }' ), 'accepted', null );
			return SlashImage\\Connection::apply( 'invalid_key', $old )['state'];`
		);
		expect( state ).toBe( 'connected' );
	} );
} );

describe( 'an outage', () => {
	let waiting: number[];
	let untouched: unknown;
	beforeAll( async () => {
		const { reset, service, upload } = await site();
		await reset();
		waiting = await upload( 1 );
		untouched = await files( waiting );
		service.setFault( 'error_500' );
		await (
			await site()
		).wp.evaluate(
			`SlashImage\\Connection::connect( SlashImage\\Key_Store::write( '${ service.issueKey() }' ), 'accepted', null );`
		);
		await until( ( now ) => now[ 0 ]?.cause === 'server_error' );
	} );

	const outages: readonly ( readonly [ Fault, string ] )[] = [
		[ 'captive_portal', 'unexpected' ],
		[ 'empty', 'unexpected' ],
		[ 'redirect', 'redirected' ],
		[ 'html_401', 'unexpected' ],
		[ 'html_403', 'unexpected' ],
		[ 'truncated', 'no_answer' ],
		[ 'huge', 'no_answer' ],
		[ 'error_500', 'server_error' ],
		[ 'busy_503', 'service_busy' ],
		[ 'rate_429', 'credit_limit_reached' ],
		[ 'refuse_connections', 'no_answer' ],
	];

	it.each( outages )(
		'%s: the image waits, the site stays connected, the file is untouched',
		async ( fault, cause ) => {
			const { service, work, admin, wp } = await site();
			const [ id ] = waiting;
			service.setFault( fault );
			// The lock keeps the worker that is woken by this away, so that ours is the only one.
			await wp.evaluate(
				`update_option( 'slashimage_worker.lock', time() ); SlashImage\\Connection::apply( 'optimized', SlashImage\\Key_Store::current() ); SlashImage\\Queue::add( ${ id }, 'waiting' );`
			);
			// Shorter than the huge answer takes.
			expect( states( await work( `add_filter( 'slashimage_optimize_timeout', fn() => 3 );` ) ) ).toEqual( [
				[ 'waiting', cause ],
			] );
			expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( {
				state: 'connected',
				hold: { outcome: cause },
			} );
			expect( await files( waiting ) ).toEqual( untouched );
			expect( service.redirectedRequests ).toEqual( [] );
		}
	);

	it( 'goes on as soon as a check finds the service well again', async () => {
		const { service, admin } = await site();
		service.setFault( 'none' );
		await admin.rest( 'POST', '/connection/check' );
		await until( ( now ) => now[ 0 ]?.state === 'optimized' );
	} );
} );

describe( 'a service that answers with the wrong thing', () => {
	it.each( [
		[ 'broken_image', 'result_broken' ],
		[ 'wrong_type', 'result_broken' ],
		[ 'larger', 'result_larger' ],
	] as const )(
		'%s: the original stays byte for byte, the image says why, and can be tried again',
		async ( fault, cause ) => {
			const { service, upload, admin } = await site();
			const ids = await upload( 1 );
			const before = await files( ids );
			service.setFault( fault );
			await connect();
			const rows = await until( ( now ) => now[ 0 ]?.state === 'failed' );
			expect( rows[ 0 ]?.cause ).toBe( cause );
			expect( await files( ids ) ).toEqual( before );
			service.setFault( 'none' );
			expect( await admin.rest( 'POST', `/images/${ ids[ 0 ] }/retry` ) ).toMatchObject( {
				status: 200,
				body: { id: ids[ 0 ], state: 'waiting' },
			} );
			await until( ( now ) => now[ 0 ]?.state === 'optimized' );
		}
	);

	it( 'holds the queue when the credits are gone, and goes on when a check finds some', async () => {
		const { service, upload, admin } = await site();
		await connect();
		service.setCredits( { limit: 5, used: 5 } );
		await upload( 2 );
		const rows = await until( ( now ) => now.some( ( { cause } ) => cause !== '' ) );
		expect( states( rows ) ).toEqual( [
			[ 'waiting', 'monthly_limit_reached' ],
			[ 'waiting', '' ],
		] );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( {
			state: 'connected',
			hold: { outcome: 'monthly_limit_reached' },
		} );
		service.setCredits( { limit: 200, used: 5 } );
		await admin.rest( 'POST', '/connection/check' );
		await until( ( now ) => now.every( ( { state } ) => state === 'optimized' ) );
	} );
} );

describe( 'the queue', () => {
	it( 'pays for each file once, also when the work was cut short', async () => {
		const { service, upload, wp, work } = await site();
		await connect();
		await upload( 1 );
		await until( ( now ) => now[ 0 ]?.state === 'optimized' );
		const paid = service.credits.used;
		// As after a crash: claimed, the lease over, the files done.
		await wp.evaluate(
			`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'optimizing', lease = 'dead', due_at = 1" );`
		);
		expect( states( await work() ) ).toEqual( [ [ 'optimized', '' ] ] );
		expect( service.credits.used ).toBe( paid );
	} );

	it( 'gives up an image that takes its worker down each time, and says so', async () => {
		const { upload, wp, work } = await site();
		await upload( 1 );
		await wp.evaluate( `$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET claims = 5' );` );
		await connect();
		await work();
		expect( states( await until( ( now ) => now[ 0 ]?.state === 'failed' ) ) ).toEqual( [
			[ 'failed', 'interrupted' ],
		] );
	} );

	it( 'says so when a file is missing or can not be read', async () => {
		const { upload, wp } = await site();
		const [ missing, broken ] = await upload( 2 );
		await wp.evaluate(
			`unlink( get_attached_file( ${ missing } ) ); file_put_contents( get_attached_file( ${ broken } ), 'not an image' );`
		);
		await connect();
		const rows = await until( ( now ) => now.every( ( { state } ) => state === 'failed' ) );
		expect( states( rows ) ).toEqual( [
			[ 'failed', 'file_unreadable' ],
			[ 'failed', 'file_unreadable' ],
		] );
	} );

	it( 'leaves the original where its backup can not be written', async () => {
		const { upload, wp, work } = await site();
		const ids = await upload( 1 );
		const before = await files( ids );
		const inTheWay = `str_replace( '/uploads/', '/uploads/slashimage-backup/', get_attached_file( ${ ids[ 0 ] } ) )`;
		await wp.evaluate( `wp_mkdir_p( ${ inTheWay } );` );
		await connect();
		await work();
		const rows = await until( ( now ) => now[ 0 ]?.state === 'failed' );
		await wp.evaluate( `rmdir( ${ inTheWay } );` );
		expect( rows[ 0 ]?.cause ).toBe( 'write_failed' );
		const main = ( await wp.evaluate( `return basename( get_attached_file( ${ ids[ 0 ] } ) );` ) ) as string;
		expect( ( ( await files( ids ) ) as Record< string, string > )[ main ] ).toBe(
			( before as Record< string, string > )[ main ]
		);
	} );
} );
