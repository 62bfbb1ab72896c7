import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { exif, exifBlock, withBlocks } from '../files/parts.ts';
import { opaque } from '../files/scene.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { noise, uploadPicture } from './photos.ts';
import { connect, states, until } from './queue.ts';
import { askedAgain, site } from './site.ts';

// What WordPress makes of an optimized image: of its original, under the names it always had.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const isDone = ( rows: { state: string }[] ) =>
	rows.length > 0 && rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) );

beforeEach( async () => ( await site() ).reset() );

afterEach( () => removeMuPlugin( 'editor' ) );

const evaluate = async ( code: string ) =>
	( await site() ).wp.evaluate( `require_once ABSPATH . 'wp-admin/includes/image.php'; ${ code }` );

/** An optimized image. */
async function done( bytes: Buffer ): Promise< number > {
	const id = await uploadPicture( bytes, `edited-${ Date.now() }.jpg` );
	await connect();
	expect( states( await until( isDone ) ) ).toEqual( [ [ 'optimized', '' ] ] );
	return id;
}

/** What WordPress makes of the main file at 100 pixels, and what it makes of the original; and whose editor it was. */
const resized = ( id: number ) =>
	evaluate( `
		$main = get_attached_file( ${ id } );
		$record = SlashImage\\Files\\Record::find( $main, hash_file( 'sha256', $main ) );
		$make = function ( $from ) {
			$editor = wp_get_image_editor( $from );
			$editor->resize( 100, 100 );
			$name = $editor->generate_filename( '100', get_temp_dir() );
			$saved = $editor->save( $name );
			return [ md5_file( $saved['path'] ), $saved['width'], $saved['height'], basename( $saved['path'] ), get_class( $editor ) ];
		};
		$ours = $make( $main );
		copy( $record->backup(), get_temp_dir() . 'original.jpg' );
		return [ $ours, $make( get_temp_dir() . 'original.jpg' ), wp_basename( $main, '.jpg' ) ];` ) as Promise<
		[ unknown[], unknown[], string ]
	>;

