import { beforeEach, describe, expect, it } from 'vitest';
import { noise, uploadNoise, uploadPicture } from './photos.ts';
import { backups, connect, files, states, until } from './queue.ts';
import { site, type Row } from './site.ts';

// Real folders, and a real database.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

type Sums = Record< string, string >;

beforeEach( async () => ( await site() ).reset() );

const isDone = ( rows: Row[] ) => rows.length > 0 && rows.every( ( { state } ) => state === 'optimized' );

const act = async ( action: string, id: number ) =>
	( await site() ).admin.rest( 'POST', `/images/${ id }/${ action }` );

/** An image of contents of its own, optimized; its originals by checksum, and what they are now. */
async function done() {
	const { wp } = await site();
	const [ id = 0 ] = await uploadNoise( 1 );
	const originals = ( await files( [ id ] ) ) as Sums;
	await connect();
	await wp.evaluate( 'SlashImage\\Schedule::next();' );
	await until( isDone );
	return { id, originals, results: ( await files( [ id ] ) ) as Sums };
}

/** As after the database was rolled back to a time before: nothing of the image is known to it. */
const forgetAll = async () =>
	( await site() ).wp.evaluate(
		`delete_metadata( 'post', 0, '_slashimage', '', true ); $GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'not_optimized', cause = '', bytes_before = 0, bytes_after = 0" );`
	);

const optimizeAll = async () => {
	const { admin } = await site();
	await admin.rest( 'POST', '/images/optimize' );
	return until( ( rows ) => rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) ) );
};

const main = async ( id: number ) =>
	( await ( await site() ).wp.evaluate( `return basename( get_attached_file( ${ id } ) );` ) ) as string;

