import { appendFile, chmod, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startService, type Service } from '../../sandbox/service/server.ts';
import type { WordPress, WordPressOptions } from '../../sandbox/wordpress/playground.ts';
import { checks } from '../../src/validation/doctor.ts';
import { certificateAuthority, startTls } from '../support/tls.ts';
import { examine } from './doctor.ts';
import { addMuPlugin } from './mu-plugin.ts';
import { uploadPhotos, type Row } from './site.ts';
import { ownWordPress } from './own-site.ts';
import { visitor, type Visitor } from './visitor.ts';

// The two ways a request goes to the service, WordPress's own (checks) and the one for several at once (images): both
// believe the same certificates. And what other plugins may answer in its place. PHP as WebAssembly has no TLS of its own.

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';

/** The service's address, and code of the test's own, from the database: PHP may keep an earlier version of a file. */
const settable = `
define( 'SLASHIMAGE_API_URL', (string) get_option( 'test_url' ) );
eval( (string) get_option( 'test_code' ) );`;

describe.runIf( native )( 'the ways to the service', () => {
	const folders: string[] = [];
	const open: { close: () => unknown }[] = [];
	let service: Service;
	let good: string;
	let unknown: string;
	let wp: WordPress;
	let admin: Visitor;

	const start = async ( options: Partial< WordPressOptions > = {} ) => {
		const started = await ownWordPress( options );
		open.push( started );
		return started;
	};
	const set = async ( url: string, code = '' ) => {
		const text = Buffer.from( JSON.stringify( { url, code } ) ).toString( 'base64' );
		await wp.evaluate(
			`$to = json_decode( base64_decode( '${ text }' ) ); update_option( 'test_url', $to->url ); update_option( 'test_code', $to->code );`
		);
	};
	/** Uploads an image and works the queue. Returns the image's state and cause. */
	const optimize = async () => {
		await wp.evaluate(
			`$GLOBALS['wpdb']->query( 'DELETE FROM ' . SlashImage\\Queue::table() ); SlashImage\\Connection::lift( 'service' );`
		);
		const [ id ] = ( await wp.evaluate( `$count = 1;${ uploadPhotos }` ) ) as number[];
		for ( let tries = 0; tries < 40; tries++ ) {
			const rows = ( await wp.evaluate( `return SlashImage\\Queue::rows( [ ${ id } ] );` ) ) as Record<
				string,
				Row
			>;
			const row = rows[ String( id ) ];
			if (
				row &&
				( row.state === 'optimized' ||
					row.state === 'failed' ||
					( row.state === 'waiting' && /^[^u]/.test( row.cause ) ) )
			) {
				return [ row.state, row.cause ];
			}
			await new Promise( ( resolve ) => setTimeout( resolve, 300 ) );
		}
		throw new Error( 'Nobody worked.' );
	};
	const check = async () => ( await admin.rest( 'POST', '/connection/check' ) ).status;
	/** Every check of the doctor, also those it would not come to. */
	const checkAll = async () => {
		for ( const name of checks ) {
			expect( ( await admin.rest( 'POST', `/doctor/${ name }` ) ).status, name ).toBe( 200 );
		}
	};
	/** The requests that carried a key: none may go where the certificate is not believed. */
	const trusted = () => service.requests.filter( ( { authorization } ) => authorization ).length;

	beforeAll( async () => {
		service = await startService();
		open.push( service );
		for ( const certificate of [ 'good', 'unknown_authority' ] as const ) {
			const server = await startTls( { to: service.url, certificate } );
			open.push( server );
			[ good, unknown ] = certificate === 'good' ? [ server.url, '' ] : [ good, server.url ];
		}
		wp = await start();
		const { pem } = await certificateAuthority();
		// In WordPress's own list and in no other: not in the system's.
		await appendFile( join( wp.uploads, '../../wp-includes/certificates/ca-bundle.crt' ), `\n${ pem }` );
		admin = await visitor( wp.url, 'admin', wp.adminPassword );
		await addMuPlugin( '00-test', settable, { wp } );
		await set( service.url );
		expect( ( await admin.rest( 'POST', '/connection', { key: service.issueKey() } ) ).status ).toBe( 200 );
	} );

	beforeEach( async () => {
		await set( good );
		service.forgetRequests();
	} );

	afterAll( async () => {
		for ( const one of open.reverse() ) {
			await one.close();
		}
		await Promise.all( folders.map( ( folder ) => rm( folder, { recursive: true, force: true } ) ) );
	} );

	describe( 'certificates', () => {
		it( "an authority that only WordPress's own list has: connected, and an image is optimized", async () => {
			expect( await check() ).toBe( 200 );
			expect( await optimize() ).toEqual( [ 'optimized', '' ] );
		} );

		it( 'an authority that nobody knows: refused both ways, and no key is sent', async () => {
			await set( unknown );
			expect( await check() ).toBe( 424 );
			expect( await optimize() ).toEqual( [ 'waiting', 'no_answer' ] );
			expect( trusted() ).toBe( 0 );
		} );

		it.each( [
			[
				'a list of its own, by http_request_args',
				`add_filter( 'http_request_args', function ( $a ) { $a['sslcertificates'] = __FILE__; return $a; } );`,
			],
			[
				'a list of its own, by https_ssl_verify',
				`add_filter( 'https_ssl_verify', function () { return ABSPATH . 'nothing.crt'; } );`,
			],
		] )( 'a site with %s that has nobody in it: refused both ways', async ( _, code ) => {
			await set( good, code );
			expect( await check() ).toBe( 424 );
			expect( await optimize() ).toEqual( [ 'waiting', 'no_answer' ] );
			expect( trusted() ).toBe( 0 );
		} );

		it.each( [
			[
				'http_request_args',
				`add_filter( 'http_request_args', function ( $a ) { $a['sslverify'] = false; return $a; } );`,
			],
			[ 'https_ssl_verify', `add_filter( 'https_ssl_verify', '__return_false' );` ],
		] )( 'a site that asks not to verify, by %s: both ways alike', async ( _, code ) => {
			await set( unknown, code );
			expect( await check() ).toBe( 200 );
			expect( await optimize() ).toEqual( [ 'optimized', '' ] );
		} );

		it.each( [
			[ 'nothing', 'return null;' ],
			[ 'a text', `return 'x';` ],
			[ 'an error', `throw new Error( 'Out of luck' );` ],
			[ 'lists', `return [ 'sslverify' => [ 1 ], 'sslcertificates' => [ 'x' ] ];` ],
		] )( 'a plugin that makes %s of the arguments of requests: the certificates stay', async ( _, code ) => {
			expect(
				await wp.evaluate(
					`add_filter( 'http_request_args', function () { ${ code } } ); return SlashImage\\Service::certificates( SlashImage\\Service::url() );`
				)
			).toEqual( {
				verify: expect.stringContaining( 'wp-includes/certificates/ca-bundle.crt' ),
				verifyname: true,
			} );
		} );
	} );

	describe( 'an answer that another plugin gives in place of the service', () => {
		const success = JSON.stringify( { success: true, plan: { monthly_limit: 10, images_used_this_month: 1 } } );
		const probe = JSON.stringify( { success: false, error: 'No image.', code: 'no_image' } );
		const answers = ( headers: string ) => `
			add_filter( 'pre_http_request', function ( $answer, $args, $url ) {
				if ( false !== strpos( $url, 'admin-ajax' ) ) { return $answer; }
				$probe = false !== strpos( $url, 'optimize' );
				return [ 'headers' => ${ headers }, 'body' => $probe ? '${ probe }' : '${ success }', 'response' => [ 'code' => $probe ? 400 : 200, 'message' => 'OK' ], 'cookies' => [] ];
			}, 10, 3 );`;

		it.each( [
			[ 'none', '[]' ],
			[ 'texts', `[ 'Content-Type' => 'application/json', 'Retry-After' => '5' ]` ],
			[ 'lists', `[ 'Retry-After' => [ '5', '6' ], 'Location' => [ 'a' ] ]` ],
			[ 'nonsense', `[ 'retry-after' => new stdClass(), 'location' => 5, 3 => null ]` ],
			[ 'null', 'null' ],
		] )( 'with plain headers, %s: the check, WP-Cron and the doctor work', async ( _, headers ) => {
			await set( good, answers( headers ) );
			expect( await check() ).toBe( 200 );
			await wp.evaluate( `do_action( 'slashimage_check' );` );
			expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( { state: 'connected' } );
			await checkAll();
		} );

		it( 'headers count in any case', async () => {
			await set( good );
			const read = await wp.evaluate( `
				$seen = [];
				foreach ( [ 'Retry-After', 'retry-after', 'RETRY-AFTER' ] as $name ) {
					$seen[] = SlashImage\\Answer::of( 'check', [ 'headers' => [ $name => '7' ], 'body' => '', 'response' => [ 'code' => 429 ] ] )->retry_after;
					$seen[] = SlashImage\\Answer::of( 'check', [ 'headers' => [ $name => [ '7' ] ], 'body' => '', 'response' => [ 'code' => 429 ] ] )->retry_after;
				}
				return $seen;` );
			expect( read ).toEqual( [ 7, 7, 7, 7, 7, 7 ] );
		} );

		it.each( [
			[ 'null', 'null' ],
			[ 'true', 'true' ],
			[ 'a text', `'blocked'` ],
			[ 'a number', '7' ],
			[ 'nothing in it', '[]' ],
			[ 'without a body', `[ 'headers' => [], 'response' => [ 'code' => 200 ] ]` ],
			[ 'a body that is null', `[ 'headers' => [], 'body' => null, 'response' => [ 'code' => 200 ] ]` ],
			[ 'a body that is a list', `[ 'headers' => [], 'body' => [ 'a' ], 'response' => [ 'code' => [ 200 ] ] ]` ],
			[ 'a response that is a text', `[ 'headers' => 'x', 'body' => '', 'response' => 'OK' ]` ],
			[ 'a response without a code', `[ 'headers' => 'x', 'body' => 'x', 'response' => [] ]` ],
			[ 'an object', 'new stdClass()' ],
			[ 'an error without words', `new WP_Error( 'x', [ 'not', 'a text' ] )` ],
		] )( 'that is none, %s: nothing breaks, and nothing is believed', async ( _, answer ) => {
			await set( good, `add_filter( 'pre_http_request', function () { return ${ answer }; } );` );
			expect( await check() ).toBe( 424 );
			await wp.evaluate( `do_action( 'slashimage_check' );` );
			expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( { state: 'connected' } );
			await checkAll();
		} );
	} );

	it( 'left nothing in the log', async () => {
		expect( await readFile( wp.debugLog, 'utf8' ).catch( () => '' ) ).toBe( '' );
	} );

	it( 'PHP without mbstring and intl: the doctor, Site Health and an image work', async () => {
		const extensions = await mkdtemp( join( tmpdir(), 'wordpress-php-' ) );
		folders.push( extensions );
		// PHP runs as somebody else.
		await chmod( extensions, 0o755 );
		const from = ( await wp.evaluate( `return dirname( explode( ',', php_ini_scanned_files() )[0] );` ) ) as string;
		for ( const file of await readdir( from.trim() ) ) {
			if ( ! /mbstring|intl/.test( file ) ) {
				await symlink( join( from.trim(), file ), join( extensions, file ) );
			}
		}
		const bare = await start( { serviceUrl: service.url, env: { PHP_INI_SCAN_DIR: extensions } } );
		expect(
			await bare.evaluate( `return array_map( 'extension_loaded', [ 'mbstring', 'intl', 'curl' ] );` )
		).toEqual( [ false, false, true ] );
		const its = await visitor( bare.url, 'admin', bare.adminPassword );
		expect( ( await its.rest( 'POST', '/connection', { key: service.issueKey() } ) ).status ).toBe( 200 );
		expect( ( await examine( its ) ).map( ( result ) => result.check ) ).toEqual( checks );
		expect( ( await its.rest( 'GET', '/report' ) ).status ).toBe( 200 );
		const page = await its.page( '/wp-admin/site-health.php?tab=debug' );
		expect( page ).toContain( 'SlashImage' );
		expect( page ).not.toContain( 'critical error' );
		await bare.evaluate( `$count = 1;${ uploadPhotos }` );
		await expect
			.poll( () => bare.evaluate( `return SlashImage\\Queue::summary()['optimized'];` ), { timeout: 20_000 } )
			.toBe( 1 );
		expect( await readFile( bare.debugLog, 'utf8' ).catch( () => '' ) ).not.toMatch( /slashimage/ );
	} );
} );
