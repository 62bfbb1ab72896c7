import { beforeEach, describe, expect, it } from 'vitest';
import { uploadNoise } from './photos.ts';
import { connect, files, states, until } from './queue.ts';
import { site } from './site.ts';

// Real folders.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

/** Has every folder of the uploads, or only those of the months, take no new files; or take them again. */
const allow = async ( mode: string, which = '' ) =>
	( await site() ).wp.evaluate( `
		$uploads = wp_get_upload_dir()['basedir'];
		foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $uploads, FilesystemIterator::SKIP_DOTS ), RecursiveIteratorIterator::SELF_FIRST ) as $folder ) {
			if ( $folder->isDir() && false !== strpos( $folder, '${ which }' ) ) { chmod( $folder, ${ mode } ); }
		}
		if ( '' === '${ which }' ) { chmod( $uploads, ${ mode } ); }` );

const run = async () =>
	( await site() ).wp.evaluate(
		`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET due_at = 1 WHERE state = 'waiting'" ); SlashImage\\Worker::run( 5 );`
	);

/** As if the time of the hold was over. */
const later = async () =>
	( await site() ).wp.evaluate(
		`$state = SlashImage\\Connection::get(); foreach ( $state['holds'] as &$hold ) { $hold['until'] = time() - 1; } update_option( 'slashimage_connection', $state );`
	);

const connection = async () => ( await ( await site() ).admin.rest( 'GET', '/connection' ) ).body;

describe.runIf( native )( 'where the answer could not be stored', () => {
	it.each( [
		[ 'the uploads can not be written to', '' ],
		[ 'the folder of the originals can not be written to', 'slashimage-backup-' ],
	] )( '%s: nothing is sent, the queue says why, no image fails, and it goes on by itself', async ( _, which ) => {
		const { service, admin, log } = await site();
		const ids = await uploadNoise( 3 );
		const before = await files( ids );
		await ( await site() ).wp.evaluate( 'SlashImage\\Files\\Vault::folder();' );
		await allow( '0555', which );
		try {
			await connect();
			await until( ( rows ) => rows.some( ( { cause } ) => cause === 'not_writable' ) );
			await run();
			expect( service.files ).toEqual( [] );
			expect( ( await ( await site() ).rows() ).map( ( { state } ) => state ) ).toEqual( [
				'waiting',
				'waiting',
				'waiting',
			] );
			expect( await connection() ).toMatchObject( {
				state: 'connected',
				hold: {
					reason: 'storage',
					outcome: 'not_writable',
					sentence: expect.stringMatching( /isn't writable.*Ask your host/ ) as string,
				},
				bubble: { text: '!' },
			} );
			const { body } = await admin.rest( 'GET', `/images?ids=${ ids.join( ',' ) }` );
			expect( body[ 'images' ] ).toMatchObject(
				ids.map( () => ( { state: 'waiting', sentence: expect.stringMatching( /isn't writable/ ) as string } ) )
			);
			// And again, when its time has come: still nothing is sent.
			await later();
			await run();
			expect( service.files ).toEqual( [] );
			expect( ( await connection() )[ 'hold' ] ).toMatchObject( { reason: 'storage' } );
		} finally {
			await allow( '0755', which );
		}
		await later();
		await run();
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		expect( ( await connection() )[ 'hold' ] ).toBe( null );
		expect( await files( ids ) ).not.toEqual( before );
		const sent = service.files.map( ( { hash } ) => hash );
		expect( new Set( sent ).size ).toBe( sent.length );
		expect( await log() ).toBe( '' );
	} );

	it( 'has a file wait that does not fit into memory, and the others go on', async () => {
		const { wp, service } = await site();
		const [ large = 0, small = 0 ] = [ ...( await uploadNoise( 1, 2400, 1600 ) ), ...( await uploadNoise( 1 ) ) ];
		await wp.evaluate( `SlashImage\\Connection::hold( 'disk_full' );` );
		await connect();
		const bytes = ( await wp.evaluate( `return filesize( get_attached_file( ${ large } ) );` ) ) as number;
		await wp.evaluate( `
			// After WordPress has raised the limit.
			add_filter( 'get_attached_file', function ( $file ) { ini_set( 'memory_limit', (string) ( memory_get_usage() + ${ bytes } * 5 ) ); return $file; } );
			$state = SlashImage\\Connection::get(); $state['holds'] = []; update_option( 'slashimage_connection', $state );
			SlashImage\\Worker::run( 10 );` );
		const rows = await until( ( now ) => now.some( ( { cause } ) => cause === 'memory_short' ) );
		expect( states( rows ) ).toEqual( [
			[ 'waiting', 'memory_short' ],
			[ 'optimized', '' ],
		] );
		expect( service.files.every( ( file ) => file.bytes < bytes ) ).toBe( true );
		expect( small ).toBeGreaterThan( 0 );
	} );
} );
