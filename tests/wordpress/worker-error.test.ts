import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostSentences } from '../../src/validation/host-sentences.ts';
import { examine, finding } from './doctor.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { ownSite, type OwnSite } from './own-site.ts';
import { noise, uploadPicture } from './photos.ts';
import { connect, until } from './queue.ts';
import { site, uploadPhotos } from './site.ts';

// An error of PHP in the worker is nobody's image's fault.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

afterEach( () => removeMuPlugin( 'breaks' ) );

describe.runIf( native )( 'an error of another plugin in the worker', () => {
	it.each( [
		[
			'throws',
			`add_filter( 'slashimage_preserve_metadata', function () { throw new Exception( 'out of luck' ); } );`,
			'out of luck',
		],
		[
			'takes no argument',
			`add_filter( 'slashimage_preserve_metadata', fn( int $a, string $b, string $c ) => true, 10, 1 );`,
			'Too few arguments',
		],
		[
			'calls what is not there',
			`add_filter( 'slashimage_preserve_metadata', fn() => missing_function() );`,
			'undefined function',
		],
	] )( 'that %s holds the queue, is found by the checks, and costs no attempt', async ( _, code, words ) => {
		const { rows, admin, wp, service } = await site();
		await connect();
		await addMuPlugin( 'breaks', code );
		const id = await uploadPicture( await noise( 120, 90 ), `broken-${ Date.now() }.jpg` );
		await uploadPicture( await noise( 120, 90 ), `neighbour-${ Date.now() }.jpg` );
		await wp.evaluate( `SlashImage\\Schedule::next();` );
		await expect
			.poll( async () => ( await admin.rest( 'GET', '/connection' ) ).body[ 'hold' ], { timeout: 15_000 } )
			.toMatchObject( { reason: 'error', sentence: hostSentences.worker_error } );
		expect( await rows() ).toMatchObject( [
			{ state: 'waiting', claims: '0', tries: '0', lease: '' },
			{ state: 'waiting', claims: '0', tries: '0', lease: '' },
		] );
		expect( service.files ).toEqual( [] );
		const results = await examine( admin );
		const found = finding( results, 'hold_error' );
		expect( JSON.stringify( found ) ).toContain( 'breaks.php' );
		expect( JSON.stringify( found ) ).toContain( words );
		await removeMuPlugin( 'breaks' );
		await wp.evaluate( `
			$state = SlashImage\\Connection::fresh(); $state['holds']['error']['until'] = time() - 1; update_option( 'slashimage_connection', $state );
			SlashImage\\Schedule::next();` );
		await until( ( now ) => now.every( ( { state } ) => state === 'optimized' ) );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( { hold: null } );
		expect( id ).toBeGreaterThan( 0 );
	} );
} );

describe.runIf( native )( 'a host that takes functions away', () => {
	let own: OwnSite;

	afterEach( () => own.close() );

	it( 'of cURL: files are sent one at a time, and the checks name the function', async () => {
		own = await ownSite( { ini: { disable_functions: 'curl_multi_exec' } } );
		const { wp, admin, service } = own;
		expect( await wp.evaluate( `return function_exists( 'curl_multi_exec' );` ) ).toBe( false );
		expect( ( await admin.rest( 'POST', '/connection', { key: service.issueKey() } ) ).status ).toBe( 200 );
		await wp.evaluate( `$count = 1; ${ uploadPhotos }` );
		await expect
			.poll( () => wp.evaluate( `return SlashImage\\Queue::summary()['optimized'];` ), { timeout: 30_000 } )
			.toBe( 1 );
		expect( service.files.length ).toBeGreaterThan( 1 );
		expect( JSON.stringify( finding( await examine( admin ), 'curl_function' ) ) ).toContain( 'curl_multi_exec' );
	} );

	it( 'all of them: the queue is held, no image fails, and the checks say what is missing', async () => {
		own = await ownSite( { ini: { disable_functions: 'curl_init,curl_exec,fsockopen' } } );
		const { wp, admin, service } = own;
		// It was connected before the host did that.
		await wp.evaluate( `
			SlashImage\\Connection::connect( SlashImage\\Key_Store::write( '${ service.issueKey() }' ), 'accepted', null );
			$count = 1; ${ uploadPhotos }` );
		await wp.evaluate( `SlashImage\\Worker::run( 10 );` );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( { hold: { reason: 'error' } } );
		expect( await wp.evaluate( `return SlashImage\\Queue::summary();` ) ).toMatchObject( {
			waiting: 1,
			failed: 0,
		} );
		expect( finding( await examine( admin ), 'no_transport' ).advice ).toContain( 'cURL' );
	} );
} );
