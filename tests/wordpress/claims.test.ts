import { beforeEach, describe, expect, it } from 'vitest';
import { standingSentences } from '../../src/validation/sentences.ts';
import { place } from './images.ts';
import { noise, uploadNoise } from './photos.ts';
import { connect, files, states, until } from './queue.ts';
import { site, type Row } from './site.ts';

// Locks between processes, and requests that go on while another one comes.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

const go = async () => ( await site() ).wp.evaluate( 'SlashImage\\Schedule::next();' );

const atRest = ( rows: Row[] ) => rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) );

const pause = ( ms: number ) => new Promise( ( resolve ) => setTimeout( resolve, ms ) );

/** Uploads before there is a key, then connects to a slow service and waits until a worker is at an image. */
async function underWay( count: number, delayMs = 2500 ) {
	const { service, admin } = await site();
	// Of six files each: more than go side by side.
	const ids = await uploadNoise( count, 1700, 900 );
	const before = await files( ids );
	await connect();
	service.setFault( 'slow', { delayMs } );
	await go();
	await until( ( rows ) => rows.some( ( { state } ) => state === 'optimizing' ) );
	// The first group is on its way.
	await until( () => service.requests.length > 0 );
	return { ids, before, service, admin };
}

/** The worker of the request that was begun is over. */
const ended = async () => {
	const { wp } = await site();
	for ( let tries = 0; tries < 100; tries++ ) {
		const lock = await wp.evaluate(
			`return $GLOBALS['wpdb']->get_var( "SELECT option_value FROM {$GLOBALS['wpdb']->options} WHERE option_name = 'slashimage_worker.lock'" );`
		);
		if ( lock === null ) {
			return;
		}
		await pause( 100 );
	}
	throw new Error( 'The worker goes on.' );
};

describe.runIf( native )( 'a claim', () => {
	it( 'is of one image', async () => {
		const { ids } = await underWay( 3 );
		const { rows } = await site();
		expect( ( await rows() ).map( ( { state } ) => state ).sort() ).toEqual( [
			'optimizing',
			'waiting',
			'waiting',
		] );
		expect( ids ).toHaveLength( 3 );
	} );

	it( 'that is lost writes nothing any more, neither file nor row nor backup', async () => {
		const { ids, before, service } = await underWay( 1 );
		const { wp, rows } = await site();
		await wp.evaluate(
			`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET lease = 'another', due_at = due_at + 1" );`
		);
		const known = await rows();
		service.setFault( 'none' );
		await ended();
		expect( await files( ids ) ).toEqual( before );
		expect( await rows() ).toEqual( known );
		expect( service.files.length ).toBeLessThanOrEqual( 4 );
	} );

	it( 'counts an attempt of its own image only', async () => {
		await underWay( 3 );
		const { wp } = await site();
		const claims = await wp.evaluate(
			`return $GLOBALS['wpdb']->get_col( 'SELECT claims FROM ' . SlashImage\\Queue::table() . ' ORDER BY claims' );`
		);
		expect( claims ).toEqual( [ '0', '0', '1' ] );
	} );

	it( 'whose worker died is taken up by another, and what the dead one left is swept', async () => {
		const { wp, service } = await site();
		const [ id = 0 ] = await uploadNoise( 1 );
		await wp.evaluate(
			`file_put_contents( dirname( get_attached_file( ${ id } ) ) . '/${ id }-deadbeefdeadbeef-0001.slashimage-tmp', 'half' );
			$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'optimizing', lease = 'deadbeefdeadbeefdeadbeefdeadbeef', due_at = 1, claims = 1" );`
		);
		await connect();
		await go();
		await until( atRest );
		expect(
			Object.keys( ( await files( [ id ] ) ) as object ).filter( ( name ) => name.includes( 'tmp' ) )
		).toEqual( [] );
		expect( service.files.length ).toBeGreaterThan( 1 );
	} );
} );

