import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostSentences } from '../../src/validation/host-sentences.ts';
import { noise, uploadPicture } from './photos.ts';
import { packet, rightful } from '../files/cases.ts';
import { exif, exifBlock, withBlocks, withChunks, xmpBlock, xmpChunk } from '../files/parts.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { connect, files, states, until } from './queue.ts';
import { askedAgain, site } from './site.ts';

// An answer is taken only if it is the same picture; what can't be kept isn't sent.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/** More bytes after a JPEG's end: what the service would not give back. */
const withAppended = async ( width: number, height: number ) =>
	Buffer.concat( [ await noise( width, height ), Buffer.from( 'PK\u0003\u0004 and all that was packed' ) ] );

const details = async ( id: number ) => ( await ( await site() ).admin.rest( 'GET', `/images/${ id }` ) ).body;
const sizes = async ( id: number ) =>
	( await details( id ) )[ 'files' ] as { size: string; sentence: string; before: number; after: number }[];
const isDone = ( rows: { state: string }[] ) =>
	rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) );

beforeEach( async () => ( await site() ).reset() );

describe.runIf( native )( 'a main file that would lose something', () => {
	it( 'is not sent; its sizes are, and the image is partly optimized, with the reason in the list of files', async () => {
		const { service, wp } = await site();
		const id = await uploadPicture( await withAppended( 900, 600 ), `appended-${ Date.now() }.jpg` );
		const main = ( await wp.evaluate( `return md5_file( get_attached_file( ${ id } ) );` ) ) as string;
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'partly_optimized', 'has_appended' ] ] );
		const [ full, ...others ] = await sizes( id );
		expect( full ).toMatchObject( { size: 'full', sentence: hostSentences.has_appended } );
		expect( others.length ).toBeGreaterThan( 1 );
		expect( others.every( ( { before, after, sentence } ) => after < before && ! sentence ) ).toBe( true );
		expect( await wp.evaluate( `return md5_file( get_attached_file( ${ id } ) );` ) ).toBe( main );
		expect( await details( id ) ).toMatchObject( {
			state: 'partly_optimized',
			sentence: hostSentences.has_appended,
		} );
		expect( service.files ).toHaveLength( others.length );
		// Not red, and not in the bubble.
		expect( ( await ( await site() ).admin.rest( 'GET', '/images/summary' ) ).body ).toMatchObject( {
			failed: 0,
			partly_optimized: 1,
		} );
	} );

	it( 'is not supported where it has no sizes, and costs nothing', async () => {
		const { service } = await site();
		await uploadPicture( await withAppended( 120, 90 ), `appended-${ Date.now() }.jpg` );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'unsupported', 'has_appended' ] ] );
		expect( service.files ).toEqual( [] );
	} );

	it( 'is sent where a filter says so', async () => {
		const { service } = await site();
		await addMuPlugin(
			'anyway',
			`add_filter( 'slashimage_send_anyway', fn( $sends, $code, $path ) => 'appended' === $code && is_file( $path ), 10, 3 );`
		);
		await uploadPicture( await withAppended( 120, 90 ), `appended-${ Date.now() }.jpg` );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
		await removeMuPlugin( 'anyway' );
		expect( service.files ).toHaveLength( 1 );
	} );
} );

