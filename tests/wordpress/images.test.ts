import { beforeEach, describe, expect, it } from 'vitest';
import { place } from './images.ts';
import { measuredRest } from './measured.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';

// A request takes WebAssembly a second.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

const hold = async ( outcome: string, seconds: number ) =>
	( await site() ).wp.evaluate(
		`update_option( 'slashimage_connection', [ 'holds' => [ SlashImage\\Decisions::get( 'outcomes', '${ outcome }', 'hold' ) => [ 'outcome' => '${ outcome }', 'since' => time(), 'until' => time() + ${ seconds }, 'tries' => 1 ] ] ] + SlashImage\\Connection::get() );`
	);

const refuse = async ( key: string ) => {
	const { admin, service } = await site();
	service.deleteKey( key );
	await admin.rest( 'POST', '/connection/check' );
};

/** State and sentence of each, as the list of images says it. */
const said = async ( ids: number[] ) => {
	const { body } = await ( await site() ).admin.rest( 'GET', `/images?ids=${ ids.join( ',' ) }` );
	return ( body[ 'images' ] as { state: string; sentence: string }[] ).map( ( { state, sentence } ) => [
		state,
		sentence,
	] );
};

beforeEach( async () => ( await site() ).reset() );

describe( 'a list of images', () => {
	it( 'tells the images in the order asked for, and what is new besides', async () => {
		const { admin } = await site();
		const [ waiting = 0, failed = 0, bare = 0 ] = await place( [
			{ state: 'waiting' },
			{ state: 'failed', cause: 'write_failed' },
			{},
		] );
		const answer = await admin.rest( 'GET', `/images?ids=${ failed },${ bare },${ waiting }` );
		const bytes = { bytes_before: 0, bytes_after: 0 };
		expect( answer ).toMatchObject( { status: 200 } );
		expect( answer.body ).toEqual( {
			revision: expect.any( Number ),
			images: [
				{
					id: failed,
					state: 'failed',
					cause: 'write_failed',
					sentence: expect.stringContaining( 'could not be optimized' ) as string,
					...bytes,
				},
				{ id: bare, state: 'not_optimized', cause: null, sentence: '', ...bytes },
				{ id: waiting, state: 'waiting', cause: null, sentence: '', ...bytes },
			],
			connection: 'disconnected',
			notice: null,
			bubble: null,
		} );
	} );

	it.runIf( native )( 'tells of a refusal, and shows what waits in its light', async () => {
		const { admin } = await site();
		const key = await connect();
		const ids = await place( [ { state: 'waiting' }, { state: 'waiting', cause: 'invalid_key' } ] );
		await refuse( key );
		expect( await said( ids ) ).toEqual( [
			[ 'paused', '' ],
			[ 'refused', '' ],
		] );
		expect( ( await admin.rest( 'GET', `/images?ids=${ ids[ 0 ] }` ) ).body ).toMatchObject( {
			connection: 'reconnect',
			notice: 'key_refused',
			bubble: { text: '!', label: 'Reconnect needed' },
		} );
		expect( ( await admin.rest( 'GET', '/notice' ) ).body ).toEqual( {
			revision: expect.any( Number ),
			connection: 'reconnect',
			notice: 'key_refused',
			bubble: { text: '!', label: 'Reconnect needed' },
		} );
		await admin.rest( 'POST', '/notice', { notice: 'key_refused' } );
		expect( ( await admin.rest( 'GET', '/notice' ) ).body ).toMatchObject( {
			connection: 'reconnect',
			notice: null,
		} );
	} );

	it.runIf( native )( 'takes one query for all the rows and one for the posts, of a hundred as of one', async () => {
		const ids = await place( Array.from( { length: 100 }, () => ( { state: 'waiting' } ) ) );
		await measuredRest( `/images?ids=${ ids[ 0 ] }` );
		const one = await measuredRest( `/images?ids=${ ids[ 0 ] }` );
		const all = await measuredRest( `/images?ids=${ ids.join( ',' ) }` );
		expect( all.body[ 'images' ] ).toHaveLength( 100 );
		expect( all.queries ).toHaveLength( one.queries.length );
		expect( all.queries.filter( ( sql ) => ids.every( ( id ) => sql.includes( String( id ) ) ) ) ).toHaveLength(
			2
		);
	} );

	it.runIf( native )( 'keeps markup in a cause data, in REST and in the page', async () => {
		const { admin } = await site();
		const cause = '<script>alert(1)</script>';
		const ids = await place( [ { state: 'failed', cause } ] );
		const { body, text } = await admin.rest( 'GET', `/images?ids=${ ids[ 0 ] }` );
		expect( body[ 'images' ] ).toMatchObject( [
			{ cause, sentence: expect.stringMatching( /^It could not be/ ) as string },
		] );
		expect( JSON.parse( text ) ).toEqual( body );
		const html = await admin.page( '/wp-admin/upload.php?mode=list' );
		expect( html ).toContain( 'alert(1)' );
		expect( html ).not.toContain( cause );
	} );
} );

