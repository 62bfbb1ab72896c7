import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passTime, planned, visit } from './clock.ts';
import { addressOfRequest, askAs } from './host.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { connect, states, until } from './queue.ts';
import { site } from './site.ts';

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

const plugins = [ 'address', 'moved', 'optimizing' ];
const move = ( address: string ) => addMuPlugin( 'moved', `add_filter( 'option_home', fn() => '${ address }', 20 );` );
/** Changes the type in wp-config.php, where it is a constant, and one of the tests' own: `local`. */
const environment = async ( type: string ) => {
	const { wp } = await site();
	const file = ( await wp.evaluate( `return ABSPATH . 'wp-config.php';` ) ) as string;
	const text = await readFile( file, 'utf8' );
	await writeFile( file, text.replace( /('WP_ENVIRONMENT_TYPE',\s*)'\w+'/, `$1'${ type }'` ) );
	expect(
		await wp.evaluate( `opcache_invalidate( ABSPATH . 'wp-config.php', true ); return wp_get_environment_type();` )
	).toBeTruthy();
	expect( await wp.evaluate( 'return wp_get_environment_type();' ) ).toBe( type );
};
const allow = async () => ( await site() ).admin.rest( 'POST', '/connection/allow-site', {} );
const connection = async () => ( await ( await site() ).admin.rest( 'GET', '/connection' ) ).body;
const state = async () => ( await site() ).wp.evaluate( 'return SlashImage\\Connection::fresh();' );
/** What the plugin has stored, but for when it last ran. */
const stored = async () =>
	( await site() ).wp.evaluate(
		`return $GLOBALS['wpdb']->get_results( "SELECT option_name, option_value FROM {$GLOBALS['wpdb']->options} WHERE option_name LIKE '%slashimage%' AND option_name NOT LIKE 'slashimage\\_worke%' ORDER BY option_name" );`
	);
const sent = async () => ( await site() ).service.requests.filter( ( { path } ) => path === '/v1/optimize' );
/** PHP that runs as nobody; the tests' own runs as the administrator. */
const nobody = ( code: string ) => `wp_set_current_user( 0 ); ${ code }`;
const isHeld = ( outcome: string ) => ( { hold: { reason: 'site', outcome, until: null } } );
const moment = ( ms = 1_000 ) => new Promise( ( resolve ) => setTimeout( resolve, ms ) );

beforeEach( async () => {
	await ( await site() ).reset();
} );
afterEach( async () => {
	for ( const name of plugins ) {
		await removeMuPlugin( name );
	}
	await environment( 'local' );
} );

describe.runIf( native )( 'a request that nobody is logged in to', () => {
	it( 'changes nothing about the connection by the name it asks for, and the service never hears that name', async () => {
		const { admin, wp, service, upload } = await site();
		await addMuPlugin( 'address', addressOfRequest );
		const key = await connect();
		service.setDomains( key, [ '127.0.0.1' ] );
		await admin.page( '/wp-admin/options-general.php' );
		// The lock keeps the worker away until all is ready.
		await wp.evaluate( `update_option( 'slashimage_worker.lock', time() );` );
		await upload( 1 );
		const token = ( await wp.evaluate(
			`delete_option( 'slashimage_worker.lock' ); SlashImage\\Schedule::clear();
			wp_schedule_single_event( time() - 10, 'slashimage_check' ); wp_schedule_single_event( time() - 10, 'slashimage_work' );
			return wp_hash( 'slashimage_work', 'nonce' );`
		) ) as string;
		const before = await stored();
		service.forgetRequests();
		await askAs( 'evil.example', '/' );
		await askAs( 'evil.example', '/wp-admin/admin-ajax.php', { form: 'action=heartbeat' } );
		await askAs( 'evil.example', '/wp-admin/admin-ajax.php', { form: `action=slashimage_work&token=${ token }` } );
		await moment();
		expect( await stored() ).toEqual( before );
		await askAs( 'evil.example', '/wp-json/slashimage/v1/connection' );
		await askAs( 'evil.example', '/wp-admin/' );
		expect( await stored() ).toEqual( before );
		expect( service.requests ).toEqual( [] );
		await askAs( 'evil.example', '/wp-cron.php' );
		for ( let tries = 0; tries < 50 && service.requests.length < 2; tries++ ) {
			await moment( 100 );
		}
		await moment();
		expect( service.requests.map( ( { path, origin } ) => [ path, origin ] ) ).toEqual( [
			[ '/v1/keys/me', 'http://127.0.0.1' ],
			[ '/v1/optimize', 'http://127.0.0.1' ],
		] );
		expect( await state() ).toMatchObject( { state: 'connected', origin: 'http://127.0.0.1', holds: {} } );
		expect( states( await ( await site() ).rows() ) ).toEqual( [ [ 'waiting', '' ] ] );
		await wp.evaluate( 'SlashImage\\Schedule::next();' );
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
	} );

	it( 'does not work where the site is another one than the key was connected for, and says so to nobody', async () => {
		const { upload } = await site();
		await connect();
		await move( 'http://staging.example' );
		await upload( 1 );
		await moment();
		await visit();
		expect( await sent() ).toEqual( [] );
		expect( await state() ).toMatchObject( { state: 'connected', holds: {}, origin: 'http://127.0.0.1' } );
	} );

	it( 'goes by the address in the database where it has none of its own', async () => {
		const { wp } = await site();
		await connect();
		const differs = ( home: string ) =>
			wp.evaluate(
				`add_filter( 'option_home', fn() => '${ home }', 20 ); return SlashImage\\Site::differs( SlashImage\\Connection::get() );`
			);
		expect( await differs( 'http://' ) ).toBe( '' );
		expect( await differs( 'http://elsewhere.example' ) ).toBe( 'another_site' );
	} );
} );

