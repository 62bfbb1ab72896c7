import { beforeEach, describe, expect, it } from 'vitest';
import { uploadNoise } from './photos.ts';
import { connect, files, states, until } from './queue.ts';
import { site, type Row } from './site.ts';

// A real database, dumped and put back.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

const atRest = ( rows: Row[] ) =>
	rows.length > 0 && rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) );

/** All tables of the site, as copies beside them. */
const dump = async () =>
	( await site() ).wp.evaluate( `
		global $wpdb;
		foreach ( $wpdb->get_col( "SHOW TABLES LIKE '{$wpdb->prefix}%'" ) as $table ) {
			$wpdb->query( "DROP TABLE IF EXISTS dump_$table" );
			$wpdb->query( "CREATE TABLE dump_$table LIKE $table" );
			$wpdb->query( "INSERT INTO dump_$table SELECT * FROM $table" );
		}` );

/** The database as it was; the uploads as they are. */
const rollBack = async () =>
	( await site() ).wp.evaluate( `
		global $wpdb;
		foreach ( $wpdb->get_col( "SHOW TABLES LIKE 'dump_%'" ) as $copy ) {
			$table = substr( $copy, 5 );
			$wpdb->query( "DROP TABLE $table" );
			$wpdb->query( "RENAME TABLE $copy TO $table" );
		}
		wp_cache_flush();` );

const optimizeAll = async () => {
	const { admin } = await site();
	expect( ( await admin.rest( 'POST', '/images/optimize' ) ).status ).toBe( 200 );
	return until( atRest );
};

async function restoreAll( ids: number[] ): Promise< void > {
	const { admin } = await site();
	for ( const id of ids ) {
		expect( ( await admin.rest( 'POST', `/images/${ id }/restore` ) ).status ).toBe( 200 );
	}
}

/** Pictures that nobody optimizes until they are told to. */
async function pictures( count: number ) {
	const { wp } = await site();
	const ids = await uploadNoise( count, 500, 340 );
	await wp.evaluate( 'SlashImage\\Queue::stop();' );
	await connect();
	return { ids, originals: await files( ids ) };
}

const done = ( ids: number[] ) => ids.map( () => [ 'optimized', '' ] );

describe.runIf( native )( 'after the database went back to last night', () => {
	it( 'Optimize all sends nothing, all are optimized, and every original can be restored', async () => {
		const { service, log } = await site();
		const { ids, originals } = await pictures( 20 );
		await dump();
		expect( states( await optimizeAll() ) ).toEqual( done( ids ) );
		const results = await files( ids );
		const bytes = ( await ( await site() ).rows() ).map( ( row ) => [ row.bytes_before, row.bytes_after ] );
		expect( results ).not.toEqual( originals );
		await rollBack();
		service.forgetRequests();

		expect( states( await optimizeAll() ) ).toEqual( done( ids ) );
		expect( service.files ).toEqual( [] );
		expect( await files( ids ) ).toEqual( results );
		expect( ( await ( await site() ).rows() ).map( ( row ) => [ row.bytes_before, row.bytes_after ] ) ).toEqual(
			bytes
		);
		await restoreAll( ids );
		expect( await files( ids ) ).toEqual( originals );
		expect( await log() ).toBe( '' );
	}, 180_000 );

	it( 'twice, and restored in between, it is the same', async () => {
		const { service } = await site();
		const { ids, originals } = await pictures( 3 );
		await dump();
		await optimizeAll();
		await rollBack();
		await dump();
		await optimizeAll();
		await restoreAll( ids );
		expect( await files( ids ) ).toEqual( originals );
		// Last night's database knows nothing of the restore either: what is there is an original.
		await rollBack();
		service.forgetRequests();
		expect( states( await optimizeAll() ) ).toEqual( done( ids ) );
		const sent = service.files.map( ( { hash } ) => hash );
		expect( [ sent.length > 0, new Set( sent ).size ] ).toEqual( [ true, sent.length ] );
		await restoreAll( ids );
		expect( await files( ids ) ).toEqual( originals );
	}, 120_000 );

	it( 'to a time when they were optimized, though they were restored since: none is taken for optimized', async () => {
		const { service } = await site();
		const { ids, originals } = await pictures( 3 );
		await optimizeAll();
		await dump();
		await restoreAll( ids );
		await rollBack();
		service.forgetRequests();
		const { wp } = await site();
		await wp.evaluate( `SlashImage\\Queue::start( [ 'optimized' ], [ ${ ids } ] ); SlashImage\\Schedule::next();` );
		await until( atRest );
		expect( service.files.length ).toBeGreaterThan( 0 );
		await restoreAll( ids );
		expect( await files( ids ) ).toEqual( originals );
	}, 120_000 );
} );

describe.runIf( native )( 'what the database lost', () => {
	it( 'of the notes alone is found beside the originals', async () => {
		const { service, wp } = await site();
		const { ids, originals } = await pictures( 3 );
		await optimizeAll();
		await wp.evaluate( `delete_metadata( 'post', 0, '_slashimage', '', true );` );
		service.forgetRequests();
		await wp.evaluate( `SlashImage\\Queue::start( [ 'optimized' ] ); SlashImage\\Schedule::next();` );
		expect( states( await until( atRest ) ) ).toEqual( done( ids ) );
		expect( service.files ).toEqual( [] );
		await restoreAll( ids );
		expect( await files( ids ) ).toEqual( originals );
	} );

	it( 'can be restored at once, without its being looked at by a worker before', async () => {
		const { wp } = await site();
		const { ids, originals } = await pictures( 2 );
		await optimizeAll();
		await wp.evaluate( `delete_metadata( 'post', 0, '_slashimage', '', true );` );
		await restoreAll( ids );
		expect( await files( ids ) ).toEqual( originals );
	} );

	it( 'is read from two folders of originals, where another backup of the site brought a second one', async () => {
		const { service, wp } = await site();
		const { ids, originals } = await pictures( 4 );
		await optimizeAll();
		// A second folder with the marker, and half of what was kept: of some files the record, of others the backup.
		const moved = ( await wp.evaluate( `
			$first = SlashImage\\Files\\Vault::folder();
			$second = dirname( $first ) . '/slashimage-backup-' . str_repeat( '0', 32 );
			$moved = 0;
			foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $first, FilesystemIterator::SKIP_DOTS ) ) as $file ) {
				$to = $second . substr( $file, strlen( $first ) );
				wp_mkdir_p( dirname( $to ) );
				if ( preg_match( '/\\.[0-9a-f]{16}\\./', basename( $file ) ) ) {
					if ( crc32( $file ) % 2 ) { rename( $file, $to ); ++$moved; }
				} else {
					copy( $file, $to );
				}
			}
			delete_metadata( 'post', 0, '_slashimage', '', true );
			return $moved;` ) ) as number;
		expect( moved ).toBeGreaterThan( 3 );
		service.forgetRequests();
		await wp.evaluate( `SlashImage\\Queue::start( [ 'optimized' ] ); SlashImage\\Schedule::next();` );
		expect( states( await until( atRest ) ) ).toEqual( done( ids ) );
		expect( service.files ).toEqual( [] );
		await restoreAll( ids );
		expect( await files( ids ) ).toEqual( originals );
		await wp.evaluate( `SlashImage\\Files\\Vault::delete_all();` );
	} );
} );
