import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { noise } from './photos.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/** Seconds for which an upload waits whose sizes never come. */
const LONGEST = 900;

beforeAll( async () => {
	// When the image is due while its sizes are being made, as seconds from then. The sandbox's address is none at which
	// WordPress has the browser make them.
	await addMuPlugin(
		'uploads',
		`add_filter( 'wp_generate_attachment_metadata', function ( $metadata, $id ) {
			$GLOBALS['wpdb']->query( "UPDATE {$GLOBALS['wpdb']->options} SET option_value = CONCAT( option_value, ' ', " . ( (int) SlashImage\\Queue::rows( [ $id ] )[ $id ]->due_at - time() ) . ") WHERE option_name = 'test_due'" );
			return $metadata;
		}, 500, 2 );
		add_filter( 'wp_client_side_media_processing_enabled', '__return_true' );
		add_filter( 'big_image_size_threshold', fn( $side ) => $side ? 1000 : $side, 1 );
		add_filter( 'intermediate_image_sizes_advanced', function ( $sizes ) {
			if ( get_option( 'test_dies' ) ) {
				delete_option( 'test_dies' );
				http_response_code( 500 );
				exit;
			}
			return $sizes;
		} );`
	);
} );
afterAll( () => removeMuPlugin( 'uploads' ) );
beforeEach( async () => {
	const { wp, reset } = await site();
	await reset();
	await wp.evaluate( `delete_option( 'test_due' ); delete_option( 'test_dies' ); add_option( 'test_due', '' );` );
} );

/** When the image was due while each set of its sizes was made, in seconds from then. */
const dueMeanwhile = async () => {
	const text = ( await (
		await site()
	).wp.evaluate( `
		wp_cache_flush(); return get_option( 'test_due' );` ) ) as string;
	return text.split( ' ' ).filter( Boolean ).map( Number );
};

/** The images' rows, and in how many seconds each is due. */
const due = async () =>
	( await ( await site() ).rows() ).map( ( { cause, due_at: at } ) => ( {
		cause,
		inSeconds: Number( at ) - Math.floor( Date.now() / 1000 ),
	} ) );

/** What there is of each image at the end, by checksum. `original_image` is not among it. */
const contents = async () =>
	( await (
		await site()
	).wp.evaluate( `
		$hashes = [];
		foreach ( get_posts( [ 'post_type' => 'attachment', 'post_status' => 'inherit', 'numberposts' => -1 ] ) as $post ) {
			$main = get_attached_file( $post->ID );
			foreach ( array_unique( array_merge( [ basename( $main ) ], array_column( wp_get_attachment_metadata( $post->ID )['sizes'] ?? [], 'file' ) ) ) as $name ) { $hashes[] = hash_file( 'sha256', dirname( $main ) . "/$name" ); }
		}
		sort( $hashes ); return $hashes;` ) ) as string[];

/** The checksum of the file WordPress keeps as the upload, if it is another one than the image; null: it is the same. */
const uploaded = async () =>
	( await site() ).wp.evaluate( `
		$id = get_posts( [ 'post_type' => 'attachment', 'post_status' => 'inherit', 'fields' => 'ids' ] )[0];
		$file = wp_get_original_image_path( $id ); return $file === get_attached_file( $id ) ? null : hash_file( 'sha256', $file );` );

/** Connects, and lets everything be optimized: the service gets what there is, once, and nothing else. */
async function isSentWhole(): Promise< void > {
	const { service, wp } = await site();
	const whole = await contents();
	const original = await uploaded();
	await connect();
	await wp.evaluate( 'SlashImage\\Schedule::next();' );
	await until( ( rows ) => rows.length > 0 && rows.every( ( { state } ) => state === 'optimized' ) );
	expect( service.files.map( ( { hash } ) => hash ).sort() ).toEqual( whole );
	expect( await uploaded() ).toBe( original );
}