describe.runIf( native )( 'an answer that is not the same picture', () => {
	it( 'is not asked for again by itself, whatever happens to the image; when a person asks, it is', async () => {
		const { service, wp, admin } = await site();
		const id = await uploadPicture( await noise( 900, 600 ), `white-${ Date.now() }.jpg` );
		const before = await files( [ id ] );
		service.setFault( 'white' );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'failed', 'broken_look' ] ] );
		expect( await files( [ id ] ) ).toEqual( before );
		const sent = service.files.length;
		service.setFault( 'none' );
		// A size is added, and the row waits again, as after a crash.
		await wp.evaluate( `
			$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'waiting', cause = '', due_at = 1" );
			delete_option( 'slashimage_worker.lock' ); SlashImage\\Worker::run( 5 );` );
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'failed', 'broken_look' ] ] );
		expect( service.files ).toHaveLength( sent );
		await askedAgain();
		await admin.rest( 'POST', `/images/${ id }/retry` );
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
	} );

	it( 'of an animation is its first frame', async () => {
		const { service } = await site();
		const frames = await Promise.all( [ 1, 2, 3 ].map( () => noise( 120, 90 ) ) );
		const gif = await sharp( frames, { join: { animated: true } } )
			.gif( { loop: 0, delay: [ 100, 100, 100 ] } )
			.toBuffer();
		await uploadPicture( gif, `moving-${ Date.now() }.gif` );
		service.setFault( 'first_frame' );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'failed', 'broken_still' ] ] );
	} );

	it( 'has lost its transparency', async () => {
		const { service } = await site();
		const hole = Buffer.from( '<svg width="120" height="90"><circle cx="60" cy="45" r="40"/></svg>' );
		const png = await sharp( await noise( 120, 90 ) )
			.ensureAlpha()
			.composite( [ { input: hole, blend: 'dest-in' } ] )
			.png()
			.toBuffer();
		await uploadPicture( png, `clear-${ Date.now() }.png` );
		service.setFault( 'flattened' );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'failed', 'broken_transparency' ] ] );
	} );
} );

/** What somebody else's reader says of a file's metadata. */
const told = async ( path: string ) =>
	(
		JSON.parse( execFileSync( 'exiftool', [ '-json', '-a', '-G1', path ], { encoding: 'utf8' } ) ) as Record<
			string,
			unknown
		>[]
	 )[ 0 ] ?? {};
const places = ( about: Record< string, unknown > ) =>
	Object.keys( about ).filter( ( name ) => /gps|latitude|longitude/i.test( name ) );
const rights = ( about: Record< string, unknown > ) =>
	Object.keys( about ).filter( ( name ) => /copyright|:rights/i.test( name ) );
const mainOf = async ( id: number ) =>
	( await ( await site() ).wp.evaluate( `return get_attached_file( ${ id } );` ) ) as string;

/** A photo that says whose it is, and where it was taken. */
const owned = async () =>
	withBlocks( await noise( 300, 200 ), exifBlock( exif( rightful, true ) ), xmpBlock( packet ) );

