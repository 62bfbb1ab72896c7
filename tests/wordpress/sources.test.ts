import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPhpFpm } from '../../sandbox/native/find.ts';
import { startNativeWordPress } from '../../sandbox/native/wordpress.ts';
import { startService, type Service } from '../../sandbox/service/server.ts';
import { wordpressFiles } from '../../sandbox/wordpress/files.ts';
import type { WordPress } from '../../sandbox/wordpress/playground.ts';
import { buildFolder } from '../../tools/paths.ts';
import { live } from '../validation/vectors.ts';
import { planned, visit } from './clock.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';
import { visitor, type Visitor } from './visitor.ts';

// In WebAssembly a request takes half a second, and these make hundreds.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];

const settings = '/wp-admin/upload.php?page=slashimage';
const fingerprint = ( key: string ) => `${ key.slice( 0, 8 ).replace( /[^_]*$/, '' ) }…${ key.slice( -4 ) }`;

interface Shown {
	state: string;
	outcome: string | null;
	key: { source: string; name: string | null; fingerprint: string; settable: boolean; others: object[] };
}

type At = { wp: WordPress; admin: Visitor };

/** What the settings screen says. */
const shown = async ( at?: At ) =>
	( await ( at ?? ( await site() ) ).admin.rest( 'GET', '/connection' ) ).body as unknown as Shown;

/** Sets the constant for all requests from now on; null takes it away. */
const constant = async ( value: string | null, at?: At ) => {
	await addMuPlugin( 'key', define, at );
	const text = Buffer.from( JSON.stringify( value ) ).toString( 'base64' );
	const { wp } = at ?? ( await site() );
	await wp.evaluate(
		`$key = json_decode( base64_decode( '${ text }' ) ); is_string( $key ) ? update_option( 'test_constant', $key, false ) : delete_option( 'test_constant' );`
	);
};

// Read from the database: PHP may keep an earlier version of a changed file for seconds.
const define = `
$key = get_option( 'test_constant' );
if ( is_string( $key ) ) {
	define( 'SLASHIMAGE_API_KEY', $key );
}`;

/** Lets the settings screen ask again, which it does once in ten minutes. */
const mayAsk = async ( at?: At ) => ( at ?? ( await site() ) ).wp.evaluate( `delete_transient( 'slashimage_asked' );` );

const keysSent = ( service: Service ) => [
	...new Set( service.requests.map( ( { authorization } ) => authorization?.replace( 'Bearer ', '' ) ) ),
];

beforeEach( async () => {
	await constant( null );
	await ( await site() ).reset();
	await mayAsk();
} );
afterEach( () => constant( null ) );
afterAll( () => removeMuPlugin( 'key' ) );

describe.runIf( native )( 'a constant', () => {
	it( 'stands before the stored key, which is named as not used', async () => {
		const { service } = await site();
		const own = await connect();
		const key = service.issueKey();
		await constant( ` "${ key }"\n` );
		expect( await shown() ).toMatchObject( {
			state: 'connected',
			key: {
				source: 'constant',
				name: 'SLASHIMAGE_API_KEY',
				fingerprint: fingerprint( key ),
				settable: false,
				others: [ { source: 'database', name: null, fingerprint: fingerprint( own ) } ],
			},
		} );
		expect( keysSent( service ) ).toEqual( [ key ] );
	} );

	it( 'that says the same as the stored key is no disagreement', async () => {
		const key = await connect();
		await constant( key );
		expect( ( await shown() ).key ).toMatchObject( { source: 'constant', others: [] } );
	} );

	it( 'that is empty is as good as none', async () => {
		const key = await connect();
		await constant( '' );
		expect( await shown() ).toMatchObject( {
			state: 'connected',
			key: { source: 'database', fingerprint: fingerprint( key ), settable: true, others: [] },
		} );
	} );

	it.each( [
		[ 'cut off', live.slice( 0, -4 ) ],
		[ 'blank', '   ' ],
		[ 'nonsense', '$key' ],
	] )( 'that is %s needs reconnecting, and nothing else is sent in its place', async ( _, value ) => {
		const { service, upload, admin, rows } = await site();
		await connect();
		await constant( value );
		expect( await shown() ).toMatchObject( {
			state: 'reconnect',
			outcome: 'key_malformed',
			key: { source: 'constant', fingerprint: '', settable: false },
		} );
		await upload( 1 );
		await visit();
		await admin.rest( 'POST', '/connection/check' );
		await admin.page( settings );
		expect( await rows() ).toMatchObject( [ { state: 'waiting' } ] );
		expect( service.requests ).toEqual( [] );
	} );

	it( 'that is refused needs reconnecting, and nothing else is sent in its place', async () => {
		const { service, upload, wp } = await site();
		await connect();
		await constant( live );
		expect( await shown() ).toMatchObject( {
			state: 'reconnect',
			outcome: 'invalid_key',
			key: { source: 'constant', fingerprint: fingerprint( live ) },
		} );
		await upload( 1 );
		await wp.evaluate( 'SlashImage\\Worker::run( 5 ); SlashImage\\Schedule::check();' );
		expect( keysSent( service ) ).toEqual( [ live ] );
	} );

	it( 'can neither be replaced nor disconnected on the screen', async () => {
		const { service, admin } = await site();
		await constant( service.issueKey() );
		await shown();
		const answers = [
			await admin.rest( 'POST', '/connection', { key: service.issueKey() } ),
			await admin.rest( 'POST', '/connection/disconnect' ),
		];
		expect( answers ).toMatchObject( [
			{ status: 409, body: { code: 'key_managed' } },
			{ status: 409, body: { code: 'key_managed' } },
		] );
	} );
} );

