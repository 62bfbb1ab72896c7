import { beforeEach, describe, expect, it } from 'vitest';
import { events, standingRows, standings, type EventName, type Standing } from '../../src/validation/events.ts';
import { noise, uploadPicture } from './photos.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

const pause = ( ms: number ) => new Promise( ( resolve ) => setTimeout( resolve, ms ) );

type Images = Partial< Record< Standing, number > >;

/** How what happens is done to image `$id` in WordPress, by whoever does it; a stop and a restore are a person's requests. */
const happens: Record< EventName, string > = {
	upload: `regenerate( $id );`,
	regenerate: `regenerate( $id );`,
	edit: `
		$_REQUEST = [ 'history' => wp_slash( '[{"r":90}]' ), 'target' => 'all', 'do' => 'save' ];
		wp_save_image( $id );`,
	replace: `
		$file = get_attached_file( $id );
		imagejpeg( imagescale( imagecreatefromjpeg( $file ), 380 ), $file );
		$meta = wp_get_attachment_metadata( $id );
		wp_update_attachment_metadata( $id, [ 'width' => 380, 'filesize' => filesize( $file ) ] + $meta );`,
	rename: `
		$file = get_attached_file( $id ); $folder = dirname( $file ); $meta = wp_get_attachment_metadata( $id );
		foreach ( $meta['sizes'] as &$size ) { rename( "$folder/{$size['file']}", "$folder/renamed-{$size['file']}" ); $size['file'] = "renamed-{$size['file']}"; }
		$new = "$folder/renamed-" . basename( $file ); rename( $file, $new ); update_attached_file( $id, $new );
		wp_update_attachment_metadata( $id, [ 'file' => _wp_relative_upload_path( $new ) ] + $meta );`,
	size_added: `
		add_image_size( 'late', 77, 77, true );
		$meta = wp_get_attachment_metadata( $id );
		_wp_make_subsizes( [ 'late' => [ 'width' => 77, 'height' => 77, 'crop' => true ] ], get_attached_file( $id ), $meta, $id );`,
	stop: '',
	restore: '',
	trash: `wp_trash_post( $id );`,
	untrash: `wp_untrash_post( $id );`,
	found_1_2: `update_post_meta( $id, '_slash_image_data', [ 'optimized' => true ] ); SlashImage\\Library::begin(); SlashImage\\Library::index( 10 );`,
};

const regenerate = `
	function regenerate( $id ) { wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, get_attached_file( $id ) ) ); }`;

/** An image in each of these standings, of contents of its own, uploaded and made what it is a while ago. */
async function images( which: readonly Standing[], event: EventName ): Promise< Images > {
	const { wp } = await site();
	const of: Images = {};
	for ( const standing of which ) {
		of[ standing ] = await uploadPicture( await noise( 400, 300 ), `${ event }-${ standing }.jpg` );
	}
	// The time of a file is told in seconds.
	await pause( 2100 );
	const rows = Buffer.from(
		JSON.stringify( which.map( ( standing ) => ( { id: of[ standing ], ...standingRows[ standing ] } ) ) )
	);
	await wp.evaluate( `
		foreach ( json_decode( base64_decode( '${ rows.toString( 'base64' ) }' ), true ) as $row ) {
			${ event === 'untrash' ? `wp_trash_post( $row['id'] );` : '' }
			${ event === 'restore' ? replaced : '' }
			if ( in_array( $row['state'], [ 'optimized', 'partly_optimized' ], true ) && '' === $row['cause'] ) { ( new SlashImage\\Files\\Image( $row['id'] ) )->keep_all( time() ); }
			$GLOBALS['wpdb']->update( SlashImage\\Queue::table(), [ 'state' => $row['state'], 'cause' => $row['cause'], 'lease' => 'optimizing' === $row['state'] ? 'somebody' : '', 'due_at' => time() + ( 'optimizing' === $row['state'] ? 600 : -1 ) ], [ 'attachment_id' => $row['id'] ] );
		}` );
	return of;
}

// Some of its files were made smaller, whatever the row says.
const replaced = `
	$image = new SlashImage\\Files\\Image( $row['id'], 'somebody' );
	foreach ( $image->compare() as $name => $file ) {
		ob_start(); imagejpeg( imagecreatefromjpeg( $file->path ), null, 40 );
		$image->put( (string) $name, ob_get_clean(), fn() => true );
	}
	$image->save();`;