describe.runIf( native )( 'a copy of the site under another address', () => {
	it( 'is held when somebody who may manage it looks, until that person allows it', async () => {
		const { admin, upload } = await site();
		await connect();
		await move( 'http://staging.example' );
		await upload( 1 );
		expect( await connection() ).toMatchObject( { state: 'connected', ...isHeld( 'another_site' ) } );
		await visit();
		expect( await sent() ).toEqual( [] );
		// A check that the service accepts does not lift it.
		expect( ( await admin.rest( 'POST', '/connection/check' ) ).body ).toMatchObject( isHeld( 'another_site' ) );
		// The one that was planned before finds nothing to plan.
		await passTime( 60 );
		expect( await planned( 'slashimage_work' ) ).toBeNull();
		// The check's own probe, without a file.
		expect( await sent() ).toHaveLength( 1 );
		const answer = await allow();
		expect( answer ).toMatchObject( { status: 200, body: { state: 'connected', hold: null } } );
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
		// And the first one still is.
		await removeMuPlugin( 'moved' );
		expect( await connection() ).toMatchObject( { hold: null } );
	} );

	it( 'is held by any admin page, and settled by connecting another key', async () => {
		const { admin, wp } = await site();
		await connect();
		await move( 'http://staging.example' );
		await admin.page( '/wp-admin/options-general.php' );
		expect( await wp.evaluate( `return SlashImage\\Connection::fresh()['holds'];` ) ).toMatchObject( {
			site: { outcome: 'another_site', until: null },
		} );
		await connect();
		expect( await connection() ).toMatchObject( { hold: null } );
		// Only for this one: the key that came instead was connected here.
		await removeMuPlugin( 'moved' );
		expect( await connection() ).toMatchObject( isHeld( 'another_site' ) );
	} );

	it( 'is let go where it turns out to be the same one after all', async () => {
		await connect();
		await move( 'http://staging.example' );
		expect( await connection() ).toMatchObject( isHeld( 'another_site' ) );
		await removeMuPlugin( 'moved' );
		expect( await connection() ).toMatchObject( { hold: null } );
	} );

	it.each( [ 'https://www.127.0.0.1', 'http://127.0.0.1:99/blog', 'HTTPS://127.0.0.1.' ] )(
		'%s is the same site',
		async ( address ) => {
			await connect();
			await move( address );
			expect( await connection() ).toMatchObject( { hold: null } );
			expect(
				await (
					await site()
				).wp.evaluate( 'return SlashImage\\Site::differs( SlashImage\\Connection::get() );' )
			).toBe( '' );
		}
	);

	it( 'is told apart by its number where sites of a network share a host', async () => {
		const { wp } = await site();
		await connect();
		const differs = ( change: string ) =>
			wp.evaluate(
				`$state = SlashImage\\Connection::get(); ${ change } return SlashImage\\Site::differs( $state );`
			);
		expect( await differs( '' ) ).toBe( '' );
		expect( await differs( `$state['site']['blog'] = 2;` ) ).toBe( 'another_site' );
	} );

	it( 'can not be allowed by somebody who may not manage the connection', async () => {
		const { wp } = await site();
		const answer = await fetch( `${ wp.url }/wp-json/slashimage/v1/connection/allow-site`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: '{}',
		} );
		expect( answer.status ).toBe( 401 );
		expect( await allow() ).toMatchObject( { status: 409, body: { code: 'site_not_held' } } );
	} );
} );