describe.runIf( native )( 'an optimized image', () => {
	it( 'is resized from its original, into its own folder and name', async () => {
		const id = await done( await noise( 300, 200 ) );
		const [ ours, original, name ] = await resized( id );
		expect( ours.slice( 0, 3 ) ).toEqual( original.slice( 0, 3 ) );
		expect( ours[ 3 ] ).toBe( `${ name }-100.jpg` );
		expect( ours[ 4 ] ).toBe( 'SlashImage\\Files\\Gd_Editor' );
	} );

	it( 'is made of what is served where its original is not whole', async () => {
		const id = await done( await noise( 300, 200 ) );
		await evaluate( `
			$main = get_attached_file( ${ id } );
			$backup = SlashImage\\Files\\Record::find( $main, hash_file( 'sha256', $main ) )->backup();
			file_put_contents( $backup, str_repeat( 'x', filesize( $backup ) ) );` );
		const size = await evaluate( `
			$main = get_attached_file( ${ id } );
			$editor = wp_get_image_editor( $main );
			return $editor->get_size();` );
		expect( size ).toEqual( { width: 300, height: 200 } );
	} );

	it( 'lies as the served file does where the service has turned it', async () => {
		const id = await done(
			withBlocks(
				await opaque( { width: 300, height: 200 } ).jpeg( { quality: 98 } ).toBuffer(),
				exifBlock( exif( { 0x0112: 6 } ) )
			)
		);
		const original = ( await evaluate(
			`$main = get_attached_file( ${ id } ); return base64_encode( file_get_contents( SlashImage\\Files\\Record::find( $main, hash_file( 'sha256', $main ) )->backup() ) );`
		) ) as string;
		// As by a service that turns pictures upright.
		const upright = await sharp( Buffer.from( original, 'base64' ) ).rotate().jpeg( { quality: 50 } ).toBuffer();
		const size = await evaluate( `
			$main = get_attached_file( ${ id } );
			$record = SlashImage\\Files\\Record::find( $main, hash_file( 'sha256', $main ) );
			file_put_contents( $main, base64_decode( '${ upright.toString( 'base64' ) }' ) );
			$new = new SlashImage\\Files\\Record( $main, $record->before, SlashImage\\Files\\File::read( $main )->print() );
			$new->write( '1-test' );
			$editor = wp_get_image_editor( $main );
			$colour = ( function () { return imagecolorat( $this->image, 190, 10 ); } )->bindTo( $editor, get_parent_class( $editor ) );
			return [ $editor->get_size(), $colour() >> 16 & 255 ];` );
		// The red corner is at the right when it stands upright.
		expect( size ).toEqual( [ { width: 200, height: 300 }, expect.closeTo( 230, -2 ) as number ] );
	} );

	it( 'is left to another plugin’s editor', async () => {
		await addMuPlugin(
			'editor',
			`add_filter( 'wp_image_editors', function ( $editors ) { class_exists( 'Their_Editor' ) || eval( 'class Their_Editor extends WP_Image_Editor_GD {}' ); return array_merge( [ 'Their_Editor' ], $editors ); } );`
		);
		const id = await done( await noise( 300, 200 ) );
		expect( await evaluate( `return get_class( wp_get_image_editor( get_attached_file( ${ id } ) ) );` ) ).toBe(
			'Their_Editor'
		);
	} );

	it( 'is made anew, in all sizes, of the original, and its own folder holds nothing else', async () => {
		const id = await done( await noise( 900, 600 ) );
		await askedAgain();
		const [ made, expected ] = ( await evaluate( `
			$main = get_attached_file( ${ id } );
			$backup = SlashImage\\Files\\Record::find( $main, hash_file( 'sha256', $main ) )->backup();
			$folder = scandir( dirname( $backup ) );
			$metadata = wp_create_image_subsizes( $main, ${ id } );
			$made = md5_file( dirname( $main ) . '/' . $metadata['sizes']['medium']['file'] );
			copy( $backup, get_temp_dir() . 'fresh.jpg' );
			$editor = wp_get_image_editor( get_temp_dir() . 'fresh.jpg' );
			$sizes = $editor->multi_resize( [ 'medium' => [ 'width' => 300, 'height' => 300 ] ] );
			return [ [ $made, scandir( dirname( $backup ) ) ], [ md5_file( get_temp_dir() . $sizes['medium']['file'] ), $folder ] ];` ) ) as [
			unknown,
			unknown,
		];
		expect( made ).toEqual( expected );
	} );

	it( 'that WordPress’s editor has changed and put back is on record as it is', async () => {
		const { admin } = await site();
		const id = await done( await noise( 900, 600 ) );
		const edit = ( what: string ) =>
			evaluate( `
				require_once ABSPATH . 'wp-admin/includes/image-edit.php';
				wp_set_current_user( 1 );
				$_REQUEST = [ 'history' => '[{"r":90}]', 'target' => 'all', 'context' => '', 'do' => '${ what }' ];
				return '${ what }' === 'save' ? wp_save_image( ${ id } ) : wp_restore_image( ${ id } );` );
		const truth = () =>
			evaluate( `
				clearstatcache();
				$folder = dirname( get_attached_file( ${ id } ) );
				$kept = (array) get_post_meta( ${ id }, '_wp_attachment_backup_sizes', true );
				$metadata = wp_get_attachment_metadata( ${ id } );
				$wrong = [];
				foreach ( array_merge( array_values( $kept ), array_values( $metadata['sizes'] ), [ [ 'file' => basename( $metadata['file'] ) ] + $metadata ] ) as $size ) {
					if ( isset( $size['filesize'] ) && is_file( "$folder/{$size['file']}" ) && filesize( "$folder/{$size['file']}" ) !== $size['filesize'] ) { $wrong[] = $size['file']; }
				}
				return $wrong;` );
		await edit( 'save' );
		await evaluate( `SlashImage\\Schedule::next();` );
		await until( isDone );
		expect( await truth() ).toEqual( [] );
		expect( ( await admin.rest( 'POST', `/images/${ id }/restore` ) ).status ).toBe( 200 );
		expect( await truth() ).toEqual( [] );
		await edit( 'restore' );
		expect( await truth() ).toEqual( [] );
	} );
} );