/** While its sizes are made it is not due; when the request that made them is over, it is. */
async function cameWhole(): Promise< void > {
	const meanwhile = await dueMeanwhile();
	expect( meanwhile.length ).toBeGreaterThan( 0 );
	expect( Math.min( ...meanwhile ) ).toBeGreaterThan( LONGEST - 60 );
	const rows = await due();
	expect( rows ).toMatchObject( [ { cause: '' } ] );
	expect( rows[ 0 ]?.inSeconds ).toBeLessThanOrEqual( 0 );
	await isSentWhole();
	expect( await ( await site() ).log() ).toBe( '' );
}

const picture = async ( width = 1400, height = 900 ) => noise( width, height );

const asFile = ( bytes: Buffer ) => new Blob( [ new Uint8Array( bytes ) ], { type: 'image/jpeg' } );

const form = ( fields: Record< string, string >, name: string, bytes: Buffer, file: string ) => {
	const data = new FormData();
	Object.entries( fields ).forEach( ( [ key, value ] ) => data.append( key, value ) );
	data.append( name, asFile( bytes ), file );
	return data;
};

/** A request as the administrator. */
async function send( path: string, body: BodyInit, headers: Record< string, string > = {} ): Promise< Response > {
	const { wp, admin } = await site();
	return fetch( wp.url + path, { method: 'POST', headers: { cookie: admin.cookie, ...headers }, body } );
}

const nonce = async ( page: string, pattern: RegExp ) => {
	const html = await ( await site() ).admin.page( page );
	return pattern.exec( html )?.[ 1 ] ?? '';
};

const restNonce = () => nonce( '/wp-admin/admin-ajax.php?action=rest-nonce', /^(\w+)$/ );

const uploadNonce = () => nonce( '/wp-admin/media-new.php', /name="_wpnonce" value="(\w+)"/ );

/** A request of REST with a file. Answers the answer's body. */
async function rest( path: string, fields: Record< string, string >, bytes: Buffer, file: string ) {
	const answer = await send( `/wp-json/wp/v2${ path }`, form( fields, 'file', bytes, file ), {
		'X-WP-Nonce': await restNonce(),
	} );
	const body = ( await answer.json() ) as Record< string, unknown > & { id: number };
	expect( { path, status: answer.status, body }.status, JSON.stringify( body ) ).toBeLessThan( 300 );
	return body;
}

const finalize = async ( id: number, subSizes: unknown[] ) => {
	const answer = await send( `/wp-json/wp/v2/media/${ id }/finalize`, JSON.stringify( { sub_sizes: subSizes } ), {
		'X-WP-Nonce': await restNonce(),
		'Content-Type': 'application/json',
	} );
	expect( answer.status, await answer.text() ).toBe( 200 );
};

/** As the block editor does: the file alone, then each size, the one of a size for all to see among them. */
async function byBrowser( id: number ): Promise< unknown[] > {
	return [
		await rest(
			`/media/${ id }/sideload`,
			{ image_size: 'thumbnail' },
			await picture( 150, 150 ),
			'browser-150x150.jpg'
		),
		await rest(
			`/media/${ id }/sideload`,
			{ image_size: 'medium' },
			await picture( 300, 193 ),
			'browser-300x193.jpg'
		),
		await rest(
			`/media/${ id }/sideload`,
			{ image_size: 'scaled' },
			await picture( 1000, 643 ),
			'browser-scaled.jpg'
		),
	];
}