describe.runIf( native )( 'an environment', () => {
	it( 'that is not production and was not there when the key was connected holds the queue', async () => {
		const { upload } = await site();
		await environment( 'production' );
		await connect();
		await environment( 'staging' );
		await upload( 1 );
		expect( await connection() ).toMatchObject( isHeld( 'another_environment' ) );
		expect( await sent() ).toEqual( [] );
		await allow();
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
		await environment( 'production' );
		expect( await connection() ).toMatchObject( { hold: null } );
	} );

	it( 'that the key was connected in is none to ask about, and neither is production after it', async () => {
		await environment( 'development' );
		await connect();
		expect( await connection() ).toMatchObject( { hold: null } );
		await environment( 'production' );
		expect( await connection() ).toMatchObject( { hold: null } );
	} );
} );

describe.runIf( native )( 'a key of the configuration', () => {
	it( 'belongs to the site where somebody who may manage it first looks', async () => {
		const { admin, service, wp } = await site();
		const key = service.issueKey();
		const other = service.issueKey();
		await addMuPlugin( 'address', `define( 'SLASHIMAGE_API_KEY', '${ key }' );` );
		await wp.evaluate( nobody( 'SlashImage\\Check::run( 5 );' ) );
		expect( await state() ).toMatchObject( { state: 'connected', site: null, origin: '' } );
		await admin.page( '/wp-admin/options-general.php' );
		expect( await state() ).toMatchObject( { origin: 'http://127.0.0.1', holds: [] } );
		await move( 'http://staging.example' );
		await admin.page( '/wp-admin/options-general.php' );
		expect( await state() ).toMatchObject( { holds: { site: { outcome: 'another_site' } } } );
		// Other salts, as a copy has them, are no other key.
		await wp.evaluate( nobody( `add_filter( 'salt', fn() => 'others' ); SlashImage\\Check::run( 5 );` ) );
		expect( await state() ).toMatchObject( { holds: { site: { outcome: 'another_site' } } } );
		await addMuPlugin( 'address', `define( 'SLASHIMAGE_API_KEY', '${ other }' );` );
		await wp.evaluate( nobody( 'SlashImage\\Check::run( 5 );' ) );
		expect( await state() ).toMatchObject( { site: null, holds: [] } );
	} );
} );

describe.runIf( native )( 'the constant SLASHIMAGE_OPTIMIZING', () => {
	it.each( [
		[ 'false', true ],
		[ 'true', false ],
		[ "'127.0.0.1'", false ],
		[ "'https://www.127.0.0.1:8080/'", false ],
		[ "'live.example'", true ],
		[ "[ 'live.example', '127.0.0.1' ]", false ],
		[ '[]', true ],
	] )( '%s: switched off is %s, shown and stored nowhere', async ( value, off ) => {
		const { upload } = await site();
		await connect();
		await addMuPlugin( 'optimizing', `define( 'SLASHIMAGE_OPTIMIZING', ${ value } );` );
		await upload( 1 );
		const { hold } = await connection();
		if ( ! off ) {
			expect( hold ).toBeNull();
			await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
			return;
		}
		expect( hold ).toMatchObject( { reason: 'off', outcome: 'switched_off', since: 0, until: null } );
		await moment( 500 );
		expect( await sent() ).toEqual( [] );
		expect( await state() ).toMatchObject( { holds: [] } );
		// Looked at again within the hour: taking the constant away tells nobody.
		expect( await planned( 'slashimage_work' ) ).toBeGreaterThan( 60 );
		expect( await planned( 'slashimage_work' ) ).toBeLessThanOrEqual( 3600 );
		await removeMuPlugin( 'optimizing' );
		await ( await site() ).wp.evaluate( 'SlashImage\\Schedule::next();' );
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
	} );
} );

it.runIf( native )( 'has left nothing in the log', async () => {
	expect( await ( await site() ).log() ).toBe( '' );
} );
