import { beforeEach, describe, expect, it } from 'vitest';
import { backups, connect, files, states, until } from './queue.ts';
import { site } from './site.ts';

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

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

	it.runIf( native )( 'says so when a file is not here, which is no failure, or can not be read', async () => {
		const { upload, wp, admin } = await site();
		const [ missing, broken ] = await upload( 2 );
		await wp.evaluate(
			`unlink( get_attached_file( ${ missing } ) ); file_put_contents( get_attached_file( ${ broken } ), '' ); wp_update_attachment_metadata( ${ broken }, [ 'sizes' => [] ] );`
		);
		await connect();
		const rows = await until( ( now ) =>
			now.every( ( { state } ) => [ 'failed', 'elsewhere' ].includes( state ) )
		);
		expect( states( rows ) ).toEqual( [
			[ 'elsewhere', 'file_elsewhere' ],
			[ 'failed', 'file_unreadable' ],
		] );
		expect( ( await admin.rest( 'GET', '/images/summary' ) ).body ).toMatchObject( { elsewhere: 1, failed: 1 } );
		// The bubble in the menu.
		await wp.evaluate( 'SlashImage\\Library::count_failed();' );
		expect( await wp.evaluate( `return get_option( 'slashimage_failed' );` ) ).toBe( '1' );
		expect( await admin.rest( 'GET', `/images/${ missing }` ) ).toMatchObject( {
			body: { state: 'elsewhere', sentence: expect.stringContaining( 'this server' ) as string },
		} );
	} );

	it.runIf( native )( 'leaves the original where its backup can not be written', async () => {
		const { upload, wp, work, service } = await site();
		const ids = await upload( 1 );
		const before = await files( ids );
		// The folder of its month is a file.
		const folder = `SlashImage\\Files\\Vault::folder() . '/' . gmdate( 'Y' )`;
		await wp.evaluate( `rename( ${ folder }, ${ folder } . '.away' ); file_put_contents( ${ folder }, '' );` );
		await connect();
		await work();
		const rows = await until( ( now ) => now[ 0 ]?.cause !== '' );
		await wp.evaluate( `unlink( ${ folder } ); rename( ${ folder } . '.away', ${ folder } );` );
		expect( states( rows ) ).toEqual( [ [ 'waiting', 'not_writable' ] ] );
		expect( service.files ).toEqual( [] );
		expect( await files( ids ) ).toEqual( before );
	} );
} );