describe.runIf( native )( 'an upload is due when it is complete, and sent whole:', () => {
	it( "the administration's", async () => {
		const answer = await send(
			'/wp-admin/async-upload.php',
			form(
				{ action: 'upload-attachment', _wpnonce: await uploadNonce() },
				'async-upload',
				await picture(),
				'async.jpg'
			)
		);
		expect( answer.status ).toBe( 200 );
		await cameWhole();
	} );

	it( "the administration's, whose sizes are made by a second request as the first one died", async () => {
		const { wp } = await site();
		await wp.evaluate( `update_option( 'test_dies', 1 );` );
		const id = { name: 'async-dies.jpg', _wpnonce: await uploadNonce() };
		const answer = await send(
			'/wp-admin/async-upload.php',
			form( { action: 'upload-attachment', ...id }, 'async-upload', await picture(), id.name )
		);
		expect( answer.status ).toBe( 500 );
		expect( ( await due() )[ 0 ]?.inSeconds ).toBeGreaterThan( LONGEST - 60 );
		await send(
			'/wp-admin/admin-ajax.php',
			new URLSearchParams( {
				action: 'media-create-image-subsizes',
				attachment_id: answer.headers.get( 'x-wp-upload-attachment-id' ) ?? '',
				_wpnonce: id._wpnonce,
			} )
		);
		await cameWhole();
	} );

	it( 'over REST', async () => {
		await rest( '/media', {}, await picture(), 'rest.jpg' );
		await cameWhole();
	} );

	it( 'over XML-RPC', async () => {
		const { wp } = await site();
		const value = ( type: string, text: string ) =>
			`<param><value><${ type }>${ text }</${ type }></value></param>`;
		const member = ( name: string, type: string, text: string ) =>
			`<member><name>${ name }</name><value><${ type }>${ text }</${ type }></value></member>`;
		const bits = ( await picture() ).toString( 'base64' );
		const struct = `<param><value><struct>${ member( 'name', 'string', 'xml-rpc.jpg' ) }${ member( 'type', 'string', 'image/jpeg' ) }${ member( 'bits', 'base64', bits ) }</struct></value></param>`;
		const answer = await send(
			'/xmlrpc.php',
			`<?xml version="1.0"?><methodCall><methodName>wp.uploadFile</methodName><params>${ value( 'int', '1' ) }${ value( 'string', 'admin' ) }${ value( 'string', wp.adminPassword ) }${ struct }</params></methodCall>`,
			{ 'Content-Type': 'text/xml' }
		);
		expect( await answer.text() ).not.toContain( 'fault' );
		await cameWhole();
	} );

	it( 'from the command line', async () => {
		const { wp } = await site();
		const root = ( await wp.evaluate( 'return ABSPATH;' ) ) as string;
		const code = `
			define( 'WP_USE_THEMES', false ); $_SERVER['HTTP_HOST'] = '${ new URL( wp.url ).host }'; require '${ root }wp-load.php';
			require_once ABSPATH . 'wp-admin/includes/admin.php';
			$copy = wp_tempnam(); file_put_contents( $copy, base64_decode( stream_get_contents( STDIN ) ) );
			media_handle_sideload( [ 'name' => 'command-line.jpg', 'tmp_name' => $copy ], 0 );`;
		const running = promisify( execFile )( 'php', [ '-r', code ] );
		running.child.stdin?.end( ( await picture() ).toString( 'base64' ) );
		await running;
		await cameWhole();
	} );

	it( "an importer's, of a file that is there, its sizes made by a later request", async () => {
		const { wp } = await site();
		const bytes = ( await picture() ).toString( 'base64' );
		const id = ( await wp.evaluate( `
			$file = wp_upload_dir()['path'] . '/imported.jpg'; file_put_contents( $file, base64_decode( '${ bytes }' ) );
			return wp_insert_attachment( [ 'post_title' => 'x', 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit' ], $file );` ) ) as number;
		expect( ( await due() )[ 0 ]?.inSeconds ).toBeGreaterThan( LONGEST - 60 );
		await wp.evaluate( `
			require_once ABSPATH . 'wp-admin/includes/image.php';
			wp_update_attachment_metadata( ${ id }, wp_generate_attachment_metadata( ${ id }, get_attached_file( ${ id } ) ) );` );
		await cameWhole();
	} );

	it( 'one whose sizes the browser makes, once it has said so', async () => {
		const { id } = await rest( '/media', { generate_sub_sizes: 'false' }, await picture(), 'browser.jpg' );
		const subSizes = await byBrowser( id );
		expect( await due() ).toMatchObject( [ { cause: 'uploading' } ] );
		expect( ( await due() )[ 0 ]?.inSeconds ).toBeGreaterThan( LONGEST - 60 );
		await finalize( id, subSizes );
		await cameWhole();
		expect( await uploaded() ).not.toBe( null );
	} );

	it( 'one from an address, whose sizes the browser makes', async () => {
		const { wp } = await site();
		const bytes = ( await picture() ).toString( 'base64' );
		await wp.evaluate( `file_put_contents( ABSPATH . 'elsewhere.jpg', base64_decode( '${ bytes }' ) );` );
		const answer = await send(
			'/wp-json/wp/v2/media',
			JSON.stringify( { url: `${ wp.url }/elsewhere.jpg`, generate_sub_sizes: false } ),
			{ 'X-WP-Nonce': await restNonce(), 'Content-Type': 'application/json' }
		);
		const { id } = ( await answer.json() ) as { id: number };
		expect( answer.status ).toBe( 201 );
		expect( ( await due() )[ 0 ]?.inSeconds ).toBeGreaterThan( LONGEST - 60 );
		await finalize( id, await byBrowser( id ) );
		await wp.evaluate( `unlink( ABSPATH . 'elsewhere.jpg' );` );
		await cameWhole();
	} );
} );