describe.runIf( native )( 'a person', () => {
	it( 'who presses Stop has what is under way end with its group', async () => {
		const { ids, before, service, admin } = await underWay( 3 );
		await admin.rest( 'POST', '/images/stop', {} );
		const sent = service.requests.length;
		expect( sent ).toBeLessThanOrEqual( 4 );
		await ended();
		expect( service.requests ).toHaveLength( sent );
		const { rows } = await site();
		expect( states( await rows() ) ).toEqual( ids.map( () => [ 'not_optimized', 'stopped' ] ) );
		const { body } = await admin.rest( 'GET', `/images?ids=${ ids.join( ',' ) }` );
		expect( body[ 'images' ] ).toMatchObject( ids.map( () => ( { sentence: standingSentences.stopped } ) ) );
		// What was under way is paid for, in its place, and can be undone.
		expect( await files( ids ) ).not.toEqual( before );
		const done = ( await rows() ).find( ( row ) => Number( row.bytes_after ) > 0 );
		expect( ( await admin.rest( 'POST', `/images/${ done?.attachment_id }/restore`, {} ) ).status ).toBe( 200 );
		expect( await files( ids ) ).toEqual( before );
	} );

	it( 'who disconnects, too; the image waits', async () => {
		const { service, admin } = await underWay( 1 );
		await admin.rest( 'POST', '/connection/disconnect' );
		const sent = service.requests.length;
		await ended();
		expect( service.requests ).toHaveLength( sent );
		expect( states( await ( await site() ).rows() ) ).toEqual( [ [ 'waiting', '' ] ] );
	} );

	it( 'who restores an image takes it from the worker', async () => {
		const { wp, service, admin } = await site();
		const [ id = 0 ] = await uploadNoise( 1 );
		const originals = await files( [ id ] );
		await connect();
		await go();
		await until( atRest );
		// A size that was made anew is sent alone; the rest can be restored meanwhile.
		await wp.evaluate( `
			require_once ABSPATH . 'wp-admin/includes/image.php';
			$file = get_attached_file( ${ id } ); $meta = wp_get_attachment_metadata( ${ id } );
			$new = dirname( $file ) . '/new.jpg'; file_put_contents( $new, base64_decode( '${ ( await noise( 300, 300 ) ).toString( 'base64' ) }' ) );
			$meta['sizes']['new'] = [ 'file' => 'new.jpg', 'width' => 300, 'height' => 300, 'mime-type' => 'image/jpeg' ];
			update_post_meta( ${ id }, '_wp_attachment_metadata', $meta );
			SlashImage\\Queue::start( [ 'optimized' ], [ ${ id } ] );` );
		service.forgetRequests();
		service.setFault( 'slow', { delayMs: 2500 } );
		await go();
		await until( () => service.requests.length > 0 );
		expect( ( await admin.rest( 'POST', `/images/${ id }/restore`, {} ) ).status ).toBe( 200 );
		await ended();
		const now = ( await files( [ id ] ) ) as Record< string, string >;
		expect( now ).toMatchObject( originals as object );
		expect( states( await ( await site() ).rows() ) ).toEqual( [ [ 'not_optimized', 'restored' ] ] );
		expect( service.files ).toHaveLength( 1 );
	} );
} );

describe.runIf( native )( 'a lock', () => {
	it( 'is let go by its owner alone, and lives as long as it is renewed', async () => {
		const { wp } = await site();
		const result = await wp.evaluate( `
			$age = fn( $seconds ) => $GLOBALS['wpdb']->query( "UPDATE {$GLOBALS['wpdb']->options} SET option_value = CONCAT( " . ( time() - $seconds ) . ", SUBSTRING( option_value, 11 ) ) WHERE option_name = 'test.lock'" );
			$first = SlashImage\\Lock::take( 'test' );
			$out = [ SlashImage\\Lock::take( 'test' ) === null ];
			$age( 300 );
			$second = SlashImage\\Lock::take( 'test' );
			$out[] = $second !== null;
			$out[] = $first->renew();
			$first->release();
			$out[] = SlashImage\\Lock::take( 'test' ) === null;
			$age( -90000 );
			$third = SlashImage\\Lock::take( 'test' );
			$out[] = $third !== null;
			$third->release();
			$out[] = SlashImage\\Lock::take( 'test' ) !== null;
			delete_option( 'test.lock' );
			return $out;` );
		expect( result ).toEqual( [ true, true, false, true, true, true ] );
	} );
} );

