import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectionSchema } from '../../src/validation/schemas.ts';
import { fieldSentences } from '../../src/validation/sentences.ts';
import type { Fault } from '../../sandbox/service/server.ts';
import { site } from './site.ts';
import { live } from '../validation/vectors.ts';

beforeEach( async ( { task } ) => {
	if ( task.suite?.name !== 'a service that can not be reached' ) {
		await ( await site() ).reset();
	}
} );

/** Everything a failed attempt must leave alone. */
const stored = async () =>
	( await site() ).wp.evaluate( 'return [ get_option( "slashimage_key" ), get_option( "slashimage_connection" ) ];' );

const connected = async () => {
	const { admin, service } = await site();
	const key = service.issueKey();
	expect( ( await admin.rest( 'POST', '/connection', { key } ) ).status ).toBe( 200 );
	service.forgetRequests();
	return key;
};

// What the service or something in its way does, and what a person is told was seen.
const misbehaviours: readonly ( readonly [ Fault, string, number ] )[] = [
	[ 'captive_portal', 'html', 200 ],
	[ 'empty', 'empty', 200 ],
	[ 'redirect', 'redirect', 302 ],
	[ 'html_401', 'html', 401 ],
	[ 'html_403', 'html', 403 ],
	[ 'truncated', 'broken_off', 0 ],
	[ 'huge', 'too_long', 0 ],
	[ 'error_500', 'json', 500 ],
	[ 'busy_503', 'json', 503 ],
	[ 'rate_429', 'json', 429 ],
	// PHP as WebAssembly does not tell why a connection failed.
	[ 'refuse_connections', process.env[ 'SLASHIMAGE_NATIVE' ] ? 'refused' : 'none', 0 ],
];

describe( 'a service that can not be reached', () => {
	let another: string;
	let before: unknown;
	beforeAll( async () => {
		const { reset, service } = await site();
		await reset();
		await connected();
		another = service.issueKey();
		before = await stored();
	} );

	it.each( misbehaviours )( '%s: says so and what was seen, and changes nothing', async ( fault, kind, status ) => {
		const { admin, service } = await site();
		service.setFault( fault );
		const expected = {
			status: 424,
			body: { message: fieldSentences.unreachable, data: { seen: { kind, status } } },
		};
		expect( await admin.rest( 'POST', '/connection', { key: another } ) ).toMatchObject( expected );
		expect( await admin.rest( 'POST', '/connection/check' ) ).toMatchObject( expected );
		expect( await stored() ).toEqual( before );
		expect( service.redirectedRequests ).toEqual( [] );
	} );
} );

describe( 'POST /connection', () => {
	it( 'says what is wrong with the shape, asks nobody and stores nothing', async () => {
		const { admin, service } = await site();
		const before = await stored();
		const answer = await admin.rest( 'POST', '/connection', { key: live.slice( 0, -4 ) } );
		expect( answer ).toMatchObject( {
			status: 400,
			body: { code: 'key_cut_off', message: fieldSentences.malformed },
		} );
		expect( service.requests ).toEqual( [] );
		expect( await stored() ).toEqual( before );
	} );

	it.each( [
		[ 'missing', {} ],
		[ 'a number', { key: 7 } ],
		[ 'an array', { key: [ live ] } ],
		[ 'null', { key: null } ],
		[ 'a novel', { key: 'a'.repeat( 2001 ) } ],
	] )( 'answers 400 with a code to a key that is %s', async ( _, body ) => {
		const { admin, service } = await site();
		const answer = await admin.rest( 'POST', '/connection', body );
		expect( answer ).toMatchObject( { status: 400, body: { code: expect.stringMatching( /^rest_/ ) } } );
		expect( service.requests ).toEqual( [] );
	} );

	it( 'leaves the stored key alone when the new one is refused', async () => {
		const { admin } = await site();
		await connected();
		const before = await stored();
		const answer = await admin.rest( 'POST', '/connection', { key: live } );
		expect( answer ).toMatchObject( {
			status: 422,
			body: { code: 'invalid_key', message: fieldSentences.refused },
		} );
		expect( await stored() ).toEqual( before );
	} );

	it( 'refuses a key that is locked to other domains, which the key check alone would accept', async () => {
		const { admin, service } = await site();
		const key = service.issueKey( { domains: [ 'example.com' ] } );
		const answer = await admin.rest( 'POST', '/connection', { key } );
		expect( answer ).toMatchObject( {
			status: 422,
			body: { code: 'domain_not_allowed', message: fieldSentences.refused },
		} );
		expect( ( await stored() ) as unknown[] ).toMatchObject( [ false, { state: 'disconnected' } ] );
	} );

	it( 'takes a wrapped key, and answers with the complete state without the key', async () => {
		const { admin, service } = await site();
		const key = service.issueKey();
		const answer = await admin.rest( 'POST', '/connection', { key: ` "Bearer ${ key.toUpperCase() }"\n` } );
		expect( connectionSchema.parse( answer.body ) ).toMatchObject( {
			state: 'connected',
			key: { source: 'database', fingerprint: `sk_sub_…${ key.slice( -4 ) }` },
			plan: { limit: 200, used: 5, remaining: 195 },
			domain: '127.0.0.1',
		} );
		expect( answer.text ).not.toContain( key.slice( 7, 40 ) );
		expect(
			service.requests.map( ( { path, origin, authorization } ) => [ path, origin, authorization ] )
		).toEqual( [
			[ '/v1/keys/me', 'http://127.0.0.1', `Bearer ${ key }` ],
			[ '/v1/optimize', 'http://127.0.0.1', `Bearer ${ key }` ],
		] );
	} );

	it( 'costs no credit', async () => {
		const { service } = await site();
		await connected();
		expect( service.credits.used ).toBe( 5 );
	} );
} );

