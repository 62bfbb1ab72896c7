import { beforeEach, describe, expect, it } from 'vitest';
import { place } from './images.ts';
import { person } from './people.ts';
import { backups, connect, files, states, until } from './queue.ts';
import { site } from './site.ts';
import type { Visitor } from './visitor.ts';

// A request takes WebAssembly a second.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

const act = async ( action: string, id: number ) =>
	( await site() ).admin.rest( 'POST', `/images/${ id }/${ action }` );

const optimized = () => until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );

/** Photos that were there before anybody asked for them. */
const unasked = async ( count: number ) => {
	const { upload, wp } = await site();
	const ids = await upload( count );
	await wp.evaluate(
		`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'not_optimized'" );`
	);
	return ids;
};

/** A photo that is optimized, its files as they were before, and what they cost. */
const done = async () => {
	const { upload, service } = await site();
	const [ id = 0 ] = await upload( 1 );
	const before = ( await files( [ id ] ) ) as Record< string, string >;
	const { used } = service.credits;
	await connect();
	await optimized();
	return { id, before, cost: service.credits.used - used };
};

/** What WordPress has on record of an image's files, what they are, and what the plugin notes of them. */
const record = async ( id: number ) =>
	( await site() ).wp.evaluate(
		`$main = get_attached_file( ${ id } ); $meta = wp_get_attachment_metadata( ${ id } ); $files = [ basename( $main ) => $meta['filesize'] ] + array_column( $meta['sizes'], 'filesize', 'file' );
		return [ 'recorded' => $files, 'real' => array_combine( array_keys( $files ), array_map( fn( $name ) => filesize( dirname( $main ) . "/$name" ), array_keys( $files ) ) ), 'note' => get_post_meta( ${ id }, '_slashimage', true ) ];`
	) as Promise< { recorded: unknown; real: unknown; note: { files: Record< string, unknown > } | '' } >;

/** PHP that finds the original that is kept of a file. */
const backupOf = ( file: string ) =>
	`SlashImage\\Files\\Record::find( ${ file }, hash_file( 'sha256', ${ file } ) )->backup()`;

const mainFile = async ( id: number ) =>
	( await ( await site() ).wp.evaluate( `return basename( get_attached_file( ${ id } ) );` ) ) as string;

/** Does a bulk action with the list's own form. Answers where it leads. */
const bulk = async ( who: Visitor, action: string, ids: number[] ) => {
	const { wp } = await site();
	const html = await who.page( '/wp-admin/upload.php?mode=list' );
	const field = ( name: string ) => new RegExp( `name="${ name }" value="([^"]*)"` ).exec( html )?.[ 1 ] ?? '';
	const form = new URLSearchParams( {
		_wpnonce: field( '_wpnonce' ),
		_wp_http_referer: field( '_wp_http_referer' ).replaceAll( '&amp;', '&' ),
		action: `slashimage_${ action }`,
	} );
	ids.forEach( ( id ) => form.append( 'media[]', String( id ) ) );
	const answer = await fetch( `${ wp.url }/wp-admin/upload.php?${ form }`, {
		headers: { cookie: who.cookie },
		redirect: 'manual',
	} );
	expect( answer.status ).toBe( 302 );
	return new URL( answer.headers.get( 'location' ) ?? '', `${ wp.url }/wp-admin/` );
};

const told = ( { searchParams }: URL ) =>
	[ 'slashimage_done', 'slashimage_changed', 'slashimage_unchanged' ].map( ( name ) => searchParams.get( name ) );

beforeEach( async () => ( await site() ).reset() );

describe( 'Optimize', () => {
	it.runIf( native )( 'has an image optimized that nobody asked for, once', async () => {
		const [ id = 0 ] = await unasked( 1 );
		await connect();
		expect( states( await ( await site() ).work() ) ).toEqual( [ [ 'not_optimized', '' ] ] );
		expect( await act( 'optimize', id ) ).toMatchObject( { status: 200, body: { id, cause: null, files: [] } } );
		await optimized();
		expect( await act( 'optimize', id ) ).toMatchObject( { status: 409, body: { code: 'image_not_open' } } );
	} );

	it( 'has an image optimized that has no row yet, and nothing that is no image', async () => {
		const { rows } = await site();
		const [ image = 0, pdf = 0, svg = 0 ] = await place( [
			{},
			{ mime: 'application/pdf' },
			{ mime: 'image/svg+xml' },
		] );
		expect( await act( 'optimize', image ) ).toMatchObject( { status: 200, body: { state: 'waiting' } } );
		expect( await act( 'optimize', pdf ) ).toMatchObject( { status: 400, body: { code: 'not_an_image' } } );
		expect( await act( 'optimize', svg ) ).toMatchObject( { status: 409, body: { code: 'image_not_open' } } );
		expect( states( await rows() ) ).toEqual( [
			[ 'waiting', '' ],
			[ 'unsupported', 'type_not_supported' ],
		] );
	} );
} );