describe.runIf( native )( 'an original', () => {
	it( 'is known beside its backup: after a rollback nothing is sent, and it can be restored', async () => {
		const { service, log } = await site();
		const { id, originals, results } = await done();
		service.forgetRequests();
		await forgetAll();
		expect( states( await optimizeAll() ) ).toEqual( [ [ 'optimized', '' ] ] );
		expect( service.files ).toEqual( [] );
		expect( await files( [ id ] ) ).toEqual( results );
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( originals );
		expect( await log() ).toBe( '' );
	} );

	it( 'is kept under another name when another picture takes its place, and is not put over it', async () => {
		const { service, wp } = await site();
		const { id, originals } = await done();
		const name = await main( id );
		const other = await noise();
		const checksum = ( await wp.evaluate(
			`require_once ABSPATH . "wp-admin/includes/image.php"; $file = get_attached_file( ${ id } ); file_put_contents( $file, base64_decode( '${ other.toString( 'base64' ) }' ) );
			wp_update_attachment_metadata( ${ id }, wp_generate_attachment_metadata( ${ id }, $file ) ); return md5_file( $file );`
		) ) as string;
		await until( isDone );
		// The old one is still there, and the new one has a backup of its own.
		const kept = ( await wp.evaluate(
			`$sums = []; foreach ( SlashImage\\Files\\Vault::all() as $folder ) { foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $folder, FilesystemIterator::SKIP_DOTS ) ) as $f ) { $sums[] = md5_file( $f ); } } return $sums;`
		) ) as string[];
		expect( kept ).toContain( originals[ name ] );
		expect( kept ).toContain( checksum );
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		expect( ( ( await files( [ id ] ) ) as Sums )[ name ] ).toBe( checksum );
		expect(
			service.files.filter(
				( file, index, all ) => all.findIndex( ( { hash } ) => hash === file.hash ) !== index
			)
		).toEqual( [] );
	} );

	it( 'is not put over a picture the service could not make smaller', async () => {
		const { service, wp } = await site();
		const { id } = await done();
		// The other one is what the service makes: it can't be made smaller again.
		const theirs = ( await wp.evaluate(
			`$file = get_attached_file( ${ id } ); file_put_contents( $file, file_get_contents( $file ) . 'x' ); return md5_file( $file );`
		) ) as string;
		service.setFault( 'larger' );
		await wp.evaluate( `SlashImage\\Queue::start( [ 'optimized' ], [ ${ id } ] ); SlashImage\\Schedule::next();` );
		await until( ( rows ) => rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) ) );
		service.setFault( 'none' );
		await act( 'restore', id );
		expect( ( ( await files( [ id ] ) ) as Sums )[ await main( id ) ] ).toBe( theirs );
	} );

	it( 'is not put over files that were all replaced, and that is said', async () => {
		const { wp } = await site();
		const { id } = await done();
		await wp.evaluate( `
			$folder = dirname( get_attached_file( ${ id } ) ); $meta = wp_get_attachment_metadata( ${ id } );
			foreach ( array_merge( [ basename( get_attached_file( ${ id } ) ) ], array_column( $meta['sizes'], 'file' ) ) as $name ) { file_put_contents( "$folder/$name", file_get_contents( "$folder/$name" ) . 'theirs' ); }` );
		const theirs = await files( [ id ] );
		expect( await act( 'restore', id ) ).toMatchObject( {
			status: 409,
			body: { code: 'file_replaced', message: expect.stringContaining( 'replaced' ) as string },
		} );
		expect( await files( [ id ] ) ).toEqual( theirs );
	} );

	it( 'is compared with its file when the plugin was not there for a while; nothing is sent but what is new', async () => {
		const { service, wp } = await site();
		const { id } = await done();
		const [ other = 0 ] = await uploadNoise( 1 );
		await until( isDone );
		service.forgetRequests();
		// While nobody was looking: one image was replaced, the other one only touched.
		const sum = await wp.evaluate( `
			touch( get_attached_file( ${ other } ), time() - 5000 );
			file_put_contents( get_attached_file( ${ id } ), base64_decode( '${ ( await noise() ).toString( 'base64' ) }' ) );
			$sum = hash_file( 'sha256', get_attached_file( ${ id } ) );
			SlashImage\\Lifecycle::activate( false ); SlashImage\\Library::run(); SlashImage\\Schedule::next();
			return $sum;` );
		await wp.evaluate(
			`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET due_at = 1 WHERE state = 'waiting'" ); SlashImage\\Worker::run( 5 );`
		);
		await until( isDone );
		expect( service.files.map( ( { hash } ) => hash ) ).toEqual( [ sum ] );
	} );

	it( 'of a folder outside of the uploads is its own, whatever its name', async () => {
		const { wp } = await site();
		const ids = ( await wp.evaluate( `
			return array_map( function ( $folder, $bytes ) {
				$folder = WP_CONTENT_DIR . "/$folder";
				wp_mkdir_p( $folder );
				file_put_contents( "$folder/photo.jpg", base64_decode( $bytes ) );
				$id = wp_insert_attachment( [ 'post_title' => 'x', 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit' ] );
				update_post_meta( $id, '_wp_attached_file', "$folder/photo.jpg" );
				wp_update_attachment_metadata( $id, [ 'width' => 900, 'height' => 600, 'file' => 'photo.jpg', 'sizes' => [] ] );
				SlashImage\\Queue::add( $id, 'waiting' );
				return $id;
			}, [ 'one', 'two' ], [ '${ ( await noise() ).toString( 'base64' ) }', '${ ( await noise() ).toString( 'base64' ) }' ] );` ) ) as number[];
		const sums = () =>
			wp.evaluate( `return array_map( fn( $id ) => md5_file( get_attached_file( $id ) ), [ ${ ids } ] );` );
		const before = await sums();
		await connect();
		await until( isDone );
		expect( await sums() ).not.toEqual( before );
		for ( const id of ids ) {
			expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		}
		expect( await sums() ).toEqual( before );
		await wp.evaluate( `foreach ( [ ${ ids } ] as $id ) { unlink( get_attached_file( $id ) ); }` );
	} );

	it( 'comes along when its file is renamed; nothing is sent', async () => {
		const { service, wp } = await site();
		const { id, originals } = await done();
		service.forgetRequests();
		await wp.evaluate( `
			$file = get_attached_file( ${ id } ); $meta = wp_get_attachment_metadata( ${ id } );
			foreach ( $meta['sizes'] as &$size ) { rename( dirname( $file ) . '/' . $size['file'], dirname( $file ) . '/renamed-' . $size['file'] ); $size['file'] = 'renamed-' . $size['file']; }
			$new = dirname( $file ) . '/renamed-' . basename( $file ); rename( $file, $new );
			update_attached_file( ${ id }, $new ); $meta['file'] = _wp_relative_upload_path( $new ); wp_update_attachment_metadata( ${ id }, $meta );
			SlashImage\\Queue::start( [ 'optimized' ], [ ${ id } ] ); SlashImage\\Schedule::next();` );
		await until( isDone );
		expect( service.files ).toEqual( [] );
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		const renamed = Object.fromEntries(
			Object.entries( originals ).map( ( [ name, sum ] ) => [ `renamed-${ name }`, sum ] )
		);
		expect( await files( [ id ] ) ).toEqual( renamed );
		expect( await backups() ).toEqual( [] );
	} );

	it( 'comes along when its files move to another folder, and again to a third; nothing is sent', async () => {
		const { service, wp } = await site();
		const { id, originals } = await done();
		service.forgetRequests();
		const move = ( folder: string ) =>
			wp.evaluate( `
				$file = get_attached_file( ${ id } ); $meta = wp_get_attachment_metadata( ${ id } );
				$to = wp_get_upload_dir()['basedir'] . '/${ folder }'; wp_mkdir_p( $to );
				foreach ( array_merge( [ basename( $file ) ], array_column( $meta['sizes'], 'file' ) ) as $name ) { rename( dirname( $file ) . '/' . $name, "$to/$name" ); }
				update_attached_file( ${ id }, "$to/" . basename( $file ) ); $meta['file'] = '${ folder }/' . basename( $file ); wp_update_attachment_metadata( ${ id }, $meta );
				SlashImage\\Queue::start( [ 'optimized' ], [ ${ id } ] ); SlashImage\\Schedule::next();` );
		await move( 'animals/cats' );
		await until( isDone );
		await move( 'plants' );
		await until( isDone );
		expect( service.files ).toEqual( [] );
		expect( Object.keys( ( await backups() ) as Sums ).sort() ).toEqual( Object.keys( originals ).sort() );
		// And once more, with nobody looking before a person asks for the originals.
		await move( 'animals/cats' );
		await wp.evaluate( 'SlashImage\\Queue::stop();' );
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( originals );
		expect( await backups() ).toEqual( [] );
	} );

	it( 'is not touched through a duplicate of its image that brought the notes along', async () => {
		const { service, wp } = await site();
		const { id, originals, results } = await done();
		service.forgetRequests();
		const copy = ( await wp.evaluate( `
			$file = get_attached_file( ${ id } ); $meta = wp_get_attachment_metadata( ${ id } ); $new = dirname( $file ) . '/copy-of.jpg';
			foreach ( $meta['sizes'] as &$size ) { $to = 'copy-of-' . $size['width'] . 'x' . $size['height'] . '.jpg'; copy( dirname( $file ) . '/' . $size['file'], dirname( $file ) . "/$to" ); $size['file'] = $to; }
			copy( $file, $new );
			$copy = wp_insert_attachment( [ 'post_title' => 'x', 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit' ], $new );
			update_post_meta( $copy, '_slashimage', get_post_meta( ${ id }, '_slashimage', true ) );
			$meta['file'] = _wp_relative_upload_path( $new ); wp_update_attachment_metadata( $copy, $meta );
			SlashImage\\Queue::start( [ 'waiting' ], [ $copy ] ); SlashImage\\Schedule::next();
			return $copy;` ) ) as number;
		await until( isDone );
		expect( service.files ).toEqual( [] );
		expect( ( await act( 'restore', copy ) ).status ).toBe( 200 );
		expect( Object.values( ( await files( [ copy ] ) ) as Sums ).sort() ).toEqual(
			Object.values( originals ).sort()
		);
		expect( await files( [ id ] ) ).toEqual( results );
		await wp.evaluate( `wp_delete_attachment( ${ copy }, true );` );
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( originals );
	} );

	it( 'keeps the permissions of its file', async () => {
		const { wp } = await site();
		const mode = ( id: number ) =>
			wp.evaluate( `clearstatcache(); return decoct( fileperms( get_attached_file( ${ id } ) ) & 0777 );` );
		const [ id = 0 ] = await uploadNoise( 1 );
		await wp.evaluate( `chmod( get_attached_file( ${ id } ), 0640 );` );
		await connect();
		await wp.evaluate( 'SlashImage\\Schedule::next();' );
		await until( isDone );
		expect( await mode( id ) ).toBe( '640' );
		expect(
			await wp.evaluate(
				`$file = get_attached_file( ${ id } ); $record = SlashImage\\Files\\Record::find( $file, hash_file( 'sha256', $file ) ); return decoct( fileperms( $record->backup() ) & 0777 );`
			)
		).toBe( '640' );
		await act( 'restore', id );
		expect( await mode( id ) ).toBe( '640' );
	} );
} );

