import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/service/server.ts';
import { connect, files, states, until } from './queue.ts';
import { askedAgain, site } from './site.ts';

beforeEach( async ( { task } ) => {
	if ( task.suite?.name !== 'an outage' ) {
		await ( await site() ).reset();
	}
} );

describe( 'an outage', () => {
	let waiting: number[];
	let untouched: unknown;
	beforeAll( async () => {
		const { reset, service, upload } = await site();
		await reset();
		waiting = await upload( 1 );
		untouched = await files( waiting );
		service.setFault( 'error_500' );
		await (
			await site()
		).wp.evaluate(
			`SlashImage\\Connection::connect( SlashImage\\Key_Store::write( '${ service.issueKey() }' ), 'accepted', null );`
		);
		await until( ( now ) => now[ 0 ]?.cause === 'server_error' );
	} );

	const outages: readonly ( readonly [ Fault, string ] )[] = [
		[ 'captive_portal', 'unexpected' ],
		[ 'empty', 'unexpected' ],
		[ 'redirect', 'redirected' ],
		[ 'html_401', 'unexpected' ],
		[ 'html_403', 'unexpected' ],
		[ 'truncated', 'no_answer' ],
		[ 'huge', 'no_answer' ],
		[ 'error_500', 'server_error' ],
		[ 'busy_503', 'service_busy' ],
		[ 'rate_429', 'credit_limit_reached' ],
		[ 'refuse_connections', 'no_answer' ],
	];

	it.each( outages )(
		'%s: the image waits, the site stays connected, the file is untouched',
		async ( fault, cause ) => {
			const { service, work, admin, wp } = await site();
			const [ id ] = waiting;
			service.setFault( fault );
			// Nobody is woken by this, so that ours is the only worker.
			await wp.evaluate(
				`add_filter( 'pre_http_request', '__return_true' ); SlashImage\\Connection::apply( 'optimized', SlashImage\\Key_Store::current() ); SlashImage\\Queue::add( ${ id }, 'waiting' );`
			);
			// Shorter than the huge answer takes.
			expect( states( await work( `add_filter( 'slashimage_optimize_timeout', fn() => 3 );` ) ) ).toEqual( [
				[ 'waiting', cause ],
			] );
			expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( {
				state: 'connected',
				hold: { outcome: cause },
			} );
			expect( await files( waiting ) ).toEqual( untouched );
			expect( service.redirectedRequests ).toEqual( [] );
		}
	);

	it( 'goes on as soon as a check finds the service well again', async () => {
		const { service, admin } = await site();
		service.setFault( 'none' );
		await admin.rest( 'POST', '/connection/check' );
		await until( ( now ) => now[ 0 ]?.state === 'optimized' );
	} );
} );

describe( 'a service that answers with the wrong thing', () => {
	it.each( [
		[ 'broken_image', 'result_broken' ],
		[ 'wrong_type', 'broken_type' ],
		[ 'cut_off', 'broken_incomplete' ],
		[ 'half', 'broken_look' ],
		[ 'white', 'broken_look' ],
		[ 'turned', 'broken_look' ],
		[ 'larger', 'result_larger' ],
	] as const )(
		'%s: the original stays byte for byte, the image says why, and can be tried again',
		async ( fault, cause ) => {
			const { service, upload, admin } = await site();
			const ids = await upload( 1 );
			const before = await files( ids );
			service.setFault( fault );
			await connect();
			const rows = await until( ( now ) => now[ 0 ]?.state === 'failed' );
			expect( rows[ 0 ]?.cause ).toBe( cause );
			expect( await files( ids ) ).toEqual( before );
			service.setFault( 'none' );
			await askedAgain();
			expect( await admin.rest( 'POST', `/images/${ ids[ 0 ] }/retry` ) ).toMatchObject( {
				status: 200,
				body: { id: ids[ 0 ], state: 'waiting' },
			} );
			await until( ( now ) => now[ 0 ]?.state === 'optimized' );
		}
	);

	it( 'holds the queue when the credits are gone, and goes on when a check finds some', async () => {
		const { service, upload, admin } = await site();
		await connect();
		service.setCredits( { limit: 5, used: 5 } );
		await upload( 2 );
		const rows = await until( ( now ) => now.some( ( { cause } ) => cause !== '' ) );
		expect( states( rows ) ).toEqual( [
			[ 'waiting', 'monthly_limit_reached' ],
			[ 'waiting', '' ],
		] );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( {
			state: 'connected',
			plan: { remaining: 0 },
			hold: { outcome: 'monthly_limit_reached' },
		} );
		service.setCredits( { limit: 200, used: 5 } );
		await admin.rest( 'POST', '/connection/check' );
		await until( ( now ) => now.every( ( { state } ) => state === 'optimized' ) );
	} );
} );