describe.runIf( native )( 'Retry', () => {
	it( 'has a failed image tried again, and only that', async () => {
		const { upload, wp } = await site();
		const [ id = 0 ] = await upload( 1 );
		await wp.evaluate(
			`$file = get_attached_file( ${ id } ); copy( $file, "$file.away" ); file_put_contents( $file, 'not an image' );`
		);
		await connect();
		// Its sizes are done.
		await until( ( rows ) => rows[ 0 ]?.state === 'partly_optimized' );
		await wp.evaluate( `$file = get_attached_file( ${ id } ); rename( "$file.away", $file );` );
		expect( await act( 'optimize', id ) ).toMatchObject( { status: 409, body: { code: 'image_not_open' } } );
		expect( await act( 'retry', id ) ).toMatchObject( { status: 200, body: { id, cause: null } } );
		await optimized();
		expect( await act( 'retry', id ) ).toMatchObject( { status: 409, body: { code: 'image_not_failed' } } );
	} );

	it( 'has all the failed images tried again at once', async () => {
		const { admin } = await site();
		await place( [ { state: 'failed', cause: 'write_failed' }, { state: 'failed' }, { state: 'not_optimized' } ] );
		expect( ( await admin.rest( 'POST', '/images/retry' ) ).body ).toMatchObject( {
			failed: 0,
			waiting: 2,
			not_optimized: 1,
		} );
	} );
} );

describe( 'Restore', () => {
	it( 'puts the originals back byte for byte, and leaves no trace', async () => {
		const { service, work } = await site();
		const { id, before } = await done();
		expect( await files( [ id ] ) ).not.toEqual( before );
		service.forgetRequests();
		expect( await act( 'restore', id ) ).toMatchObject( {
			status: 200,
			body: { id, state: 'not_optimized', cause: 'restored', bytes_before: 0, bytes_after: 0, files: [] },
		} );
		expect( await files( [ id ] ) ).toEqual( before );
		expect( await backups() ).toEqual( [] );
		const { recorded, real, note } = await record( id );
		expect( recorded ).toEqual( real );
		expect( note ).toBe( '' );
		expect( states( await work() ) ).toEqual( [ [ 'not_optimized', 'restored' ] ] );
		expect( service.requests ).toEqual( [] );
		expect( await act( 'restore', id ) ).toMatchObject( { status: 409, body: { code: 'image_not_optimized' } } );
	} );

	it.runIf( native )( 'can be followed by Optimize, which pays for the files that were put back', async () => {
		const { service, wp, log } = await site();
		const { id, before, cost } = await done();
		// One original is gone: that file stays optimized.
		const lost = await mainFile( id );
		const first = ( await files( [ id ] ) ) as Record< string, string >;
		await wp.evaluate( `$file = get_attached_file( ${ id } ); unlink( ${ backupOf( '$file' ) } );` );
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( { ...before, [ lost ]: first[ lost ] } );
		const { used } = service.credits;
		// A person asks for them again.
		service.forgetRequests();
		await act( 'optimize', id );
		await optimized();
		expect( service.credits.used - used ).toBe( cost - 1 );
		expect( await files( [ id ] ) ).toEqual( first );
		const { recorded, real } = await record( id );
		expect( recorded ).toEqual( real );
		expect( await log() ).toBe( '' );
	} );

	it.runIf( native )( 'changes nothing where the originals are gone', async () => {
		const { wp, rows } = await site();
		const { id } = await done();
		const known = [ await rows(), await files( [ id ] ), await record( id ) ];
		await wp.evaluate(
			`$main = get_attached_file( ${ id } ); foreach ( array_merge( [ basename( $main ) ], array_column( wp_get_attachment_metadata( ${ id } )['sizes'], 'file' ) ) as $name ) { $file = dirname( $main ) . "/$name"; $backup = ${ backupOf( '$file' ) }; $backup && unlink( $backup ); }`
		);
		expect( await act( 'restore', id ) ).toMatchObject( { status: 409, body: { code: 'original_missing' } } );
		expect( [ await rows(), await files( [ id ] ), await record( id ) ] ).toEqual( known );
	} );

	it.runIf( native )( 'leaves a file alone that somebody has replaced since', async () => {
		const { wp } = await site();
		const { id, before } = await done();
		const main = await mainFile( id );
		const theirs = await wp.evaluate(
			`$file = get_attached_file( ${ id } ); file_put_contents( $file, file_get_contents( $file ) . 'theirs' ); return md5_file( $file );`
		);
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( { ...before, [ main ]: theirs } );
		expect( Object.keys( ( await backups() ) as object ) ).toEqual( [ main ] );
	} );

	it.runIf( native )( 'has nothing to do with an image a worker has just begun with', async () => {
		const { service, upload, rows } = await site();
		await connect();
		service.setFault( 'slow', { delayMs: 3000 } );
		const [ id = 0 ] = await upload( 1 );
		const [ claimed ] = await until( ( now ) => now[ 0 ]?.state === 'optimizing' );
		expect( await act( 'restore', id ) ).toMatchObject( { status: 409, body: { code: 'image_busy' } } );
		// Still that worker's; it may have noted meanwhile that it sent a file.
		expect( await rows() ).toMatchObject( [ { state: 'optimizing', lease: claimed?.lease } ] );
		await optimized();
	} );

	it.runIf( native )( 'needs no connection', async () => {
		const { admin } = await site();
		const { id, before } = await done();
		await admin.rest( 'POST', '/connection/disconnect' );
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( before );
	} );
} );