describe.runIf( native )( 'what WordPress has on record', () => {
	it( 'is true of a file that was turned, and of one whose size changed', async () => {
		const { wp } = await site();
		const [ id = 0 ] = await uploadNoise( 1 );
		const record = await wp.evaluate( `
			$main = get_attached_file( ${ id } ); $meta = wp_get_attachment_metadata( ${ id } );
			file_put_contents( $main, base64_decode( '${ ( await noise( 600, 900 ) ).toString( 'base64' ) }' ) );
			SlashImage\\Files\\Metadata::refresh( ${ id }, $main );
			$now = wp_get_attachment_metadata( ${ id } );
			return [ $meta['width'], $meta['height'], $now['width'], $now['height'], $now['filesize'] === filesize( $main ), $now['sizes'] == $meta['sizes'] ];` );
		expect( record ).toEqual( [ 900, 600, 600, 900, true, true ] );
	} );
} );

describe.runIf( native )( 'files that two attachments share', () => {
	const twin = async ( id: number ) =>
		( await (
			await site()
		).wp.evaluate( `
			$post = get_post( ${ id } );
			$twin = wp_insert_attachment( [ 'post_title' => 'Zwilling', 'post_mime_type' => $post->post_mime_type, 'post_status' => 'inherit' ] );
			update_post_meta( $twin, '_wp_attached_file', get_post_meta( ${ id }, '_wp_attached_file', true ) );
			update_post_meta( $twin, '_wp_attachment_metadata', get_post_meta( ${ id }, '_wp_attachment_metadata', true ) );
			return $twin;` ) ) as number;

	const shown = async ( ids: number[] ) => {
		const { body } = await ( await site() ).admin.rest( 'GET', `/images?ids=${ ids.join( ',' ) }` );
		return ( body[ 'images' ] as { state: string }[] ).map( ( { state } ) => state );
	};

	it( 'are sent once, shown optimized and restored on both, and their originals go with the last', async () => {
		const { service, wp } = await site();
		const [ id = 0 ] = await uploadNoise( 1 );
		const originals = await files( [ id ] );
		const other = await twin( id );
		await connect();
		await act( 'optimize', other );
		await wp.evaluate( 'SlashImage\\Schedule::next();' );
		await until( isDone );
		expect( await shown( [ id, other ] ) ).toEqual( [ 'optimized', 'optimized' ] );
		const sent = service.files.map( ( { hash } ) => hash );
		expect( new Set( sent ).size ).toBe( sent.length );
		const { body } = await ( await site() ).admin.rest( 'GET', `/images/${ other }` );
		expect( ( body[ 'files' ] as unknown[] ).length ).toBeGreaterThan( 1 );

		expect( ( await act( 'restore', other ) ).status ).toBe( 200 );
		expect( await shown( [ id, other ] ) ).toEqual( [ 'not_optimized', 'not_optimized' ] );
		expect( await files( [ id ] ) ).toEqual( originals );

		service.forgetRequests();
		await act( 'optimize', id );
		await until( isDone );
		const kept = await backups();
		// A translation plugin keeps the files while another language has them.
		await wp.evaluate(
			`add_filter( 'wp_delete_file', '__return_empty_string' ); wp_delete_attachment( ${ id }, true );`
		);
		expect( await backups() ).toEqual( kept );
		await wp.evaluate( `wp_delete_attachment( ${ other }, true );` );
		expect( await backups() ).toEqual( [] );
	} );

	it( 'that came after they were optimized are shown as what they are', async () => {
		const { id } = await done();
		const other = await twin( id );
		await until( isDone );
		expect( await shown( [ id, other ] ) ).toEqual( [ 'optimized', 'optimized' ] );
	} );
} );

