import { beforeEach, describe, expect, it } from 'vitest';
import { noise, uploadNoise, uploadPicture } from './photos.ts';
import { backups, connect, files, until } from './queue.ts';
import { site, type Row } from './site.ts';

// Real folders, and a real database.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

const isDone = ( rows: Row[] ) => rows.length > 0 && rows.every( ( { state } ) => state === 'optimized' );

const restore = async ( id: number ) => ( await site() ).admin.rest( 'POST', `/images/${ id }/restore` );

const run = async ( php: string ) => ( await site() ).wp.evaluate( php );

/** An image, optimized; its originals by checksum. */
async function done() {
	const [ id = 0 ] = await uploadNoise( 1 );
	const originals = await files( [ id ] );
	await connect();
	await run( 'SlashImage\\Schedule::next();' );
	await until( isDone );
	return { id, originals };
}

describe.runIf( native )( 'the folder of the originals', () => {
	it( 'counts with each file by itself: one that is damaged here and whole in another is put back', async () => {
		const { id, originals } = await done();
		await run( `
			$folder = SlashImage\\Files\\Vault::folder();
			require_once ABSPATH . 'wp-admin/includes/file.php'; WP_Filesystem();
			$second = dirname( $folder ) . '/slashimage-backup-' . str_repeat( 'f', 32 ); mkdir( $second ); copy_dir( $folder, $second );
			foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $folder, FilesystemIterator::SKIP_DOTS ) ) as $file ) {
				if ( preg_match( '/\\.(jpg|json)$/', $file ) ) { file_put_contents( $file, '' ); }
			}` );
		expect( ( await restore( id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( originals );
		await run( `SlashImage\\Files\\Vault::delete_all();` );
	} );

	it( 'holds nothing that is optimized, also where a plugin made attachments of what it found there', async () => {
		const { service } = await site();
		const { id, originals } = await done();
		service.forgetRequests();
		const found = ( await run( `
			$path = get_attached_file( ${ id } ); $backup = SlashImage\\Files\\Record::find( $path, hash_file( 'sha256', $path ) )->backup();
			$found = wp_insert_attachment( [ 'post_title' => 'x', 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit' ], $backup );
			SlashImage\\Queue::add( $found, 'waiting' ); SlashImage\\Schedule::next();
			return $found;` ) ) as number;
		await until( ( rows ) => rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) ) );
		expect( service.files ).toEqual( [] );
		expect( ( await restore( id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( originals );
		await run( `delete_post_meta( ${ found }, '_wp_attached_file' );` );
	} );
} );

describe.runIf( native )( 'an image', () => {
	it( 'whose path leads out of the uploads with dots is optimized and restored, and does not hold the others', async () => {
		await connect();
		const ids = [ await uploadPicture( await noise(), `first-${ Date.now() }.jpg` ) ];
		const outside = ( await run( `
			wp_mkdir_p( WP_CONTENT_DIR . '/gallery' );
			file_put_contents( WP_CONTENT_DIR . '/gallery/photo.jpg', base64_decode( '${ ( await noise() ).toString( 'base64' ) }' ) );
			$id = wp_insert_attachment( [ 'post_title' => 'x', 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit' ] );
			update_post_meta( $id, '_wp_attached_file', '../gallery/photo.jpg' );
			wp_update_attachment_metadata( $id, [ 'width' => 900, 'height' => 600, 'file' => '../gallery/photo.jpg', 'sizes' => [] ] );
			SlashImage\\Queue::add( $id, 'waiting', '', 0, 0 ); return $id;` ) ) as number;
		ids.push( outside );
		const sum = () => run( `return md5_file( get_attached_file( ${ outside } ) );` );
		const before = await sum();
		await run( 'SlashImage\\Schedule::next();' );
		await until( isDone );
		expect( await sum() ).not.toBe( before );
		expect( ( await restore( outside ) ).status ).toBe( 200 );
		expect( await sum() ).toBe( before );
		await run( `unlink( get_attached_file( ${ outside } ) );` );
	} );

	it( 'is not replaced once its original is no longer kept: another request may just have put it back', async () => {
		const [ id = 0 ] = await uploadNoise( 1 );
		const outcome = await run( `
			require_once ABSPATH . 'wp-admin/includes/file.php';
			$path = get_attached_file( ${ id } ); $file = SlashImage\\Files\\File::read( $path ); $was = md5_file( $path );
			$editor = wp_get_image_editor( $path ); $editor->set_quality( 20 ); $saved = $editor->save( wp_tempnam() . '.jpg' );
			$bytes = file_get_contents( $saved['path'] );
			$outcome = SlashImage\\Files\\Replacement::put( $file, $bytes, 'abc', function () use ( $path ) { SlashImage\\Files\\Vault::forget( $path ); return true; } );
			return [ $outcome, md5_file( $path ) === $was ];` );
		expect( outcome ).toEqual( [ 'file_changed', true ] );
	} );

	it( 'takes the originals of the versions before it was edited along when it is deleted', async () => {
		const { id } = await done();
		// As WordPress's editor leaves it: the edited picture under a name of its own, the one before is still there.
		await run( `
			$path = get_attached_file( ${ id } ); $meta = wp_get_attachment_metadata( ${ id } ); $name = basename( $path );
			$edited = dirname( $path ) . '/' . str_replace( '.jpg', '-e1700000000000.jpg', $name );
			file_put_contents( $edited, base64_decode( '${ ( await noise() ).toString( 'base64' ) }' ) );
			update_post_meta( ${ id }, '_wp_attachment_backup_sizes', [ 'full-orig' => [ 'file' => $name, 'width' => 900, 'height' => 600 ] ] );
			update_attached_file( ${ id }, $edited ); $meta['file'] = _wp_relative_upload_path( $edited ); wp_update_attachment_metadata( ${ id }, $meta );
			SlashImage\\Schedule::next();` );
		await until( isDone );
		await run( `wp_delete_attachment( ${ id }, true );` );
		expect( await backups() ).toEqual( [] );
	} );
} );