// WebAssembly knows no permissions of files.
describe.runIf( native )( 'Restore, where the folder can not be written to', () => {
	const allow = async ( id: number, mode: string ) =>
		( await site() ).wp.evaluate( `return chmod( dirname( get_attached_file( ${ id } ) ), ${ mode } );` );

	it( 'says so and loses nothing', async () => {
		const { rows, log } = await site();
		const { id, before } = await done();
		const known = [ await rows(), await files( [ id ] ), await backups(), await record( id ) ];
		await allow( id, '0555' );
		try {
			expect( await act( 'restore', id ) ).toMatchObject( { status: 500, body: { code: 'restore_failed' } } );
			expect( [ await rows(), await files( [ id ] ), await backups(), await record( id ) ] ).toEqual( known );
		} finally {
			await allow( id, '0755' );
		}
		expect( ( await act( 'restore', id ) ).status ).toBe( 200 );
		expect( await files( [ id ] ) ).toEqual( before );
		expect( await log() ).toBe( '' );
	} );
} );

describe( 'a bulk action', () => {
	it( 'does what it can, and tells in the address what it came to, once', async () => {
		const { admin, rows } = await site();
		const ids = await place( [ { state: 'not_optimized' }, { state: 'not_optimized' }, { state: 'optimized' } ] );
		const to = await bulk( admin, 'optimize', [ ...ids, 999999 ] );
		expect( told( to ) ).toEqual( [ 'optimize', '2', '2' ] );
		expect( to.pathname ).toBe( '/wp-admin/upload.php' );
		expect( states( await rows() ) ).toEqual( [
			[ 'waiting', '' ],
			[ 'waiting', '' ],
			[ 'optimized', '' ],
		] );
		const html = await admin.page( to.pathname + to.search );
		expect( html ).toContain( '"done":{"action":"optimize","changed":2,"unchanged":2}' );
		// What the next action would come back to.
		expect( /name="_wp_http_referer" value="([^"]*)"/.exec( html )?.[ 1 ] ).not.toContain( 'slashimage_' );
	} );

	it.runIf( native )( 'tries failed images again, and restores optimized ones', async () => {
		const { admin } = await site();
		const { id, before } = await done();
		const [ failed = 0 ] = await place( [ { state: 'failed', cause: 'write_failed' } ] );
		expect( told( await bulk( admin, 'retry', [ id, failed ] ) ) ).toEqual( [ 'retry', '1', '1' ] );
		expect( told( await bulk( admin, 'restore', [ id ] ) ) ).toEqual( [ 'restore', '1', '0' ] );
		expect( await files( [ id ] ) ).toEqual( before );
	} );

	it.runIf( native )( "leaves another's images alone", async () => {
		const { rows } = await site();
		const author = await person( 'author' );
		const [ , own ] = await place( [ { state: 'not_optimized' }, { state: 'not_optimized', author: 'author' } ] );
		const all = ( await rows() ).map( ( row ) => Number( row.attachment_id ) );
		expect( told( await bulk( author, 'optimize', all ) ) ).toEqual( [ 'optimize', '1', '1' ] );
		const waiting = ( await rows() ).filter( ( { state } ) => state === 'waiting' );
		expect( waiting.map( ( row ) => Number( row.attachment_id ) ) ).toEqual( [ own ] );
	} );

	it.runIf( native )( 'is not done without the nonce', async () => {
		const { admin, wp, rows } = await site();
		const [ id ] = await place( [ { state: 'not_optimized' } ] );
		const answer = await fetch( `${ wp.url }/wp-admin/upload.php?action=slashimage_optimize&media[]=${ id }`, {
			headers: { cookie: admin.cookie },
		} );
		expect( answer.status ).toBe( 403 );
		expect( states( await rows() ) ).toEqual( [ [ 'not_optimized', '' ] ] );
	} );
} );