describe.runIf( native )( 'whose a picture is', () => {
	afterEach( () => removeMuPlugin( 'keeps' ) );

	it( 'stays in its file; where it was taken is taken out, and stays in the original', async () => {
		const { wp } = await site();
		const id = await uploadPicture( await owned(), `owned-${ Date.now() }.jpg` );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
		const about = await told( await mainOf( id ) );
		expect( rights( about ).length ).toBeGreaterThan( 1 );
		expect( places( about ) ).toEqual( [] );
		const kept = ( await wp.evaluate( `
			$file = SlashImage\\Files\\File::read( get_attached_file( ${ id } ) );
			return SlashImage\\Files\\Record::find( $file->path, $file->hash )->backup();` ) ) as string;
		expect( places( await told( kept ) ).length ).toBeGreaterThan( 1 );
	} );

	it.each( [
		[ 'a constant keeps all of it', `define( 'SLASHIMAGE_PRESERVE_METADATA', true );`, true, true ],
		[ 'a constant keeps nothing', `define( 'SLASHIMAGE_PRESERVE_METADATA', false );`, false, false ],
		[ 'a filter keeps nothing', `add_filter( 'slashimage_preserve_metadata', '__return_false' );`, false, false ],
	] )( '%s', async ( _, code, hasRights, hasPlace ) => {
		await addMuPlugin( 'keeps', code );
		const id = await uploadPicture( await owned(), `owned-${ Date.now() }.jpg` );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
		const about = await told( await mainOf( id ) );
		expect( [ rights( about ).length > 0, places( about ).length > 0 ] ).toEqual( [ hasRights, hasPlace ] );
	} );

	it( 'and where it was taken are told apart in each type', async () => {
		const { wp } = await site();
		const tiff = exif( rightful, true );
		const png = await sharp( await noise( 60, 40 ) )
			.png()
			.toBuffer();
		const webp = await sharp( await noise( 60, 40 ) )
			.withExif( { IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 7/1 30/1' } } )
			.withXmp( packet )
			.webp()
			.toBuffer();
		const avif = await sharp( await noise( 60, 40 ) )
			.withExif( { IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitudeRef: 'N' } } )
			.avif()
			.toBuffer();
		const all = { jpg: await owned(), png: withChunks( png, [ 'eXIf', tiff ], xmpChunk( packet ) ), webp, avif };
		for ( const [ type, file ] of Object.entries( all ) ) {
			const path = join( tmpdir(), `place-${ Date.now() }.${ type }` );
			const hidden = ( await wp.evaluate(
				`return base64_encode( SlashImage\\Files\\Place::hidden( base64_decode( '${ file.toString( 'base64' ) }' ) ) );`
			) ) as string;
			await writeFile( path, file );
			const before = await told( path );
			expect( places( before ).length, type ).toBeGreaterThan( 0 );
			await writeFile( path, Buffer.from( hidden, 'base64' ) );
			const about = await told( path );
			expect( [ type, places( about ), about[ 'ExifTool:Warning' ] ] ).toEqual( [
				type,
				[],
				before[ 'ExifTool:Warning' ],
			] );
			expect( rights( about ).length, type ).toBeGreaterThan( 0 );
			expect( await sharp( Buffer.from( hidden, 'base64' ) ).stats() ).toBeTruthy();
			await rm( path );
		}
	} );
} );

describe.runIf( native )( 'what an image is, is asked again', () => {
	/** Has WordPress scale the main file: what was it becomes the original nobody is shown. */
	const scale = ( id: number ) => `
		$file = get_attached_file( ${ id } );
		$metadata = wp_get_attachment_metadata( ${ id } );
		$scaled = substr( $file, 0, -4 ) . '-scaled.jpg';
		copy( dirname( $file ) . '/' . $metadata['sizes']['medium']['file'], $scaled );
		update_attached_file( ${ id }, $scaled );
		$metadata['original_image'] = basename( $file );
		$metadata['file'] = _wp_relative_upload_path( $scaled );
		$metadata['filesize'] = filesize( $scaled );
		wp_update_attachment_metadata( ${ id }, $metadata );`;

	it( 'after an answer: a file that became the original of a scaled one is left alone', async () => {
		const { wp } = await site();
		const id = await uploadPicture( await noise( 900, 600 ), `scaled-${ Date.now() }.jpg` );
		const main = await mainOf( id );
		const before = await wp.evaluate( `return md5_file( get_attached_file( ${ id } ) );` );
		// By another process: this one has what it has read.
		await addMuPlugin(
			'finalize',
			`add_filter( 'slashimage_preserve_metadata', function ( $keeps ) { if ( did_action( 'finalize_done' ) || get_option( 'finalized' ) ) { return $keeps; } update_option( 'finalized', 1 ); do_action( 'finalize_done' ); $seen = wp_cache_get( ${ id }, 'post_meta' ); ${ scale( id ) } wp_cache_set( ${ id }, $seen, 'post_meta' ); return $keeps; } );`
		);
		await connect();
		await wp.evaluate( `SlashImage\\Schedule::next();` );
		await until( isDone ).catch( () => {} );
		await removeMuPlugin( 'finalize' );
		await wp.evaluate(
			`delete_option( 'finalized' ); $GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET due_at = 1 WHERE state = 'waiting'" ); SlashImage\\Schedule::next();`
		);
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
		expect( await wp.evaluate( `return md5_file( '${ main }' );` ) ).toBe( before );
		expect(
			await wp.evaluate(
				`clearstatcache(); return [ basename( get_attached_file( ${ id } ) ), wp_get_attachment_metadata( ${ id } )['original_image'], wp_get_attachment_metadata( ${ id } )['filesize'] === filesize( get_attached_file( ${ id } ) ) ];`
			)
		).toEqual( [ basename( main ).replace( '.jpg', '-scaled.jpg' ), basename( main ), true ] );
	} );

	it( 'before it is restored: the file that became the original gets its own back', async () => {
		const { wp, admin } = await site();
		const id = await uploadPicture( await noise( 900, 600 ), `before-${ Date.now() }.jpg` );
		const main = await mainOf( id );
		const before = await wp.evaluate( `return md5_file( '${ main }' );` );
		await connect();
		await until( isDone );
		await wp.evaluate( scale( id ) );
		await until( isDone );
		expect( ( await admin.rest( 'POST', `/images/${ id }/restore` ) ).status ).toBe( 200 );
		expect( await wp.evaluate( `return md5_file( '${ main }' );` ) ).toBe( before );
	} );

	it.each( [
		`'none'`,
		`[ 'a' => [ 'width' => 1 ], 'b' => 'x', 'c' => [ 'file' => [] ], 'd' => [ 'file' => '' ] ]`,
	] )( 'sizes that are none, %s, are no trouble', async ( sizesOf ) => {
		const { wp } = await site();
		const id = await uploadPicture( await noise( 900, 600 ), `sizes-${ Date.now() }.jpg` );
		await wp.evaluate(
			`wp_update_attachment_metadata( ${ id }, [ 'sizes' => ${ sizesOf } ] + wp_get_attachment_metadata( ${ id } ) );`
		);
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
		// WordPress itself can't delete such an image.
		await wp.evaluate( `wp_update_attachment_metadata( ${ id }, [ 'sizes' => [] ] );` );
	} );

	it( 'a link to another file stays one, and its target what it is', async () => {
		const { wp, service } = await site();
		const id = await uploadPicture( await noise( 120, 90 ), `link-${ Date.now() }.jpg` );
		const target = `${ await mainOf( id ) }.target`;
		await wp.evaluate(
			`rename( get_attached_file( ${ id } ), '${ target }' ); symlink( '${ target }', get_attached_file( ${ id } ) );`
		);
		const before = await wp.evaluate( `return md5_file( '${ target }' );` );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'unsupported', 'file_linked' ] ] );
		expect(
			await wp.evaluate( `return [ is_link( get_attached_file( ${ id } ) ), md5_file( '${ target }' ) ];` )
		).toEqual( [ true, before ] );
		expect( service.files ).toEqual( [] );
	} );

	it( 'a drawing that is called a photo is not supported', async () => {
		const { wp } = await site();
		const id = await uploadPicture( await noise( 120, 90 ), `drawing-${ Date.now() }.jpg` );
		await wp.evaluate(
			`file_put_contents( get_attached_file( ${ id } ), '<svg xmlns="http://www.w3.org/2000/svg"/>' );`
		);
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'unsupported', 'type_not_supported' ] ] );
	} );

	it( 'a photo that WordPress turns into JPEG while it is uploaded is optimized like any other', async () => {
		const { wp } = await site();
		const photo = ( await noise( 120, 90 ) ).toString( 'base64' );
		const id = await wp.evaluate( `
			require_once ABSPATH . 'wp-admin/includes/image.php';
			$folder = wp_upload_dir();
			$name = $folder['path'] . '/' . uniqid( 'heic-' );
			file_put_contents( "$name.heic", 'not read' );
			$id = wp_insert_attachment( [ 'post_mime_type' => 'image/heic', 'post_title' => 'HEIC' ], "$name.heic" );
			file_put_contents( "$name.jpg", base64_decode( '${ photo }' ) );
			update_attached_file( $id, "$name.jpg" );
			wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, "$name.jpg" ) );
			return $id;` );
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
		expect( await wp.evaluate( `return get_post_mime_type( ${ Number( id ) } );` ) ).toBe( 'image/heic' );
	} );

	it.each( [
		[ 'as long as names can be', 'n'.repeat( 236 ) ],
		[ '115 letters of two bytes', 'ж'.repeat( 115 ) ],
	] )( 'a file whose name is %s is optimized and restored', async ( _, name ) => {
		const { wp, admin } = await site();
		const id = await uploadPicture( await noise( 120, 90 ), 'short.jpg' );
		await wp.evaluate( `
				$long = dirname( get_attached_file( ${ id } ) ) . '/${ name }.jpg';
				rename( get_attached_file( ${ id } ), $long );
				update_attached_file( ${ id }, $long );` );
		const sum = () => wp.evaluate( `return md5_file( get_attached_file( ${ id } ) );` );
		const before = await sum();
		await connect();
		expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
		expect( await sum() ).not.toBe( before );
		expect( ( await admin.rest( 'POST', `/images/${ id }/restore` ) ).status ).toBe( 200 );
		expect( await sum() ).toBe( before );
	} );
} );