describe.runIf( native )( 'what is noted in the database', () => {
	it( 'is not believed of a file with another content', async () => {
		const { service, wp } = await site();
		await connect();
		await wp.evaluate( 'SlashImage\\Connection::hold( "disk_full" );' );
		const [ id = 0 ] = await uploadNoise( 1 );
		// As an import brings it along: the bytes fit, the content does not.
		await wp.evaluate( `
			$file = get_attached_file( ${ id } );
			update_post_meta( ${ id }, '_slashimage', [ 'files' => [ basename( $file ) => [ 'before' => 9000000, 'after' => filesize( $file ), 'was' => str_repeat( 'a', 64 ), 'is' => str_repeat( 'b', 64 ), 'at' => filemtime( $file ) ] ] ] );
			SlashImage\\Connection::lift( 'storage' ); SlashImage\\Schedule::next();` );
		await until( isDone );
		expect( service.files.map( ( { bytes } ) => bytes ).length ).toBeGreaterThan( 3 );
	} );

	it( 'is made good for two sizes of equal content, which are one file and one credit', async () => {
		const { service, wp } = await site();
		const [ id = 0 ] = await uploadNoise( 1 );
		const count = ( await wp.evaluate( `
			$meta = wp_get_attachment_metadata( ${ id } ); $folder = dirname( get_attached_file( ${ id } ) );
			copy( "$folder/{$meta['sizes']['medium']['file']}", "$folder/same-{$meta['sizes']['medium']['file']}" );
			$meta['sizes']['same'] = [ 'file' => "same-{$meta['sizes']['medium']['file']}" ] + $meta['sizes']['medium'];
			update_post_meta( ${ id }, '_wp_attachment_metadata', $meta );
			return count( $meta['sizes'] );` ) ) as number;
		const originals = await files( [ id ] );
		await connect();
		await wp.evaluate( 'SlashImage\\Schedule::next();' );
		await until( isDone );
		expect( service.files ).toHaveLength( count );
		const { body } = await ( await site() ).admin.rest( 'GET', `/images/${ id }` );
		expect( body[ 'files' ] ).toHaveLength( count + 1 );
		await act( 'restore', id );
		expect( await files( [ id ] ) ).toEqual( originals );
	} );
} );