/** Does it, and tells what became of the rows before the request is over. */
async function happened( event: EventName, of: Images ): Promise< Record< string, string > > {
	const { wp, admin, rows } = await site();
	if ( event === 'stop' ) {
		await admin.rest( 'POST', '/images/stop' );
	} else if ( event === 'restore' ) {
		for ( const id of Object.values( of ) ) {
			expect( ( await admin.rest( 'POST', `/images/${ id }/restore`, {} ) ).status ).toBe( 200 );
		}
	} else {
		await wp.evaluate( `
			require_once ABSPATH . 'wp-admin/includes/admin.php'; require_once ABSPATH . 'wp-admin/includes/image-edit.php';
			${ regenerate } foreach ( [ ${ Object.values( of ) } ] as $id ) { ${ happens[ event ] } }` );
	}
	const now = new Map(
		( await rows() ).map( ( row ) => [ Number( row.attachment_id ), `${ row.state } ${ row.cause }` ] )
	);
	return Object.fromEntries(
		Object.entries( of ).map( ( [ standing, id ] ) => [ standing, now.get( id ) ?? 'none' ] )
	);
}

/** What the table says of it. */
function expected( event: EventName, standing: Standing ): string {
	const effect = events[ event ][ standing ];
	const row = { wait: standingRows.waiting, sort: standingRows.never };
	const { state, cause } =
		effect === 'wait' || effect === 'sort' ? row[ effect ] : standingRows[ effect ?? standing ];
	return `${ state } ${ cause }`;
}

/** An upload and a regeneration are the same call of WordPress: the standing says which one it is. */
const asked = ( event: EventName ) =>
	standings.filter( ( standing ) =>
		event === 'upload' ? standing === 'uploading' : event !== 'regenerate' || standing !== 'uploading'
	);

describe.runIf( native )( 'what becomes of an image in each standing', () => {
	it.each( Object.keys( events ) as EventName[] )( 'is what the table says: %s', async ( event ) => {
		const which = asked( event );
		const of = await images( which, event );
		const should = Object.fromEntries( which.map( ( standing ) => [ standing, expected( event, standing ) ] ) );
		expect( await happened( event, of ) ).toEqual( should );
		expect( await ( await site() ).log() ).toBe( '' );
	} );
} );

const done = () => until( ( rows ) => rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) ) );

const go = async () => ( await site() ).wp.evaluate( 'SlashImage\\Schedule::next();' );