describe( 'POST /connection/check', () => {
	it( 'answers 409 where there is no key', async () => {
		const { admin } = await site();
		expect( await admin.rest( 'POST', '/connection/check' ) ).toMatchObject( {
			status: 409,
			body: { code: 'disconnected' },
		} );
	} );

	it( 'finds a deleted key, and finds it accepted again', async () => {
		const { admin, service } = await site();
		const key = service.issueKey();
		await admin.rest( 'POST', '/connection', { key } );
		service.setBlocked( key, [ '127.0.0.1' ] );
		expect( ( await admin.rest( 'POST', '/connection/check' ) ).body ).toMatchObject( {
			state: 'reconnect',
			reason: 'domain',
			outcome: 'domain_blocked',
		} );
		service.setBlocked( key, [] );
		expect( ( await admin.rest( 'POST', '/connection/check' ) ).body ).toMatchObject( {
			state: 'connected',
			reason: null,
		} );
		service.deleteKey( key );
		expect( ( await admin.rest( 'POST', '/connection/check' ) ).body ).toMatchObject( {
			state: 'reconnect',
			reason: 'key',
			key: { fingerprint: `sk_sub_…${ key.slice( -4 ) }` },
		} );
	} );
} );

describe( 'POST /connection/disconnect', () => {
	it( 'forgets the key', async () => {
		const { admin } = await site();
		await connected();
		expect( ( await admin.rest( 'POST', '/connection/disconnect' ) ).body ).toMatchObject( {
			state: 'disconnected',
			key: { source: 'none', fingerprint: '' },
		} );
		expect( ( ( await stored() ) as unknown[] )[ 0 ] ).toBe( false );
	} );
} );

describe( 'the stored key', () => {
	it( 'is nowhere in the database in clear', async () => {
		const { wp } = await site();
		const key = await connected();
		const dump = await wp.evaluate(
			'global $wpdb; return array_map( fn( $t ) => $wpdb->get_results( "SELECT * FROM $t" ), [ $wpdb->options, $wpdb->usermeta, $wpdb->postmeta ] );'
		);
		const text = JSON.stringify( dump );
		for ( const form of [ key, Buffer.from( key ).toString( 'base64' ).slice( 4, -6 ), key.slice( 10, 30 ) ] ) {
			expect( text ).not.toContain( form );
		}
	} );

	it( 'needs reconnecting when the salts change, and is not sent anywhere', async () => {
		const { wp, service } = await site();
		await connected();
		const state = await wp.evaluate(
			'add_filter( "salt", fn() => "another" ); SlashImage\\Check::run( 5 ); return SlashImage\\Connection::get();'
		);
		expect( state ).toMatchObject( { state: 'reconnect', reason: 'key', outcome: 'key_unreadable' } );
		expect( service.requests ).toEqual( [] );
	} );

	it( 'is never sent over plain http to another host', async () => {
		const { wp } = await site();
		const answers = await wp.evaluate(
			`$sent = []; add_filter( 'pre_http_request', function ( $answer, $args, $url ) use ( &$sent ) { $sent[] = $url; return $answer; }, 0, 3 );
			$refuse = new ReflectionMethod( 'SlashImage\\Service', 'not_allowed' ); $refuse->setAccessible( true );
			return [ array_map( fn( $url ) => $refuse->invoke( null, $url )->outcome ?? null, [ 'http://api.slashimage.com/v1', 'http://localhost.evil.example/', 'ftp://127.0.0.1/', 'https://api.slashimage.com/v1', 'http://localhost:1/', 'http://[::1]:1/' ] ), $sent ];`
		);
		expect( answers ).toEqual( [
			[ 'insecure_address', 'insecure_address', 'insecure_address', null, null, null ],
			[],
		] );
	} );
} );
