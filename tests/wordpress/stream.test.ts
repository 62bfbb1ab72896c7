import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { noise, uploadPicture } from './photos.ts';
import { connect, states, until } from './queue.ts';
import { site } from './site.ts';

// Uploads that are a stream wrapper, as some hosts and plugins have it.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/** `test://` is a folder of the site; what it can't do is an option. */
const wrapper = `
	class Test_Stream {
		public $context; private $file; private $folder;
		private static function at( $path ) { return WP_CONTENT_DIR . '/' . substr( $path, 7 ); }
		private static function can( $what ) { return get_option( 'stream_lacks' ) !== $what; }
		public function stream_open( $path, $mode ) { $this->file = @fopen( self::at( $path ), $mode ); return (bool) $this->file; }
		public function stream_read( $count ) { return fread( $this->file, $count ); }
		public function stream_write( $data ) { return fwrite( $this->file, $data ); }
		public function stream_eof() { return feof( $this->file ); }
		public function stream_tell() { return ftell( $this->file ); }
		public function stream_seek( $offset, $whence ) { return 0 === fseek( $this->file, $offset, $whence ); }
		public function stream_flush() { return fflush( $this->file ); }
		public function stream_close() { fclose( $this->file ); }
		public function stream_stat() { return fstat( $this->file ); }
		public function stream_set_option() { return false; }
		public function stream_metadata( $path, $option, $value ) {
			if ( ! self::can( 'chmod' ) ) { return false; }
			return STREAM_META_ACCESS === $option ? chmod( self::at( $path ), $value ) : touch( self::at( $path ) );
		}
		public function url_stat( $path, $flags ) { return @stat( self::at( $path ) ); }
		public function unlink( $path ) { return @unlink( self::at( $path ) ); }
		public function rename( $from, $to ) { return self::can( 'rename' ) && @rename( self::at( $from ), self::at( $to ) ); }
		public function mkdir( $path, $mode, $options ) { return @mkdir( self::at( $path ), $mode, (bool) ( $options & STREAM_MKDIR_RECURSIVE ) ); }
		public function rmdir( $path ) { return @rmdir( self::at( $path ) ); }
		public function dir_opendir( $path ) { $this->folder = @opendir( self::at( $path ) ); return (bool) $this->folder; }
		public function dir_readdir() { return readdir( $this->folder ); }
		public function dir_rewinddir() { rewinddir( $this->folder ); return true; }
		public function dir_closedir() { closedir( $this->folder ); return true; }
	}
	stream_wrapper_register( 'test', 'Test_Stream' );
	add_filter( 'upload_dir', function ( $folder ) {
		$folder['basedir'] = 'test://stream';
		$folder['path'] = 'test://stream' . $folder['subdir'];
		return $folder;
	} );`;

beforeAll( () => addMuPlugin( 'stream', wrapper ) );

beforeEach( async () => ( await site() ).reset() );

afterAll( async () => {
	const { wp, reset } = await site();
	await wp.evaluate( `delete_option( 'stream_lacks' );` );
	await reset();
	await removeMuPlugin( 'stream' );
} );

describe.runIf( native )( 'uploads that are a stream wrapper', () => {
	it.each( [ 'rename', 'chmod' ] )( 'which can not %s hold the queue, and nothing is sent', async ( what ) => {
		const { wp, service, admin } = await site();
		await uploadPicture( await noise( 300, 200 ), `stream-${ Date.now() }.jpg` );
		await wp.evaluate( `update_option( 'stream_lacks', '${ what }' );` );
		await connect();
		await expect
			.poll( async () => ( await admin.rest( 'GET', '/connection' ) ).body[ 'hold' ], { timeout: 20_000 } )
			.toMatchObject( { reason: 'storage', outcome: 'not_writable' } );
		expect( service.files ).toEqual( [] );
		await wp.evaluate( `delete_option( 'stream_lacks' );` );
	} );

	it( 'which can do all are like any other', async () => {
		const { wp, admin } = await site();
		const id = await uploadPicture( await noise( 300, 200 ), `stream-${ Date.now() }.jpg` );
		const hash = () => wp.evaluate( `return md5( file_get_contents( get_attached_file( ${ id } ) ) );` );
		const before = await hash();
		await connect();
		expect( states( await until( ( rows ) => rows[ 0 ]?.state === 'optimized' ) ) ).toEqual( [
			[ 'optimized', '' ],
		] );
		expect( await hash() ).not.toBe( before );
		expect( ( await admin.rest( 'POST', `/images/${ id }/restore` ) ).status ).toBe( 200 );
		expect( await hash() ).toBe( before );
	} );
} );