describe.runIf( native )( 'what is sent', () => {
	it( 'of an optimized image whose thumbnails were made anew is what is new', async () => {
		const { service, wp } = await site();
		const id = await uploadPicture( await noise( 400, 300 ), 'theme-switch.jpg' );
		await connect();
		await go();
		await done();
		service.forgetRequests();
		const made = await wp.evaluate( `
			require_once ABSPATH . 'wp-admin/includes/image.php'; ${ regenerate }
			add_image_size( 'theme', 90, 60, true ); regenerate( ${ id } );
			return hash_file( 'sha256', dirname( get_attached_file( ${ id } ) ) . '/theme-switch-90x60.jpg' );` );
		await done();
		const sent = service.files.map( ( { hash } ) => hash );
		expect( sent ).toContain( made );
		// WordPress has made all its sizes again, from the file that is smaller by now.
		const sizes = await wp.evaluate( `return count( wp_get_attachment_metadata( ${ id } )['sizes'] );` );
		expect( sent ).toHaveLength( sizes as number );
		expect( ( await ( await site() ).rows() )[ 0 ]?.state ).toBe( 'optimized' );
	} );

	it( 'of an image version 1.2 has optimized is nothing, until there is a new file', async () => {
		const { service, wp, admin } = await site();
		const [ one = 0, two = 0 ] = [
			await uploadPicture( await noise( 400, 300 ), 'earlier-one.jpg' ),
			await uploadPicture( await noise( 400, 300 ), 'earlier-two.jpg' ),
		];
		await pause( 1100 );
		await wp.evaluate( `
			foreach ( [ ${ one }, ${ two } ] as $id ) { update_post_meta( $id, '_slash_image_data', [ 'optimized' => true ] ); }
			SlashImage\\Library::begin(); SlashImage\\Library::index( 10 );` );
		await connect();
		expect( ( await admin.rest( 'POST', '/images/optimize' ) ).body ).toMatchObject( { optimized: 2, waiting: 0 } );
		expect( ( await admin.rest( 'GET', `/images/${ one }` ) ).body ).toMatchObject( {
			state: 'optimized',
			cause: 'optimized_1_2',
			sentence: expect.stringContaining( 'earlier version' ) as string,
			bytes_before: 0,
		} );
		// One of them is looked at by the background first, the other one is not.
		await wp.evaluate( `update_option( 'slashimage_review', ${ two } ); SlashImage\\Files\\Review::run( 10 );` );
		const made = await wp.evaluate( `
			require_once ABSPATH . 'wp-admin/includes/image.php';
			$made = [];
			foreach ( [ ${ one }, ${ two } ] as $id ) {
				$meta = wp_get_attachment_metadata( $id ); $file = get_attached_file( $id );
				_wp_make_subsizes( [ 'late' => [ 'width' => 77, 'height' => 77, 'crop' => true ] ], $file, $meta, $id );
				$made[] = hash_file( 'sha256', str_replace( '.jpg', '-77x77.jpg', $file ) );
			}
			return $made;` );
		await done();
		expect( service.files.map( ( { hash } ) => hash ).sort() ).toEqual( [ ...( made as string[] ) ].sort() );
		// Nor is it found again, by an activation.
		await wp.evaluate( 'SlashImage\\Library::begin(); SlashImage\\Library::index( 10 );' );
		expect( ( await ( await site() ).rows() ).map( ( { cause } ) => cause ) ).toEqual( [ '', '' ] );
	} );

	it( 'of an image that a worker has under way are files that come meanwhile, and nothing twice', async () => {
		const { service, wp } = await site();
		await connect();
		service.setFault( 'slow', { delayMs: 2500 } );
		const id = await uploadPicture( await noise( 400, 300 ), 'meanwhile.jpg' );
		await until( () => service.requests.length > 0 );
		const made = await wp.evaluate( `
			require_once ABSPATH . 'wp-admin/includes/image.php';
			$meta = wp_get_attachment_metadata( ${ id } ); $file = get_attached_file( ${ id } );
			_wp_make_subsizes( [ 'late' => [ 'width' => 77, 'height' => 77, 'crop' => true ] ], $file, $meta, ${ id } );
			return hash_file( 'sha256', str_replace( '.jpg', '-77x77.jpg', $file ) );` );
		service.setFault( 'none' );
		// It waits for whoever adds files to be done.
		const [ row ] = await until( ( rows ) => rows[ 0 ]?.state === 'waiting' );
		expect( Number( row?.due_at ) - Date.now() / 1000 ).toBeGreaterThan( 30 );
		await wp.evaluate( `$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET due_at = 1' );` );
		await go();
		await done();
		const sent = service.files.map( ( { hash } ) => hash );
		expect( sent ).toContain( made );
		expect( new Set( sent ).size ).toBe( sent.length );
		// What the other request wrote down meanwhile is still there.
		const sizes = await wp.evaluate( `return array_keys( wp_get_attachment_metadata( ${ id } )['sizes'] );` );
		expect( sizes ).toContain( 'late' );
		expect( sent ).toHaveLength( ( sizes as string[] ).length + 1 );
	} );

	it( 'of an image in the trash is nothing, whoever asks for all', async () => {
		const { service, wp, admin, rows } = await site();
		const id = await uploadPicture( await noise( 400, 300 ), 'in-the-trash.jpg' );
		await wp.evaluate(
			`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'failed', cause = 'write_failed'" ); wp_trash_post( ${ id } );`
		);
		await connect();
		await admin.rest( 'POST', '/images/retry' );
		expect( await done() ).toMatchObject( [ { state: 'not_optimized', cause: 'trashed' } ] );
		expect( ( await admin.rest( 'POST', '/images/optimize' ) ).body ).toMatchObject( {
			waiting: 0,
			not_optimized: 0,
		} );
		expect( service.files ).toEqual( [] );
		await wp.evaluate( `wp_untrash_post( ${ id } );` );
		expect( await done() ).toMatchObject( [ { state: 'optimized' } ] );
		expect( ( await rows() )[ 0 ] ).toMatchObject( { state: 'optimized' } );
	} );
} );
