import { beforeEach, describe, expect, it } from 'vitest';
import { noise, uploadNoise, uploadPicture } from './photos.ts';
import { connect, files, until } from './queue.ts';
import { site, type Row } from './site.ts';

// Real folders, and names as people have them.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

const isDone = ( rows: Row[] ) => rows.length > 0 && rows.every( ( { state } ) => state === 'optimized' );

const restore = async ( id: number ) =>
	( await ( await site() ).admin.rest( 'POST', `/images/${ id }/restore`, {} ) ).status;

describe.runIf( native )( 'the folder of the originals', () => {
	it( 'is known by its name where somebody has cleaned its marker away', async () => {
		const { wp } = await site();
		const [ id = 0 ] = await uploadNoise( 1 );
		const originals = await files( [ id ] );
		await connect();
		await until( isDone );
		await wp.evaluate( `unlink( SlashImage\\Files\\Vault::all()[0] . '/' . SlashImage\\Files\\Vault::MARKER );` );
		expect( await restore( id ) ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( originals );
		expect(
			await wp.evaluate(
				`return is_file( SlashImage\\Files\\Vault::all()[0] . '/' . SlashImage\\Files\\Vault::MARKER );`
			)
		).toBe( true );
	} );

	it( 'is deleted without what a link in it leads to', async () => {
		const { wp } = await site();
		expect(
			await wp.evaluate( `
				$outside = WP_CONTENT_DIR . '/outside'; wp_mkdir_p( $outside ); file_put_contents( "$outside/precious.txt", 'mine' );
				$folder = SlashImage\\Files\\Vault::folder(); symlink( $outside, "$folder/link" );
				SlashImage\\Files\\Vault::delete_all();
				$left = [ is_file( "$outside/precious.txt" ), is_dir( $folder ), is_link( "$folder/link" ) ];
				unlink( "$outside/precious.txt" ); rmdir( $outside );
				return $left;` )
		).toEqual( [ true, false, false ] );
	} );

	it( 'keeps nothing outside of itself, whatever a path says', async () => {
		const { wp } = await site();
		const places = ( await wp.evaluate(
			`$uploads = wp_get_upload_dir()['basedir']; return array_map( [ 'SlashImage\\Files\\Vault', 'place' ], [ "$uploads/../../evil.jpg", "$uploads/2026/../../x/evil.jpg", '/etc/evil.jpg', "$uploads/2026/11/good.jpg", "$uploads/flat.jpg" ] );`
		) ) as string[];
		expect( places ).toEqual( [
			expect.stringMatching( /^outside\/[0-9a-f]{32}\/evil\.jpg$/ ),
			expect.stringMatching( /^outside\/[0-9a-f]{32}\/evil\.jpg$/ ),
			expect.stringMatching( /^outside\/[0-9a-f]{32}\/evil\.jpg$/ ),
			'2026/11/good.jpg',
			'flat.jpg',
		] );
	} );

	it( 'tells names apart that differ in their first letter only, whatever the locale', async () => {
		const { wp } = await site();
		await connect();
		const ids = [
			await uploadPicture( await noise(), 'über.jpg' ),
			await uploadPicture( await noise(), 'ber.jpg' ),
		];
		const names = ( await wp.evaluate(
			`setlocale( LC_ALL, 'C' ); return array_map( fn( $id ) => [ wp_basename( get_attached_file( $id ) ), SlashImage\\Files\\Vault::place( get_attached_file( $id ) ) ], [ ${ ids } ] );`
		) ) as [ string, string ][];
		expect( names.map( ( [ name, place ] ) => place.endsWith( `/${ name }` ) ) ).toEqual( [ true, true ] );
		await until( isDone );
		// The other's original stays when one is deleted.
		await wp.evaluate( `wp_delete_attachment( ${ ids[ 1 ] }, true );` );
		expect( await restore( ids[ 0 ] ?? 0 ) ).toBe( 200 );
	} );
} );

describe.runIf( native )( 'what is kept beside an original', () => {
	it( 'is not believed when it was damaged or written by somebody else', async () => {
		const { wp, service, log } = await site();
		const [ id = 0 ] = await uploadNoise( 1 );
		await connect();
		await until( isDone );
		const results = await files( [ id ] );
		service.forgetRequests();
		// Every record is spoiled in another way; the notes in the database still say what was done.
		await wp.evaluate( `
			$bad = [ '', '{', '[]', 'null', '{"path":5}', '{"path":"../../../x","before":{"bytes":1,"hash":"../../../../wp-config.php"},"after":[]}' ]; $n = 0;
			foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( SlashImage\\Files\\Vault::all()[0], FilesystemIterator::SKIP_DOTS ) ) as $file ) { if ( 'json' === $file->getExtension() ) { file_put_contents( $file, $bad[ $n++ % 6 ] ); } }
			SlashImage\\Queue::start( [ 'optimized' ], [ ${ id } ] ); SlashImage\\Worker::run( 5 );` );
		await until( isDone );
		expect( service.files ).toEqual( [] );
		expect( await files( [ id ] ) ).toEqual( results );
		expect( await log() ).toBe( '' );
	} );

	it( 'is no path, in the notes of the database either', async () => {
		const { wp, log } = await site();
		const [ id = 0 ] = await uploadNoise( 1 );
		await wp.evaluate( `
			file_put_contents( WP_CONTENT_DIR . '/victim.jpg', 'mine' );
			update_post_meta( ${ id }, '_slashimage', [ 'folder' => '../../..', 'files' => [ '../../../../victim.jpg' => [ 'before' => 9, 'after' => 4, 'was' => str_repeat( 'a', 64 ), 'is' => hash( 'sha256', 'mine' ), 'at' => 1 ], 5 => 'text', 'x.jpg' => [ 'before' => [], 'after' => (object) [] ] ] ] );` );
		expect( await restore( id ) ).toBe( 409 );
		await wp.evaluate( `wp_delete_attachment( ${ id }, true );` );
		expect(
			await wp.evaluate(
				`$is = file_get_contents( WP_CONTENT_DIR . '/victim.jpg' ); unlink( WP_CONTENT_DIR . '/victim.jpg' ); return $is;`
			)
		).toBe( 'mine' );
		expect( await log() ).toBe( '' );
	} );
} );