describe.runIf( native )( 'the sentence', () => {
	const waits = [
		{ state: 'waiting', cause: 'no_answer' },
		{ state: 'waiting', cause: 'invalid_key' },
		{ state: 'waiting' },
	];

	it( 'says why an image waits; not of a refusal that is over', async () => {
		await connect();
		const ids = await place( waits );
		expect( await said( ids ) ).toEqual( [
			[ 'waiting', expect.stringMatching( /^The service did not answer/ ) ],
			[ 'waiting', '' ],
			[ 'waiting', '' ],
		] );
	} );

	it( 'is the same for all that wait while the service is waited for', async () => {
		await connect();
		const ids = await place( [ ...waits, { state: 'waiting', cause: 'monthly_limit_reached' } ] );
		await hold( 'service_busy', 60 );
		const busy = [ 'waiting', expect.stringMatching( /^The service is busy/ ) as string ];
		const empty = [ 'out_of_credits', expect.stringMatching( /^No credits left/ ) as string ];
		expect( await said( ids ) ).toEqual( [ busy, busy, busy, empty ] );
		await hold( 'service_busy', -60 );
		expect( ( await said( ids ) )[ 2 ] ).toEqual( [ 'waiting', '' ] );
	} );

	it( 'says why an image failed, also when nothing is known of it, and what is not supported', async () => {
		const ids = await place( [
			{ state: 'failed', cause: 'result_larger' },
			{ state: 'failed', cause: 'from_the_future' },
			{ state: 'failed' },
			{ state: 'unsupported', cause: 'type_not_supported' },
			{ state: 'optimized' },
			{ state: 'not_optimized' },
		] );
		expect( await said( ids ) ).toEqual( [
			[ 'failed', expect.stringMatching( /^The optimized file was not smaller/ ) ],
			[ 'failed', expect.stringMatching( /^It could not be optimized/ ) ],
			[ 'failed', expect.stringMatching( /^It could not be optimized/ ) ],
			[ 'unsupported', "SlashImage can't optimize this type of file." ],
			[ 'optimized', '' ],
			[ 'not_optimized', '' ],
		] );
	} );

	it( 'says what a refusal by the domain is about', async () => {
		const { admin, service } = await site();
		const key = await connect();
		const ids = await place( [ { state: 'waiting', cause: 'domain_blocked' } ] );
		service.setBlocked( key, [ '127.0.0.1' ] );
		await admin.rest( 'POST', '/connection/check' );
		expect( await said( ids ) ).toEqual( [ [ 'refused', 'This domain is on the block list of the key.' ] ] );
	} );
} );

describe( 'one image', () => {
	it( "is told with its files: WordPress's names of their sizes, and bytes", async () => {
		const { admin, upload, wp } = await site();
		await connect();
		const [ id = 0 ] = await upload( 1 );
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
		const { body } = await admin.rest( 'GET', `/images/${ id }` );
		const files = body[ 'files' ] as { size: string; before: number; after: number }[];
		const known = ( await wp.evaluate(
			`$meta = wp_get_attachment_metadata( ${ id } ); $folder = dirname( get_attached_file( ${ id } ) ); $sizes = [ 'full' => filesize( get_attached_file( ${ id } ) ) ];
			foreach ( $meta['sizes'] as $name => $size ) { $sizes[ $name ] = filesize( "$folder/{$size['file']}" ); }
			return $sizes;`
		) ) as Record< string, number >;
		expect( Object.fromEntries( files.map( ( { size, after } ) => [ size, after ] ) ) ).toEqual( known );
		const sum = ( when: 'before' | 'after' ) => files.reduce( ( total, file ) => total + file[ when ], 0 );
		expect( body ).toMatchObject( {
			id,
			state: 'optimized',
			cause: null,
			sentence: '',
			bytes_before: sum( 'before' ),
			bytes_after: sum( 'after' ),
		} );
	} );

	it.runIf( native )( 'has no files while nothing is known of any, and is told without a row', async () => {
		const { admin } = await site();
		const [ id ] = await place( [ {} ] );
		expect( ( await admin.rest( 'GET', `/images/${ id }` ) ).body ).toEqual( {
			id,
			state: 'not_optimized',
			cause: null,
			sentence: '',
			bytes_before: 0,
			bytes_after: 0,
			files: [],
		} );
	} );
} );

describe( 'the counts', () => {
	it( 'count each state, those nobody asked for too, and how fast it goes', async () => {
		const { admin, wp } = await site();
		const ids = await place( [
			{ state: 'not_optimized' },
			{ state: 'not_optimized' },
			{ state: 'waiting' },
			{ state: 'optimizing' },
			{ state: 'failed' },
			{ state: 'unsupported' },
			{ state: 'optimized' },
			{ state: 'optimized' },
			{ state: 'optimized' },
		] );
		// Two done in the last minutes, one long ago.
		await wp.evaluate(
			`foreach ( [ 10, 100, 4000 ] as $number => $ago ) { $GLOBALS['wpdb']->update( SlashImage\\Queue::table(), [ 'due_at' => time() - $ago, 'bytes_before' => 100, 'bytes_after' => 60 ], [ 'attachment_id' => [ ${ ids.slice( 6 ) } ][ $number ] ] ); }`
		);
		const { body } = await admin.rest( 'GET', '/images/summary' );
		expect( body ).toEqual( {
			revision: expect.any( Number ),
			silent: false,
			not_optimized: 2,
			waiting: 1,
			optimizing: 1,
			optimized: 3,
			failed: 1,
			unsupported: 1,
			elsewhere: 0,
			partly_optimized: 0,
			bytes_before: 300,
			bytes_after: 180,
			pace: { images: 2, seconds: expect.closeTo( 100, -1 ) as number },
		} );
	} );

	it.runIf( native )( 'know of no pace where nothing was done', async () => {
		const { admin } = await site();
		expect( ( await admin.rest( 'GET', '/images/summary' ) ).body ).toMatchObject( {
			pace: { images: 0, seconds: 0 },
		} );
	} );

	it.runIf( native )( 'take the pace from the moment an image was done', async () => {
		const { admin, upload } = await site();
		await connect();
		await upload( 1 );
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
		const { body } = await admin.rest( 'GET', '/images/summary' );
		expect( body[ 'pace' ] ).toEqual( { images: 1, seconds: expect.closeTo( 0, -1 ) as number } );
	} );
} );