describe.runIf( native )( 'a constant that comes, changes and goes', () => {
	it( 'is the key sent at each step exactly while the screen names it', async () => {
		const { service } = await site();
		const own = await connect();
		const first = service.issueKey();
		const second = service.issueKey();
		for ( const [ value, used ] of [
			[ first, first ],
			[ second, second ],
			[ live, live ],
			[ null, own ],
			[ second, second ],
			[ '', own ],
		] as const ) {
			await mayAsk();
			service.forgetRequests();
			await constant( value );
			const { state, key } = await shown();
			expect( [ state, key.fingerprint ] ).toEqual( [
				used === live ? 'reconnect' : 'connected',
				fingerprint( used ),
			] );
			await ( await site() ).wp.evaluate( 'SlashImage\\Worker::run( 5 ); SlashImage\\Schedule::check();' );
			expect( keysSent( service ) ).toEqual( [ used ] );
		}
	} );

	it( 'is found by a visitor, with nobody at the screen, and the queue goes on with it', async () => {
		const { service, upload, wp } = await site();
		await upload( 1 );
		const key = service.issueKey();
		await constant( key );
		await visit();
		await until( ( now ) => now.every( ( { state } ) => state === 'optimized' ) );
		expect( keysSent( service ) ).toEqual( [ key ] );

		// Gone again, and there is no other.
		service.forgetRequests();
		await constant( null );
		await visit();
		expect( await shown() ).toMatchObject( { state: 'disconnected', key: { source: 'none', fingerprint: '' } } );
		await wp.evaluate( 'SlashImage\\Worker::run( 5 ); SlashImage\\Schedule::check();' );
		expect( service.requests ).toEqual( [] );
	} );

	it( 'is asked about by an image that comes before anybody looks', async () => {
		const { service, upload, wp } = await site();
		await connect();
		const key = service.issueKey();
		await constant( key );
		await upload( 1 );
		await wp.evaluate( 'SlashImage\\Worker::run( 5 );' );
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		expect( keysSent( service ) ).toEqual( [ key ] );
	} );
} );

describe.runIf( native )( 'a changed key and a service that hangs', () => {
	afterEach( async () => ( await site() ).service.setFault( 'none' ) );

	it( 'hold the settings screen up for 5 s, once in ten minutes, and the background asks until it knows', async () => {
		const { service, admin } = await site();
		service.setFault( 'slow', { delayMs: 16_000 } );
		await constant( service.issueKey() );
		const timed = async () => {
			const before = Date.now();
			await admin.page( settings );
			return Date.now() - before;
		};
		const first = await timed();
		expect( first ).toBeGreaterThan( 4500 );
		expect( first ).toBeLessThan( 8000 );
		expect( service.requests ).toHaveLength( 1 );
		expect( await planned( 'slashimage_check' ) ).toBeLessThanOrEqual( 0 );
		expect( await timed() ).toBeLessThan( 3000 );
		const key = service.issueKey();
		await constant( key );
		expect( await timed() ).toBeLessThan( 3000 );
		expect( service.requests ).toHaveLength( 1 );
		expect( await shown() ).toMatchObject( { state: 'unchecked', key: { fingerprint: fingerprint( key ) } } );
		service.setFault( 'none' );
		service.forgetRequests();
		await visit();
		expect( await shown() ).toMatchObject( { state: 'connected' } );
		expect( keysSent( service ) ).toEqual( [ key ] );
	} );
} );