describe.runIf( native )( 'one bad file', () => {
	const sum = ( id: number ) =>
		site().then(
			( { wp } ) =>
				wp.evaluate( `return hash_file( 'sha256', get_attached_file( ${ id } ) );` ) as Promise< string >
		);

	it( 'does not hold the others, and fails in the end with its reason', async () => {
		const { service, wp, admin } = await site();
		const ids = await uploadNoise( 3 );
		const bad = ids[ 0 ] ?? 0;
		service.refuseFile( await sum( bad ), 'invalid_params' );
		await connect();
		const rows = await until( ( now ) => now.filter( ( { state } ) => state === 'optimized' ).length === 2 );
		expect( rows.find( ( row ) => Number( row.attachment_id ) === bad ) ).toMatchObject( {
			state: 'waiting',
			cause: 'invalid_params',
		} );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( { state: 'connected', hold: null } );
		for ( let tries = 0; tries < 12; tries++ ) {
			await wp.evaluate(
				`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET due_at = 1 WHERE state = 'waiting'" ); SlashImage\\Worker::run( 5 );`
			);
		}
		expect( states( await ( await site() ).rows() ).filter( ( [ state ] ) => state !== 'optimized' ) ).toEqual( [
			[ 'partly_optimized', 'rejected' ],
		] );
		const came = service.files.filter( ( { status } ) => status === 400 ).length;
		expect( came ).toBe( 8 );
		// Its other files are done, and were sent once.
		const good = service.files.filter( ( { status } ) => status === 200 ).map( ( { hash } ) => hash );
		expect( new Set( good ).size ).toBe( good.length );
	} );

	it( 'that takes the service down each time holds the queue once', async () => {
		const { service, wp } = await site();
		const ids = await uploadNoise( 2 );
		const bad = ids[ 0 ] ?? 0;
		service.refuseFile( await sum( bad ), 'server_error' );
		await connect();
		await until( ( rows ) => rows.some( ( { cause } ) => cause === 'server_error' ) );
		await ended();
		const run = () =>
			wp.evaluate(
				`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET due_at = 1 WHERE state = 'waiting'" ); SlashImage\\Worker::run( 5 ); return SlashImage\\Connection::get()['holds'];`
			);
		const held = ( await run() ) as Record< string, unknown >;
		expect( Object.keys( held ) ).toEqual( [ 'service' ] );
		await wp.evaluate( `SlashImage\\Connection::lift( 'service' );` );
		await run();
		await wp.evaluate( `SlashImage\\Connection::lift( 'service' );` );
		await until( ( rows ) => rows.some( ( { state } ) => state === 'optimized' ) );
		expect( await run() ).toEqual( [] );
	} );
} );

describe.runIf( native )( 'the order', () => {
	it( 'has a click come before a new upload, and that before a backlog', async () => {
		const { wp } = await site();
		const backlog = await place( Array.from( { length: 20 }, () => ( { state: 'waiting' } ) ) );
		await wp.evaluate( `$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET due_at = 1' );` );
		const [ uploaded ] = await uploadNoise( 1 );
		await wp.evaluate(
			`$GLOBALS['wpdb']->update( SlashImage\\Queue::table(), [ 'state' => 'failed' ], [ 'attachment_id' => ${ backlog[ 7 ] } ] ); SlashImage\\Image_Action::run( 'retry', ${ backlog[ 7 ] } );`
		);
		expect(
			await wp.evaluate(
				`return [ SlashImage\\Queue\\Claim::take()->id, SlashImage\\Queue\\Claim::take()->id, SlashImage\\Queue\\Claim::take()->id ];`
			)
		).toEqual( [ backlog[ 7 ], uploaded, expect.toBeOneOf( backlog ) ] );
	} );
} );

describe.runIf( native )( 'a clock that jumped', () => {
	it( 'leaves nothing that stands in the way for ever', async () => {
		const { wp } = await site();
		await connect();
		await wp.evaluate( `SlashImage\\Connection::hold( 'disk_full' );` );
		const ids = await uploadNoise( 2 );
		await wp.evaluate( `
			global $wpdb; $far = time() + 10 * YEAR_IN_SECONDS;
			$wpdb->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET due_at = $far" );
			$wpdb->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'optimizing', lease = 'gone' WHERE attachment_id = ${ ids[ 0 ] }" );
			add_option( 'slashimage_worker.lock', "$far somebody", '', false );
			$state = SlashImage\\Connection::get(); $state['holds']['storage']['until'] = $far; update_option( 'slashimage_connection', $state );
			SlashImage\\Worker::run( 10 );` );
		expect( states( await until( atRest ) ) ).toEqual( [
			[ 'optimized', '' ],
			[ 'optimized', '' ],
		] );
	} );
} );

describe.runIf( native )( 'a run that comes to nothing', () => {
	it( 'is not begun anew at once', async () => {
		const { wp } = await site();
		await uploadNoise( 1 );
		await connect();
		const kicks = await wp.evaluate( `
			$kicks = 0;
			add_filter( 'pre_http_request', function ( $answer, $arguments, $url ) use ( &$kicks ) { $kicks += strpos( $url, 'admin-ajax.php' ) ? 1 : 0; return [ 'headers' => [], 'body' => '', 'response' => [ 'code' => 200, 'message' => '' ], 'cookies' => [], 'filename' => null ]; }, 10, 3 );
			// The database ends the query, as it does with a deadlock.
			add_filter( 'query', fn( $sql ) => strpos( $sql, "state = 'optimizing', due_at" ) ? 'SELECT nothing FROM nowhere' : $sql );
			$GLOBALS['wpdb']->suppress_errors( true );
			SlashImage\\Worker::run( 5 );
			return [ $kicks, wp_next_scheduled( 'slashimage_work' ) - time() >= 30 ];` );
		expect( kicks ).toEqual( [ 0, true ] );
	} );
} );
