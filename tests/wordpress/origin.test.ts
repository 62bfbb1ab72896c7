import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askAs } from './host.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { connect } from './queue.ts';
import { site } from './site.ts';

// What the service is told of where this is: in one spelling, and by nobody who may not say so.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const evaluate = async ( code: string ) => ( await site() ).wp.evaluate( code );
const moment = ( ms = 1_000 ) => new Promise( ( resolve ) => setTimeout( resolve, ms ) );

beforeEach( async () => ( await site() ).reset() );

afterEach( async () => {
	for ( const name of [ 'home', 'key' ] ) {
		await removeMuPlugin( name );
	}
	await evaluate( `delete_option( 'slashimage_connection' );` );
} );

const home = ( address: string ) => addMuPlugin( 'home', `add_filter( 'home_url', fn() => '${ address }', 20 );` );

describe( 'an origin', () => {
	it.each( [
		[ 'https://example.com', 'https://example.com' ],
		[ 'HTTPS://Example.COM/blog/?a=1', 'https://example.com' ],
		[ 'http://example.com:8080', 'http://example.com' ],
		[ 'https://example.com.', 'https://example.com' ],
		[ 'https://müller.example', 'https://xn--mller-kva.example' ],
		[ 'https://MÜLLER.example.', 'https://xn--mller-kva.example' ],
		[ 'https://xn--mller-kva.example', 'https://xn--mller-kva.example' ],
		[ 'https://пример.example/путь', 'https://xn--e1afmkfd.example' ],
		[ 'example.com', 'https://example.com' ],
		[ '//example.com/', 'https://example.com' ],
		[ 'http://127.0.0.1:99', 'http://127.0.0.1' ],
		[ 'http://[::1]:99', 'http://[::1]' ],
		[ 'http://my_site.local', 'http://my_site.local' ],
		[ 'http://', '' ],
		[ '', '' ],
		[ 'https://exa mple.com', '' ],
		[ 'https://a"b.example', '' ],
	] )( 'of %j is %j', async ( address, origin ) => {
		expect(
			await evaluate(
				`return SlashImage\\Origin::normal( ${ JSON.stringify( address ).replaceAll( '$', '\\$' ) } );`
			)
		).toBe( origin );
	} );
} );

describe.runIf( native )( 'a site in letters of another alphabet', () => {
	it( 'is told in ASCII, shown in both, and keeps a key that is locked to it', async () => {
		const { service, admin } = await site();
		await home( 'https://müller.example' );
		const key = service.issueKey();
		service.setDomains( key, [ 'xn--mller-kva.example' ] );
		await connect( key );
		expect( ( await admin.rest( 'POST', '/connection/check', {} ) ).body ).toMatchObject( {
			state: 'connected',
			domain: 'müller.example (xn--mller-kva.example)',
		} );
		expect( service.requests.map( ( { origin } ) => origin ) ).toContain( 'https://xn--mller-kva.example' );
	} );

	it( 'has not moved because it is spelled otherwise', async () => {
		const { admin, wp } = await site();
		await home( 'https://müller.example' );
		await connect();
		await evaluate(
			`update_option( 'slashimage_connection', [ 'origin' => 'https://müller.example' ] + SlashImage\\Connection::get() ); wp_clear_scheduled_hook( 'slashimage_check' ); wp_schedule_single_event( time() + 5000, 'slashimage_check' );`
		);
		await admin.page( '/wp-admin/index.php' );
		expect( await wp.evaluate( `return wp_next_scheduled( 'slashimage_check' ) > time() + 1000;` ) ).toBe( true );
	} );
} );

describe.runIf( native )( 'a site without an address', () => {
	it( 'asks nothing, and says so', async () => {
		const { service, admin } = await site();
		await connect();
		await home( 'http://' );
		service.forgetRequests();
		const { status, body } = await admin.rest( 'POST', '/connection/check', {} );
		expect( status ).toBe( 424 );
		expect( JSON.stringify( body ) ).toContain( 'address' );
		expect( service.requests ).toEqual( [] );
	} );
} );

describe.runIf( native )( 'a key of the configuration, before anybody came', () => {
	const begin = async ( code = '' ) => {
		const { service } = await site();
		const key = service.issueKey();
		await addMuPlugin( 'key', `define( 'SLASHIMAGE_API_KEY', '${ key }' ); ${ code }` );
		service.forgetRequests();
		return key;
	};
	const byCron = async ( host: string ) => {
		await evaluate(
			`wp_set_current_user( 0 ); wp_clear_scheduled_hook( 'slashimage_check' ); wp_schedule_single_event( time() - 10, 'slashimage_check' ); delete_transient( 'doing_cron' );`
		);
		await askAs( host, '/wp-cron.php' );
		await moment();
	};

	it( 'is asked about as the site of the database', async () => {
		const { service } = await site();
		await begin();
		await byCron( 'evil.example' );
		expect( [ ...new Set( service.requests.map( ( { origin } ) => origin ) ) ] ).toEqual( [ 'http://127.0.0.1' ] );
	} );

	it( 'is not asked about where the configuration names another host, until somebody who may say so came', async () => {
		const { service, admin } = await site();
		const file = ( await evaluate( `return ABSPATH . 'wp-config.php';` ) ) as string;
		const text = await readFile( file, 'utf8' );
		// As some hosts' images have it.
		const ofRequest = text.replace( /('WP_HOME',\s*)'[^']*'/, `$1'http://' . ( $_SERVER['HTTP_HOST'] ?? '' )` );
		expect( ofRequest ).not.toBe( text );
		const write = async ( content: string ) => {
			await writeFile( file, content );
			await evaluate( `opcache_invalidate( ABSPATH . 'wp-config.php', true );` );
		};
		await begin();
		await write( ofRequest );
		try {
			await byCron( 'evil.example' );
			expect( service.requests ).toEqual( [] );
			await admin.page( '/wp-admin/index.php' );
			await byCron( 'evil.example' );
			expect( [ ...new Set( service.requests.map( ( { origin } ) => origin ) ) ] ).toEqual( [
				'http://127.0.0.1',
			] );
		} finally {
			await write( text );
		}
	} );
} );

describe.runIf( native )( 'twenty requests that nobody is logged in to, by two names', () => {
	it( 'write nothing', async () => {
		const { wp, service } = await site();
		await connect();
		await addMuPlugin(
			'home',
			`$address = fn() => 'http://' . ( $_SERVER['HTTP_HOST'] ?? '' ); add_filter( 'option_home', $address, 20 ); add_filter( 'home_url', $address, 20 );`
		);
		const stored = () =>
			wp.evaluate(
				`return $GLOBALS['wpdb']->get_var( "SELECT option_value FROM {$GLOBALS['wpdb']->options} WHERE option_name = 'slashimage_connection'" );`
			);
		const before = await stored();
		service.forgetRequests();
		for ( let number = 0; number < 20; number++ ) {
			await askAs(
				number % 2 ? 'evil.example' : 'other.example',
				number % 4 < 2 ? '/' : '/wp-admin/admin-ajax.php'
			);
		}
		expect( await stored() ).toBe( before );
		expect( service.requests ).toEqual( [] );
	} );
} );