describe.runIf( native )( 'an environment variable', () => {
	let at: At & { service: Service; inEnvironment: string };
	let folder: string;
	beforeAll( async () => {
		folder = await mkdtemp( join( tmpdir(), 'wordpress-env-' ) );
		const service = await startService();
		const inEnvironment = service.issueKey();
		const wp = await startNativeWordPress( {
			files: await wordpressFiles( { version: process.env[ 'WORDPRESS_VERSION' ] ?? '7.1', say: () => {} } ),
			plugin: buildFolder,
			site: folder,
			serviceUrl: service.url,
			constants: { DISABLE_WP_CRON: true },
			env: { SLASHIMAGE_API_KEY: inEnvironment },
		} );
		at = { wp, service, inEnvironment, admin: await visitor( wp.url, 'admin', wp.adminPassword ) };
	} );
	afterAll( async () => {
		await at.wp.close();
		await at.service.close();
		await rm( folder, { recursive: true, force: true } );
	} );
	beforeEach( async () => {
		await constant( null, at );
		await mayAsk( at );
		at.service.forgetRequests();
	} );

	it( 'stands before a constant, and that before the stored key', async () => {
		const inConstant = at.service.issueKey();
		const own = at.service.issueKey();
		await constant( inConstant, at );
		await at.wp.evaluate( `SlashImage\\Key_Store::write( '${ own }' );` );
		expect( await shown( at ) ).toMatchObject( {
			state: 'connected',
			key: {
				source: 'env',
				name: 'SLASHIMAGE_API_KEY',
				fingerprint: fingerprint( at.inEnvironment ),
				settable: false,
				others: [
					{ source: 'constant', name: 'SLASHIMAGE_API_KEY', fingerprint: fingerprint( inConstant ) },
					{ source: 'database', name: null, fingerprint: fingerprint( own ) },
				],
			},
		} );
		expect( keysSent( at.service ) ).toEqual( [ at.inEnvironment ] );
	} );

	it( 'that is refused lets no constant in', async () => {
		at.service.setBlocked( at.inEnvironment, [ '127.0.0.1' ] );
		await constant( at.service.issueKey(), at );
		await at.wp.evaluate( 'SlashImage\\Schedule::check();' );
		expect( await shown( at ) ).toMatchObject( { state: 'reconnect', key: { source: 'env' } } );
		expect( keysSent( at.service ) ).toEqual( [ at.inEnvironment ] );
		at.service.setBlocked( at.inEnvironment, [] );
	} );

	it( 'that is emptied or malformed: the constant, or none', async () => {
		const inConstant = at.service.issueKey();
		const env = ( value: string ) => addMuPlugin( 'environment', `putenv( 'SLASHIMAGE_API_KEY=${ value }' );`, at );
		await constant( inConstant, at );
		await env( '' );
		expect( await shown( at ) ).toMatchObject( { state: 'connected', key: { source: 'constant' } } );
		expect( keysSent( at.service ) ).toEqual( [ inConstant ] );
		at.service.forgetRequests();
		await env( 'sk_live_123' );
		expect( await shown( at ) ).toMatchObject( {
			state: 'reconnect',
			outcome: 'key_malformed',
			key: { source: 'env', fingerprint: '', others: [ { source: 'constant' }, { source: 'database' } ] },
		} );
		await at.wp.evaluate( 'SlashImage\\Worker::run( 5 ); SlashImage\\Schedule::check();' );
		expect( at.service.requests ).toEqual( [] );
		await removeMuPlugin( 'environment', at );
	} );

	it( 'that the command line does not see takes nothing down when WP-Cron runs there', async () => {
		expect( await shown( at ) ).toMatchObject( { state: 'connected', key: { source: 'env' } } );
		at.service.forgetRequests();
		const said = await at.wp.evaluate(
			`SlashImage\\Schedule::clear(); SlashImage\\Schedule::check_soon();
			return shell_exec( 'cd ' . ABSPATH . ' && env -u SLASHIMAGE_API_KEY ${ findPhpFpm()?.cli } wp-cron.php 2>&1' );`
		);
		expect( said ).toBeNull();
		expect( await shown( at ) ).toMatchObject( { state: 'connected', key: { source: 'env' } } );
		expect( at.service.requests ).toEqual( [] );
		// It did run.
		expect( await at.wp.evaluate( `return wp_next_scheduled( 'slashimage_check' ) > time();` ) ).toBe( true );
	} );
} );
