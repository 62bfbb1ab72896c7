import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standingSentences } from '../../src/validation/sentences.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { noise, uploadPicture } from './photos.ts';
import { connect, states, until } from './queue.ts';
import { site } from './site.ts';

// Files that live elsewhere, and plugins that want to know when they change.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const isDone = ( rows: { state: string }[] ) =>
	rows.length > 0 && rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) );

/** Moves an attachment's files to a bucket once it is optimized, whenever its metadata are saved. */
const offloader = `
	add_filter( 'wp_update_attachment_metadata', function ( $metadata, $id ) {
		if ( ! get_option( 'offloads' ) ) { return $metadata; }
		$main = get_attached_file( $id );
		$bucket = WP_CONTENT_DIR . '/bucket';
		wp_mkdir_p( $bucket );
		foreach ( array_merge( [ basename( $main ) ], array_column( $metadata['sizes'], 'file' ) ) as $name ) {
			if ( is_file( dirname( $main ) . "/$name" ) ) { rename( dirname( $main ) . "/$name", "$bucket/$name" ); }
		}
		return $metadata;
	}, 1000, 2 );
	foreach ( [ 'optimized', 'restored' ] as $what ) {
		add_action( "slashimage_image_$what", function ( $id, $paths ) use ( $what ) { $seen = get_option( 'told', [] ); $seen[] = [ $what, $id, array_map( 'basename', $paths ), wp_get_attachment_metadata( $id )['filesize'] ]; update_option( 'told', $seen ); }, 10, 2 );
	}`;

beforeEach( async () => {
	const { reset, wp } = await site();
	await reset();
	await wp.evaluate( `delete_option( 'told' ); delete_option( 'offloads' );` );
	await addMuPlugin( 'offloader', offloader );
} );

afterEach( async () => {
	await removeMuPlugin( 'offloader' );
	await (
		await site()
	).wp.evaluate(
		`delete_option( 'told' ); delete_option( 'offloads' ); array_map( 'unlink', (array) glob( WP_CONTENT_DIR . '/bucket/*' ) );`
	);
} );

describe.runIf( native )( 'an image whose files were moved to a bucket', () => {
	it( 'is restored there: the originals come back, and are taken by who keeps the files', async () => {
		const { wp, admin } = await site();
		const id = await uploadPicture( await noise( 900, 600 ), `bucket-${ Date.now() }.jpg` );
		const all = `$main = get_attached_file( ${ id } ); $names = array_merge( [ basename( $main ) ], array_column( wp_get_attachment_metadata( ${ id } )['sizes'], 'file' ) );`;
		const before = await wp.evaluate(
			`${ all } return array_map( fn( $name ) => md5_file( dirname( $main ) . "/$name" ), $names );`
		);
		await wp.evaluate( `update_option( 'offloads', 1 );` );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
		const inBucket = () =>
			wp.evaluate(
				`${ all } return array_map( fn( $name ) => is_file( WP_CONTENT_DIR . "/bucket/$name" ) && ! is_file( dirname( $main ) . "/$name" ) ? md5_file( WP_CONTENT_DIR . "/bucket/$name" ) : null, $names );`
			);
		expect( await inBucket() ).not.toContain( null );
		const { status, body } = await admin.rest( 'POST', `/images/${ id }/restore` );
		expect( [ status, body ] ).toMatchObject( [ 200, { state: 'not_optimized' } ] );
		expect( await inBucket() ).toEqual( before );
	} );
} );

describe.runIf( native )( 'an image of which an original is missing', () => {
	it( 'is restored but for that file, and says so', async () => {
		const { wp, admin } = await site();
		const id = await uploadPicture( await noise( 900, 600 ), `part-${ Date.now() }.jpg` );
		await connect();
		await until( isDone );
		await wp.evaluate( `
			$file = dirname( get_attached_file( ${ id } ) ) . '/' . wp_get_attachment_metadata( ${ id } )['sizes']['medium']['file'];
			unlink( SlashImage\\Files\\Record::find( $file, hash_file( 'sha256', $file ) )->backup() );` );
		const { status, body } = await admin.rest( 'POST', `/images/${ id }/restore` );
		expect( [ status, body ] ).toMatchObject( [
			200,
			{ state: 'not_optimized', sentence: standingSentences.restored_in_part },
		] );
		expect( body[ 'bytes_before' ] ).toBeGreaterThan( Number( body[ 'bytes_after' ] ) );
	} );
} );

describe.runIf( native )( 'other plugins', () => {
	it( 'are told once which files of an image were written, after they are on record', async () => {
		const { wp, admin } = await site();
		const id = await uploadPicture( await noise( 900, 600 ), `told-${ Date.now() }.jpg` );
		const names = ( await wp.evaluate(
			`return array_merge( [ basename( get_attached_file( ${ id } ) ) ], array_column( wp_get_attachment_metadata( ${ id } )['sizes'], 'file' ) );`
		) ) as string[];
		const size = () => wp.evaluate( `clearstatcache(); return filesize( get_attached_file( ${ id } ) );` );
		await connect();
		await until( isDone );
		const optimized = await size();
		await admin.rest( 'POST', `/images/${ id }/restore` );
		const told = ( await wp.evaluate( `return get_option( 'told' );` ) ) as [ string, number, string[], number ][];
		expect( told.map( ( [ what, of, , bytes ] ) => [ what, of, bytes ] ) ).toEqual( [
			[ 'optimized', id, optimized ],
			[ 'restored', id, await size() ],
		] );
		expect( told.map( ( [ , , paths ] ) => [ ...paths ].sort() ) ).toEqual( [
			[ ...names ].sort(),
			[ ...names ].sort(),
		] );
	} );

	it( 'that throw do no harm, and are logged', async () => {
		const { log, forgetLog } = await site();
		await addMuPlugin(
			'thrower',
			`add_action( 'slashimage_image_optimized', function () { throw new Exception( 'theirs' ); } );`
		);
		await uploadPicture( await noise( 300, 200 ), `thrown-${ Date.now() }.jpg` );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
		await removeMuPlugin( 'thrower' );
		expect( await log() ).toContain( 'theirs' );
		await forgetLog();
	} );
} );