describe.runIf( native )( 'two sizes of equal content that can not be made smaller', () => {
	it( 'are both noted as done', async () => {
		const { service, wp } = await site();
		const [ id = 0 ] = await uploadNoise( 1 );
		await wp.evaluate( `
			$meta = wp_get_attachment_metadata( ${ id } ); $folder = dirname( get_attached_file( ${ id } ) );
			copy( "$folder/{$meta['sizes']['medium']['file']}", "$folder/same-{$meta['sizes']['medium']['file']}" );
			$meta['sizes']['same'] = [ 'file' => "same-{$meta['sizes']['medium']['file']}" ] + $meta['sizes']['medium'];
			update_post_meta( ${ id }, '_wp_attachment_metadata', $meta );` );
		await connect();
		service.setFault( 'larger' );
		await wp.evaluate( 'SlashImage\\Schedule::next();' );
		await until( ( rows ) => rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) ) );
		expect(
			await wp.evaluate( `$image = new SlashImage\\Files\\Image( ${ id } ); return count( $image->compare() );` )
		).toBe( 0 );
	} );
} );

describe.runIf( native )( 'the folder of the originals', () => {
	const get = async ( path: string ) => ( await fetch( path ) ).status;

	it( 'can not be guessed, and an earlier one is hidden and used on', async () => {
		const { wp, service } = await site();
		const { id, originals } = await done();
		const name = await main( id );
		// As the version before kept it: the same place below a folder with a plain name, and bytes alone in the notes.
		await wp.evaluate( `
			$uploads = wp_get_upload_dir()['basedir']; $notes = get_post_meta( ${ id }, '_slashimage', true )['files'];
			foreach ( $notes as $file => &$note ) {
				$path = dirname( get_attached_file( ${ id } ) ) . '/' . $file;
				$record = SlashImage\\Files\\Record::find( $path, $note['is'] );
				$backup = $record->backup();
				if ( $backup ) {
					$to = "$uploads/slashimage-backup/" . str_replace( "$uploads/", '', $path );
					wp_mkdir_p( dirname( $to ) ); rename( $backup, $to );
				}
				$note = [ 'before' => $note['before'], 'after' => $note['after'] ];
			}
			update_post_meta( ${ id }, '_slashimage', [ 'files' => $notes ] );
			foreach ( SlashImage\\Files\\Vault::all() as $folder ) { ( function ( $folder ) { foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $folder, FilesystemIterator::SKIP_DOTS ), RecursiveIteratorIterator::CHILD_FIRST ) as $f ) { $f->isDir() ? rmdir( $f ) : unlink( $f ); } rmdir( $folder ); } )( $folder ); }` );
		const [ month ] = ( await wp.evaluate(
			`return [ dirname( get_post_meta( ${ id }, '_wp_attached_file', true ) ) ];`
		) ) as string[];
		expect( await get( `${ wp.url }/wp-content/uploads/slashimage-backup/${ month }/${ name }` ) ).toBe( 200 );
		service.forgetRequests();
		await wp.evaluate( `SlashImage\\Files\\Review::begin(); SlashImage\\Library::run();` );
		expect( await get( `${ wp.url }/wp-content/uploads/slashimage-backup/${ month }/${ name }` ) ).toBe( 404 );
		const folders = ( await wp.evaluate(
			`return array_map( 'basename', SlashImage\\Files\\Vault::all() );`
		) ) as string[];
		expect( folders ).toEqual( [ expect.stringMatching( /^slashimage-backup-[0-9a-f]{32}$/ ) ] );
		expect(
			await wp.evaluate(
				`return array_map( 'file_exists', [ SlashImage\\Files\\Vault::all()[0] . '/.htaccess', SlashImage\\Files\\Vault::all()[0] . '/index.html', SlashImage\\Files\\Vault::all()[0] . '/${ month }/index.html' ] );`
			)
		).toEqual( [ true, true, true ] );
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( originals );
		expect( service.files ).toEqual( [] );
	} );
} );

describe.runIf( native )( 'a missing size', () => {
	it( 'is said in the list of files; the image has not failed', async () => {
		const { wp, admin } = await site();
		const id = await uploadPicture( await noise(), `missing-${ Date.now() }.jpg` );
		await wp.evaluate(
			`unlink( dirname( get_attached_file( ${ id } ) ) . '/' . wp_get_attachment_metadata( ${ id } )['sizes']['thumbnail']['file'] );`
		);
		await connect();
		await wp.evaluate( 'SlashImage\\Schedule::next();' );
		await until( isDone );
		const { body } = await admin.rest( 'GET', `/images/${ id }` );
		expect(
			( body[ 'files' ] as { size: string; missing: boolean }[] ).filter( ( { missing } ) => missing )
		).toEqual( [ { size: 'thumbnail', before: 0, after: 0, missing: true, sentence: '' } ] );
	} );
} );