describe.runIf( native )( 'an upload that is never complete', () => {
	it( 'is due after a quarter of an hour, by itself; what comes later is sent alone', async () => {
		const { wp, service } = await site();
		await connect();
		const { id } = await rest( '/media', { generate_sub_sizes: 'false' }, await picture(), 'closed.jpg' );
		const planned = ( await wp.evaluate( `return wp_next_scheduled( 'slashimage_work' ) - time();` ) ) as number;
		expect( planned ).toBeGreaterThan( LONGEST - 60 );
		expect( planned ).toBeLessThanOrEqual( LONGEST );
		await wp.evaluate( `
			$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET due_at = due_at - ${ LONGEST }' );
			do_action( 'slashimage_work' );` );
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
		expect( service.files ).toHaveLength( 1 );
		await finalize( id, [
			await rest(
				`/media/${ id }/sideload`,
				{ image_size: 'thumbnail' },
				await picture( 150, 150 ),
				'closed-150x150.jpg'
			),
		] );
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' && service.files.length === 2 );
	} );

	it( 'is not due before because the connection came meanwhile', async () => {
		await rest( '/media', { generate_sub_sizes: 'false' }, await picture(), 'meanwhile.jpg' );
		await connect();
		expect( ( await due() )[ 0 ]?.inSeconds ).toBeGreaterThan( LONGEST - 60 );
	} );

	it( 'does not hold up another one', async () => {
		const { rows } = await site();
		await rest( '/media', { generate_sub_sizes: 'false' }, await picture(), 'first.jpg' );
		await rest( '/media', {}, await picture(), 'second.jpg' );
		expect( ( await rows() ).map( ( { cause } ) => cause ) ).toEqual( [ 'uploading', '' ] );
	} );
} );

describe.runIf( native )( 'an attachment that gets the file of another', () => {
	it( 'is no upload, whichever comes first: the attachment or its file', async () => {
		const { wp, rows } = await site();
		const { id } = await rest( '/media', {}, await picture(), 'shared.jpg' );
		await wp.evaluate( `
			SlashImage\\Queue::stop();
			$post = [ 'post_title' => 'x', 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit' ];
			wp_insert_attachment( $post, get_attached_file( ${ id } ) );
			update_post_meta( wp_insert_attachment( $post ), '_wp_attached_file', get_post_meta( ${ id }, '_wp_attached_file', true ) );` );
		expect( ( await rows() ).map( ( { state, cause } ) => [ state, cause ] ) ).toEqual( [
			[ 'not_optimized', 'stopped' ],
			[ 'not_optimized', '' ],
			[ 'not_optimized', '' ],
		] );
	} );
} );
