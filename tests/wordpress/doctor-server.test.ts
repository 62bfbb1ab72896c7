import { appendFile, readFile } from 'node:fs/promises';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startService, type Service } from '../../sandbox/service/server.ts';
import type { WordPress, WordPressOptions } from '../../sandbox/wordpress/playground.ts';
import { run } from '../../sandbox/wordpress/run.ts';
import { checks } from '../../src/validation/doctor.ts';
import { closedPort, silentPort } from '../support/ports.ts';
import { certificateAuthority, startTls, type TlsOptions } from '../support/tls.ts';
import { examine, finding, forms, troubles } from './doctor.ts';
import { ownWordPress } from './own-site.ts';
import { visitor, type Visitor } from './visitor.ts';

// What can be broken on the server around the plugin: names, ports, certificates, clocks, WordPress's own settings, other
// plugins, folders. Each one really is. PHP as WebAssembly has none of these.

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';

describe.runIf( native )( 'the server', () => {
	let service: Service;
	let wp: WordPress;
	let admin: Visitor;
	let key: string;
	const open: { close: () => unknown }[] = [];

	const start = async ( options: Partial< WordPressOptions > = {} ) => {
		const started = await ownWordPress( options );
		open.push( started );
		return started;
	};

	/** Makes these constants, and this code, part of the site's configuration: a must-use plugin under a name of its own. */
	const configure = async ( constants: Record< string, string | boolean | number >, code = '' ) => {
		const defines = Object.entries( constants ).map(
			( [ name, value ] ) => `define( '${ name }', ${ JSON.stringify( value ) } );`
		);
		const php = Buffer.from( `<?php ${ defines.join( ' ' ) } ${ code }` ).toString( 'base64' );
		await wp.evaluate( `
			array_map( 'unlink', glob( WPMU_PLUGIN_DIR . '/00-test-*.php' ) );
			file_put_contents( WPMU_PLUGIN_DIR . '/00-test-' . bin2hex( random_bytes( 4 ) ) . '.php', base64_decode( '${ php }' ) );` );
	};
	const serviceAt = ( url: string, code = '' ) => configure( { SLASHIMAGE_API_URL: url }, code );
	const tls = async ( certificate: TlsOptions[ 'certificate' ], clock = 0 ) => {
		const server = await startTls( { to: service.url, certificate, clock } );
		open.push( server );
		return server;
	};

	beforeAll( async () => {
		service = await startService();
		open.push( service );
		wp = await start();
		const { pem } = await certificateAuthority();
		await appendFile( join( wp.uploads, '../../wp-includes/certificates/ca-bundle.crt' ), `\n${ pem }` );
		admin = await visitor( wp.url, 'admin', wp.adminPassword );
		await serviceAt( service.url );
		key = service.issueKey();
		expect( ( await admin.rest( 'POST', '/connection', { key } ) ).status ).toBe( 200 );
	} );

	beforeEach( () => service.forgetRequests() );

	afterAll( async () => {
		for ( const one of open.reverse() ) {
			await one.close();
		}
	} );

	it( 'over a good certificate: everything is good, in under five seconds', async () => {
		await serviceAt( ( await tls( 'good' ) ).url );
		const from = Date.now();
		const results = await examine( admin );
		expect( troubles( results ) ).toEqual( {} );
		expect( Date.now() - from ).toBeLessThan( 5_000 );
		expect( finding( results, 'reach_ok' ).seen ).toMatch(
			/^Connected to localhost after \d+ ms, securely after \d+ ms\.$/
		);
		expect( finding( results, 'address_ok' ).seen ).toBe( 'localhost is found at 127.0.0.1.' );
	} );

	describe( 'the key in the configuration', () => {
		const constant = ( value: string ) =>
			configure( { SLASHIMAGE_API_URL: service.url, SLASHIMAGE_API_KEY: value } );

		it.each( [
			[
				'cut off',
				( whole: string ) => whole.slice( 0, -4 ),
				'The key is cut off: 4 characters are missing at the end.',
			],
			[
				'one short',
				( whole: string ) => whole.slice( 0, -1 ),
				'The key is cut off: 1 character is missing at the end.',
			],
			[
				'with a letter too many',
				( whole: string ) => `${ whole }g`,
				'The character “g” can not be in a key. Copy the key again.',
			],
			[ 'masked', () => 'sk_live_••••••••', 'This is the masked form of a key.' ],
		] )( '%s: named, with the place to change it', async ( _, broken, cause ) => {
			await constant( broken( key ) );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { key: [ 'key_malformed', 'key_also_set' ] } );
			expect( finding( results, 'key_malformed' ) ).toMatchObject( {
				seen: expect.stringContaining( `What the constant SLASHIMAGE_API_KEY holds is no key. ${ cause }` ),
				advice: 'Copy the key again from the dashboard, and change the constant SLASHIMAGE_API_KEY in wp-config.php, or where your files define it.',
			} );
			expect( results ).toHaveLength( 1 );
			expect( service.requests ).toEqual( [] );
		} );

		it( 'another one than the stored: which wins, and which is not used', async () => {
			const other = service.issueKey();
			await constant( other );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { key: [ 'key_also_set' ] } );
			expect( finding( results, 'key_also_set' ).seen ).toBe(
				`Another key, sk_sub_…${ key.slice( -4 ) } from the settings of this site, is not used: the constant SLASHIMAGE_API_KEY stands before it.`
			);
		} );

		it( 'the same one: nothing to say', async () => {
			await constant( key );
			expect( troubles( await examine( admin ) ) ).toEqual( {} );
		} );

		it( 'left empty: said, and the stored one is used', async () => {
			await constant( '' );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { key: [ 'key_source_empty' ] } );
			expect( finding( results, 'key_source_empty' ).seen ).toBe(
				'Somebody set the constant SLASHIMAGE_API_KEY, but left it empty. It is not used.'
			);
		} );
	} );

	describe( 'the way to the service', () => {
		it( 'a name that nobody knows', async () => {
			await serviceAt( 'https://api.slashimage.invalid' );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { address: [ 'address_unknown' ] } );
			expect( finding( results, 'address_unknown' ) ).toMatchObject( {
				seen: 'This server can not find the address of api.slashimage.invalid.',
				advice: 'Ask your host to repair the name lookup (DNS) of the server for api.slashimage.invalid.',
				steps: [ 'fix_reach', 'ask_host', 'ask_support' ],
			} );
			expect( results ).toHaveLength( 2 );
		} );

		it( 'a port on which nothing listens', async () => {
			const port = await closedPort();
			await serviceAt( `https://localhost:${ port }` );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { reach: [ 'reach_refused' ] } );
			expect( finding( results, 'reach_refused' ) ).toMatchObject( {
				seen: `localhost refuses the connection on port ${ port }.`,
				advice: `Ask your host to let this server connect to localhost on port ${ port }.`,
			} );
		} );

		it( 'a firewall that swallows everything', async () => {
			const silent = await silentPort();
			open.push( silent );
			await serviceAt( `https://localhost:${ silent.port }` );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { reach: [ 'reach_timeout' ] } );
			expect( finding( results, 'reach_timeout' ).seen ).toBe(
				`localhost does not answer on port ${ silent.port } within 5 seconds.`
			);
		} );

		it( 'plain http to a foreign host: the key is not sent', async () => {
			await serviceAt( 'http://api.slashimage.test' );
			expect( finding( await examine( admin ), 'address_insecure' ).advice ).toBe(
				'Correct the constant SLASHIMAGE_API_URL in wp-config.php, or remove it.'
			);
		} );

		const day = String.raw`\w+ \d+, \d{4} \d+:\d\d [ap]m`;
		it.each( [
			[
				'expired',
				'cert_expired',
				new RegExp( `^The certificate of localhost ended on ${ day }\\.$` ),
				'clock of the server first',
			],
			[
				'not_yet',
				'cert_not_yet',
				new RegExp( `^The certificate of localhost is valid from ${ day } only\\.$` ),
				'clock of the server right',
			],
			[ 'wrong_name', 'cert_wrong_name', /the certificate is for other\.example\.$/, 'what stands in between' ],
			[
				'unknown_authority',
				'cert_unknown',
				/is signed by Unknown Authority( CA)?, which this site does not know\.$/,
				'Update WordPress',
			],
		] as const )( 'a certificate: %s', async ( certificate, code, seen, advice ) => {
			await serviceAt( ( await tls( certificate ) ).url );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { reach: [ code ] } );
			expect( finding( results, code ).seen ).toMatch( seen );
			expect( finding( results, code ).advice ).toContain( advice );
			expect( service.requests.filter( ( { authorization } ) => authorization ) ).toEqual( [] );
		} );

		it( 'a clock that is two hours off, which alone stops nothing', async () => {
			await serviceAt( ( await tls( 'good', 7_200 ) ).url );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { reach: [ 'clock_wrong' ] } );
			expect( finding( results, 'clock_wrong' ) ).toMatchObject( {
				status: 'attention',
				seen: expect.stringMatching(
					/^The clock of this server is 2 hours off: it says .*, the service says .*\.$/
				),
				advice: 'Ask your host to set the clock of the server by the network (NTP).',
			} );
			expect( results ).toHaveLength( checks.length );
		} );
	} );

	describe( 'this site itself', () => {
		it( 'forbids requests to other servers', async () => {
			// WordPress never blocks localhost and the site's own host, so the service is at a third address.
			const front = await frontOf( service.url, '::1' );
			open.push( front );
			const url = `http://[::1]:${ ( front.address() as AddressInfo ).port }`;
			await configure( { SLASHIMAGE_API_URL: url, WP_HTTP_BLOCK_EXTERNAL: true } );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { site: [ 'blocked_external' ] } );
			expect( finding( results, 'blocked_external' ).advice ).toBe(
				'Add ::1 to WP_ACCESSIBLE_HOSTS in wp-config.php.'
			);
			await configure( { SLASHIMAGE_API_URL: url, WP_HTTP_BLOCK_EXTERNAL: true, WP_ACCESSIBLE_HOSTS: '[::1]' } );
			expect( troubles( await examine( admin ) ) ).toEqual( {} );
		} );

		it( 'asks a proxy that does not answer', async () => {
			const port = await closedPort();
			const front = await frontOf( service.url, '::1' );
			open.push( front );
			const url = `http://[::1]:${ ( front.address() as AddressInfo ).port }`;
			await configure( { SLASHIMAGE_API_URL: url, WP_PROXY_HOST: '127.0.0.1', WP_PROXY_PORT: port } );
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { site: [ 'proxy_silent' ] } );
			expect( finding( results, 'proxy_silent' ).seen ).toBe(
				`The proxy 127.0.0.1:${ port }, set in WP_PROXY_HOST and WP_PROXY_PORT, does not answer: Connection refused`
			);
			expect( finding( results, 'reach_by_proxy' ).status ).toBe( 'not_needed' );
		} );
	} );

	describe( 'another plugin', () => {
		const plugin = async ( code: string ) => {
			await serviceAt( service.url );
			const php = Buffer.from( `<?php\n/* Plugin Name: Meddler Pro */\n${ code }` ).toString( 'base64' );
			await wp.evaluate( `
				wp_mkdir_p( WP_PLUGIN_DIR . '/meddler' );
				file_put_contents( WP_PLUGIN_DIR . '/meddler/meddler.php', base64_decode( '${ php }' ) );
				opcache_reset();
				wp_cache_delete( 'plugins', 'plugins' );
				activate_plugin( 'meddler/meddler.php' );` );
			const results = await examine( admin );
			await wp.evaluate( `deactivate_plugins( 'meddler/meddler.php' );` );
			return results;
		};

		it( 'takes the key out of requests: named, with its function, and what it changes', async () => {
			const results = await plugin(
				`class Meddler { function strip( $args ) { unset( $args['headers']['Authorization'] ); return $args; } } add_filter( 'http_request_args', [ new Meddler(), 'strip' ] );`
			);
			expect( troubles( results ) ).toEqual( { site: [ 'hook_breaks' ] } );
			expect( finding( results, 'hook_breaks' ) ).toMatchObject( {
				seen: 'Meddler Pro changes what the service needs to see in a request (Meddler::strip(), on http_request_args): headers.authorization.',
				advice: 'Deactivate Meddler Pro, or make an exception for 127.0.0.1 in its settings.',
				link: 'plugins',
			} );
		} );

		it( 'answers in place of the service', async () => {
			const results = await plugin(
				`function meddler_answer() { return [ 'headers' => [], 'body' => '{"success":true}', 'response' => [ 'code' => 200, 'message' => 'OK' ], 'cookies' => [] ]; } add_filter( 'pre_http_request', 'meddler_answer' );`
			);
			expect( troubles( results ) ).toEqual( { site: [ 'hook_answers' ] } );
			expect( finding( results, 'hook_answers' ).seen ).toBe(
				'Meddler Pro answers requests in place of the service (meddler_answer(), on pre_http_request).'
			);
		} );

		it( 'changes the cURL handle', async () => {
			const results = await plugin(
				`add_action( 'http_api_curl', function ( $handle ) { curl_setopt( $handle, CURLOPT_HTTPHEADER, [ 'Authorization: Basic meddled' ] ); } );`
			);
			expect( finding( results, 'hook_breaks' ).seen ).toMatch(
				/^Meddler Pro changes .* \(meddler\.php:3, on http_api_curl\): headers\.authorization, headers\.origin\.$/
			);
		} );

		it( 'shortens the time requests may take: worth a word, no more', async () => {
			const results = await plugin(
				`add_filter( 'http_request_args', function ( $args ) { $args['timeout'] = 1; return $args; } );`
			);
			expect( troubles( results ) ).toEqual( { site: [ 'hook_changes' ] } );
			expect( finding( results, 'hook_changes' ).seen ).toContain( ': timeout.' );
		} );

		it( 'asks WordPress to do without cURL', async () => {
			const results = await plugin(
				`function meddler_off() { return false; } add_filter( 'use_curl_transport', 'meddler_off' );`
			);
			expect( finding( results, 'hook_changes' ).seen ).toContain( '(meddler_off(), on use_curl_transport)' );
		} );

		it( 'stops with an error', async () => {
			const results = await plugin(
				`add_filter( 'http_request_args', function ( $args ) { throw new Error( 'Out of luck' ); } );`
			);
			expect( finding( results, 'hook_fails' ).seen ).toContain( 'Out of luck' );
		} );

		it( 'does nothing to us: nothing is said', async () => {
			const results = await plugin(
				`add_filter( 'http_request_args', function ( $args, $url ) { return $args; }, 10, 2 ); add_action( 'http_api_curl', function ( $handle ) { } ); add_filter( 'pre_http_request', '__return_false' ); add_filter( 'use_curl_transport', '__return_true' );`
			);
			expect( troubles( results ) ).toEqual( {} );
		} );
	} );

	it( 'a page that repeats what it was sent: the key is in nothing that is shown', async () => {
		const parrot = createServer( ( request, response ) => {
			const heard = `${ request.headers.authorization ?? '' } ${ Buffer.from( request.headers.authorization ?? '' ).toString( 'base64' ) }`;
			response
				.writeHead( 200, { 'content-type': 'text/html' } )
				.end( `<title>You said ${ heard } &lt;b&gt;</title>/home/somebody/secrets` );
		} );
		await new Promise< void >( ( resolve ) => parrot.listen( 0, '127.0.0.1', resolve ) );
		open.push( parrot );
		await serviceAt( `http://127.0.0.1:${ ( parrot.address() as AddressInfo ).port }` );
		const results = await examine( admin );
		expect( finding( results, 'answer_page' ).seen ).toContain( '“You said Bearer … ' );
		const said =
			JSON.stringify( results ) +
			( await admin.rest( 'GET', '/report' ) ).text +
			( await admin.rest( 'GET', '/doctor' ) ).text;
		for ( const form of forms( key ) ) {
			expect( said.toLowerCase() ).not.toContain( form.toLowerCase() );
		}
	} );

	it( 'uploads that can not be written', async () => {
		await serviceAt( service.url );
		await wp.evaluate( `wp_mkdir_p( wp_upload_dir()['path'] ); chmod( wp_upload_dir()['path'], 0555 );` );
		const results = await examine( admin );
		await wp.evaluate( `chmod( wp_upload_dir()['path'], 0755 );` );
		expect( troubles( results ) ).toEqual( { files: [ 'files_read_only' ] } );
		expect( finding( results, 'files_read_only' ) ).toMatchObject( {
			seen: expect.stringMatching(
				/^The uploads folder can not be written to: wp-content\/uploads\/\d{4}\/\d\d$/
			),
			advice: expect.stringMatching(
				/^Ask your host to make wp-content\/uploads\/\d{4}\/\d\d writable for the web server\.$/
			),
		} );
	} );

	// A small disk in the place of the uploads folder; only root can put one there.
	it.runIf( process.getuid?.() === 0 ).each( [
		[ 40, 'files_full', 'bad' ],
		[ 300, 'files_low', 'attention' ],
	] )( 'a disk of %s MB', async ( size, code, status ) => {
		await serviceAt( service.url );
		const folder = ( await wp.evaluate(
			`wp_mkdir_p( wp_upload_dir()['path'] ); return wp_upload_dir()['path'];`
		) ) as string;
		await run( 'mount', [ '-t', 'tmpfs', '-o', `size=${ size }m,mode=1777`, 'tmpfs', folder ] );
		try {
			const results = await examine( admin );
			expect( troubles( results ) ).toEqual( { files: [ code ] } );
			expect( finding( results, code ) ).toMatchObject( {
				status,
				seen: expect.stringMatching( new RegExp( `space is left for uploads: ${ size } MB\\.$` ) ),
			} );
		} finally {
			await run( 'umount', [ folder ] );
		}
	} );

	it( 'a site that can not reach itself', async () => {
		await serviceAt(
			service.url,
			`add_filter( 'pre_http_request', function ( $a, $b, $url ) { return preg_match( '~admin-ajax|v1/work~', $url ) ? new WP_Error( 'http_request_failed', 'cURL error 7: blocked in ' . ABSPATH . 'x' ) : $a; }, 0, 3 );`
		);
		const results = await examine( admin );
		expect( troubles( results ) ).toEqual( { queue: [ 'loopback_failed' ] } );
		expect( finding( results, 'loopback_failed' ).seen ).toBe(
			'Loopback requests fail: /wp-admin/admin-ajax.php (cURL error 7: blocked in x), /wp-json/slashimage/v1/work (cURL error 7: blocked in x).'
		);
	} );

	it.each( [
		[ 'curl_init,curl_exec', 'no_curl' ],
		[ 'curl_init,curl_exec,openssl_x509_parse', 'no_openssl' ],
	] )( 'PHP without %s', async ( functions, code ) => {
		const other = await start( { serviceUrl: service.url, ini: { disable_functions: functions } } );
		const its = await visitor( other.url, 'admin', other.adminPassword );
		await its.rest( 'POST', '/connection', { key: service.issueKey() } );
		expect( troubles( await examine( its ) ) ).toEqual( { site: [ code ] } );
	} );

	it( 'PHP without cURL believes a good certificate, and says which one is bad', async () => {
		const other = await start( { ini: { disable_functions: 'curl_init,curl_exec' } } );
		const serviceIs = ( name: string, url: string ) =>
			other.evaluate(
				`array_map( 'unlink', glob( WPMU_PLUGIN_DIR . '/00-*.php' ) ); file_put_contents( WPMU_PLUGIN_DIR . '/00-${ name }.php', "<?php define( 'SLASHIMAGE_API_URL', '${ url }' );" );`
			);
		await serviceIs( 'good', ( await tls( 'good' ) ).url );
		const { pem } = await certificateAuthority();
		await appendFile( join( other.uploads, '../../wp-includes/certificates/ca-bundle.crt' ), `\n${ pem }` );
		const its = await visitor( other.url, 'admin', other.adminPassword );
		expect( ( await its.rest( 'POST', '/connection', { key: service.issueKey() } ) ).status ).toBe( 200 );
		expect( troubles( await examine( its ) ) ).toEqual( { site: [ 'no_curl' ] } );
		await serviceIs( 'wrong', ( await tls( 'wrong_name' ) ).url );
		expect( finding( await examine( its ), 'cert_wrong_name' ).seen ).toMatch( /for other\.example\.$/ );
	} );

	it( 'left nothing in the log', async () => {
		expect( await readFile( wp.debugLog, 'utf8' ).catch( () => '' ) ).toBe( '' );
	} );
} );

/** An http server on another address that passes everything on. */
async function frontOf( to: string, address: string ): Promise< Server > {
	const server = createServer( ( request, response ) => {
		const { method, headers, url } = request;
		const asked = ask( to + url, { method, headers }, ( answer ) => {
			response.writeHead( answer.statusCode ?? 502, answer.headers );
			answer.pipe( response );
		} );
		request.pipe( asked );
	} );
	await new Promise< void >( ( resolve ) => server.listen( 0, address, resolve ) );
	return server;
}
