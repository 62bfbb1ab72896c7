import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passTime, planned, visit } from './clock.ts';
import { encodings } from './encodings.ts';
import { collectMails, mails, stopCollecting } from './mails.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { startNetwork, type Network } from './network-sites.ts';
import { connect, states, until } from './queue.ts';
import { uploadNoise } from './photos.ts';
import { site } from './site.ts';

const check = 'slashimage_check';

// In WebAssembly a request takes half a second, and these make hundreds.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const minute = 60;
const hour = 3600;
const day = 86400;

const state = async () => ( await ( await site() ).wp.evaluate( 'return SlashImage\\Connection::get();' ) ) as object;

/** Connects, and has the service refuse the key; returns it. `waiting` images wait for it. */
const refused = async ( waiting = 0 ) => {
	const { service, upload, admin } = await site();
	const key = await connect();
	service.setBlocked( key, [ '127.0.0.1' ] );
	if ( waiting ) {
		await upload( waiting );
		await until( ( rows ) => rows[ 0 ]?.cause === 'domain_blocked' );
	} else {
		await admin.rest( 'POST', '/connection/check' );
	}
	expect( await state() ).toMatchObject( { state: 'reconnect' } );
	service.forgetRequests();
	return key;
};

const optimized = () => until( ( rows ) => rows.every( ( row ) => row.state === 'optimized' ) );

beforeEach( async () => {
	const { reset, wp } = await site();
	await reset();
	await wp.evaluate(
		`delete_option( 'slashimage_mail' ); delete_option( 'slashimage_settings' ); delete_transient( 'slashimage_asked' );`
	);
} );

describe.runIf( native )( 'a key that is refused and then allowed again', () => {
	it( 'connects and drains the queue within the hour, with nobody at the screen', async () => {
		const { service } = await site();
		service.setBlocked( await refused( 2 ), [] );
		await passTime( hour );
		await optimized();
		expect( await state() ).toMatchObject( { state: 'connected', outcome: 'accepted' } );
	} );

	it( 'is asked about each hour for as long as it takes', async () => {
		const { service } = await site();
		const key = await refused();
		for ( let hours = 0; hours < 3; hours++ ) {
			service.forgetRequests();
			await passTime( hour );
			expect( service.requests.map( ( { path } ) => path ) ).toEqual( [ '/v1/keys/me', '/v1/optimize' ] );
		}
		service.setFault( 'error_500' );
		await passTime( hour );
		service.setFault( 'none' );
		service.setBlocked( key, [] );
		await passTime( hour );
		expect( await state() ).toMatchObject( { state: 'connected' } );
	} );

	it( 'is asked about before the hour is over, and not much before', async () => {
		const { wp } = await site();
		await refused();
		const plannings = ( await wp.evaluate(
			`return array_map( function () { SlashImage\\Schedule::resume(); return wp_next_scheduled( 'slashimage_check' ) - time(); }, range( 1, 50 ) );`
		) ) as number[];
		expect( Math.max( ...plannings ) ).toBeLessThanOrEqual( hour );
		expect( Math.min( ...plannings ) ).toBeGreaterThanOrEqual( 0.9 * hour - 1 );
		expect( new Set( plannings ).size ).toBeGreaterThan( 5 );
	} );
} );

describe.runIf( native )( 'credits that are gone and then there again', () => {
	it( 'let the queue go on within the hour', async () => {
		const { service, upload } = await site();
		await connect();
		service.setCredits( { limit: 5, used: 5 } );
		await upload( 2 );
		await until( ( rows ) => rows.some( ( { cause } ) => cause === 'monthly_limit_reached' ) );
		expect( await planned( check ) ).toBeLessThanOrEqual( hour );
		await passTime( hour );
		expect( await state() ).toMatchObject( {
			state: 'connected',
			holds: { credits: { outcome: 'monthly_limit_reached' } },
		} );
		expect( await planned( check ) ).toBeLessThanOrEqual( hour );
		service.setCredits( { limit: 200, used: 5 } );
		await passTime( hour );
		await optimized();
		expect( await planned( check ) ).toBeGreaterThan( hour );
	} );

	it( 'are found by the check alone, where no image could be tried', async () => {
		const { service, upload, wp } = await site();
		await connect();
		service.setCredits( { limit: 5, used: 5 } );
		await upload( 1 );
		await until( ( rows ) => rows.some( ( { cause } ) => cause === 'monthly_limit_reached' ) );
		await wp.evaluate( `wp_clear_scheduled_hook( 'slashimage_work' );` );
		service.setCredits( { limit: 200, used: 5 } );
		// Less than the hour the images would wait by themselves.
		await passTime( ( ( await planned( check ) ) ?? 0 ) + 1 );
		await optimized();
	} );
} );

describe.runIf( native )( 'a key that works', () => {
	it( 'is asked about once a day', async () => {
		const { service } = await site();
		await connect();
		await passTime( 0.85 * day );
		expect( service.requests ).toEqual( [] );
		await passTime( 0.15 * day );
		expect( service.requests.map( ( { path } ) => path ) ).toEqual( [ '/v1/keys/me', '/v1/optimize' ] );
		expect( await planned( check ) ).toBeGreaterThan( 0.85 * day );
	} );

	it( 'is found refused by the daily check, and asked about each hour from then on', async () => {
		const { service } = await site();
		service.deleteKey( await connect() );
		await passTime( day );
		expect( await state() ).toMatchObject( { state: 'reconnect', outcome: 'invalid_key' } );
		expect( await planned( check ) ).toBeLessThanOrEqual( hour );
	} );
} );

describe.runIf( native )( 'a site whose address changes', () => {
	const move = ( address: string ) =>
		addMuPlugin( 'moved', `add_filter( 'option_home', fn() => '${ address }', 20 );` );
	afterAll( () => removeMuPlugin( 'moved' ) );

	it( 'is asked about with the new one once somebody who may manage it has looked, there and back', async () => {
		const { admin, service } = await site();
		service.setDomains( await connect(), [ '127.0.0.1' ] );
		await move( 'http://moved.example/blog' );
		// A request says of itself what it likes.
		await visit();
		expect( service.requests ).toEqual( [] );
		await admin.page( '/wp-admin/options-general.php' );
		await visit();
		expect( service.requests.map( ( { origin } ) => origin ) ).toEqual( [
			'http://moved.example',
			'http://moved.example',
		] );
		expect( await state() ).toMatchObject( {
			state: 'reconnect',
			reason: 'domain',
			outcome: 'domain_not_allowed',
		} );
		await removeMuPlugin( 'moved' );
		await admin.page( '/wp-admin/options-general.php' );
		await visit();
		expect( await state() ).toMatchObject( { state: 'connected' } );
		service.forgetRequests();
		await visit();
		expect( service.requests ).toEqual( [] );
	} );

	it( 'notices when the address is saved', async () => {
		const { wp } = await site();
		await connect();
		await wp.evaluate(
			`wp_set_current_user( 1 ); add_filter( 'option_home', fn() => 'http://moved.example', 20 ); do_action( 'update_option_home', '', '', 'home' );`
		);
		expect( await planned( check ) ).toBeLessThanOrEqual( 0 );
	} );
} );

describe.runIf( native )( 'what gets lost', () => {
	const forget = async () => ( await site() ).wp.evaluate( 'SlashImage\\Schedule::clear();' );

	it( 'is planned anew by a visitor: the check', async () => {
		const { service } = await site();
		service.setBlocked( await refused( 1 ), [] );
		await forget();
		await visit();
		expect( await planned( check ) ).toBeLessThanOrEqual( hour );
		await passTime( hour );
		await optimized();
	} );

	it( 'is planned anew by an admin page: what an older version left out, or planned too late', async () => {
		const { wp, admin } = await site();
		await refused();
		await wp.evaluate(
			`SlashImage\\Schedule::clear();
			update_option( 'slashimage_connection', array_diff_key( [ 'installed' => 1 ] + SlashImage\\Connection::get(), array_flip( [ 'holds', 'site' ] ) ) );`
		);
		await admin.page( '/wp-admin/options-general.php' );
		expect( await planned( check ) ).toBeLessThanOrEqual( hour );
		await wp.evaluate(
			`SlashImage\\Schedule::clear(); wp_schedule_single_event( time() + 2 * DAY_IN_SECONDS, 'slashimage_check' );`
		);
		await admin.page( '/wp-admin/options-general.php' );
		expect( await planned( check ) ).toBeLessThanOrEqual( hour );
	} );

	it( 'is planned before it can be lost: the check that dies', async () => {
		const { wp } = await site();
		await refused();
		await forget();
		await wp
			.evaluate( `add_filter( 'pre_http_request', fn() => exit, 0 ); do_action( 'slashimage_check' );` )
			.catch( () => {} );
		expect( await planned( check ) ).toBeGreaterThan( 0 );
	} );

	it( 'is planned before it can be lost: the work that dies', async () => {
		const { wp } = await site();
		const key = await refused( 1 );
		( await site() ).service.setBlocked( key, [] );
		// The lock keeps the worker that is woken away.
		await wp.evaluate(
			`update_option( 'slashimage_worker.lock', time() ); SlashImage\\Check::run( 5 ); sleep( 1 );`
		);
		await uploadNoise( 1 );
		await forget();
		await wp
			.evaluate(
				`delete_option( 'slashimage_worker.lock' ); add_filter( 'slashimage_settings', fn() => exit ); do_action( 'slashimage_work' );`
			)
			.catch( () => {} );
		expect( await planned( 'slashimage_work' ) ).toBeGreaterThan( 0 );
		await passTime( 700 );
		await optimized();
	} );

	it( 'does no harm twice: two checks at once', async () => {
		const { service, wp } = await site();
		service.setBlocked( await refused( 2 ), [] );
		const both = `do_action( 'slashimage_check' );`;
		await Promise.all( [ wp.evaluate( both ), wp.evaluate( both ) ] );
		const rows = await optimized();
		expect( states( rows ) ).toHaveLength( 2 );
		// Two that write the schedule at once may leave one more, which the next check puts away.
		await wp.evaluate( both );
		const events = await wp.evaluate(
			`return count( array_filter( _get_cron_array(), fn( $hooks ) => isset( $hooks['slashimage_check'] ) ) );`
		);
		expect( events ).toBe( 1 );
	} );
} );

// Many hours pass, and each takes WebAssembly seconds.
describe.runIf( native )( 'the e-mails', () => {
	beforeAll( () => collectMails() );
	beforeEach( () => collectMails() );
	afterAll( () => stopCollecting() );

	const allow = async ( key: string ) => ( await site() ).service.setBlocked( key, [] );

	it( 'tell once after an hour, and once when it works again', async () => {
		const { wp } = await site();
		const key = await refused( 2 );
		await passTime( hour );
		await passTime( hour );
		await passTime( hour );
		expect( await mails() ).toHaveLength( 1 );
		await allow( key );
		await passTime( hour );
		await optimized();
		await passTime( hour );
		const [ paused, working, ...more ] = await mails();
		expect( more ).toEqual( [] );
		const { name, address } = ( await wp.evaluate(
			`return [ 'name' => get_option( 'blogname' ), 'address' => get_option( 'admin_email' ) ];`
		) ) as Record< string, string >;
		expect( paused ).toMatchObject( { to: address, subject: `[${ name }] Optimizing images is paused` } );
		expect( working ).toMatchObject( { to: address, subject: `[${ name }] Optimizing images goes on` } );
		expect( paused?.message ).toContain( 'Images waiting: 2.' );
		for ( const mail of [ paused, working ] ) {
			expect( mail?.message ).toContain( `${ wp.url }/wp-admin/upload.php?page=slashimage` );
			expect( mail?.message ).not.toMatch( /%|sk_|<|&/ );
			for ( const form of encodings( key ) ) {
				expect( mail?.message ).not.toContain( form );
			}
		}
	} );

	it( 'say since when, as the site writes it', async () => {
		const { wp } = await site();
		await refused();
		const since = ( await wp.evaluate(
			`update_option( 'timezone_string', 'Asia/Tokyo' ); update_option( 'date_format', 'Y/m/d' ); update_option( 'time_format', 'G.i' );
			return wp_date( 'Y/m/d G.i', SlashImage\\Connection::get()['since'] - 3600 );`
		) ) as string;
		await passTime( hour );
		await wp.evaluate(
			`update_option( 'timezone_string', '' ); update_option( 'date_format', 'F j, Y' ); update_option( 'time_format', 'g:i a' );`
		);
		expect( ( await mails() )[ 0 ]?.message ).toContain( ` since ${ since }, so` );
	} );

	it( 'say nothing of a pause of 59 minutes', async () => {
		const key = await refused();
		await passTime( 59 * minute );
		await allow( key );
		await ( await site() ).admin.rest( 'POST', '/connection/check' );
		await visit();
		await passTime( 2 * hour );
		expect( await state() ).toMatchObject( { state: 'connected' } );
		expect( await mails() ).toEqual( [] );
	} );

	it( 'say nothing once somebody has disconnected, also not when a key works later', async () => {
		const { admin } = await site();
		await refused();
		await passTime( 30 * minute );
		await admin.rest( 'POST', '/connection/disconnect' );
		await passTime( 2 * hour );
		expect( await mails() ).toEqual( [] );

		await refused();
		await passTime( hour );
		expect( await mails() ).toHaveLength( 1 );
		await admin.rest( 'POST', '/connection/disconnect' );
		await connect();
		await passTime( hour );
		expect( await mails() ).toHaveLength( 1 );
	} );

	it( 'can be turned off, and on again during a pause', async () => {
		const { admin } = await site();
		expect( ( await admin.rest( 'POST', '/settings', { emails: false } ) ).status ).toBe( 200 );
		const key = await refused();
		await passTime( 2 * hour );
		expect( await mails() ).toEqual( [] );
		await admin.rest( 'POST', '/settings', { emails: true } );
		await passTime( hour );
		expect( await mails() ).toHaveLength( 1 );
		await admin.rest( 'POST', '/settings', { emails: false } );
		await allow( key );
		await passTime( hour );
		await admin.rest( 'POST', '/settings', { emails: true } );
		await passTime( day );
		expect( await mails() ).toHaveLength( 1 );
	} );

	it( 'come at most once a day each; a second pause is told when the day is over, if it lasts', async () => {
		const { service } = await site();
		const key = await refused();
		await passTime( hour );
		await allow( key );
		await passTime( hour );
		expect( await mails() ).toHaveLength( 2 );

		// A second pause that is over in time, and a third that lasts.
		const again = async () => {
			service.setBlocked( key, [ '127.0.0.1' ] );
			await ( await site() ).admin.rest( 'POST', '/connection/check' );
		};
		await again();
		await passTime( 3 * hour );
		await allow( key );
		await passTime( hour );
		await again();
		for ( let hours = 0; hours < 17; hours++ ) {
			await passTime( hour );
		}
		expect( await mails() ).toHaveLength( 2 );
		await passTime( 3 * hour );
		expect( ( await mails() ).map( ( { subject } ) => / is paused/.test( subject ) ) ).toEqual( [
			true,
			false,
			true,
		] );
		await passTime( 3 * day );
		expect( await mails() ).toHaveLength( 3 );
	} );

	it( 'are not sent twice by two that look at the same time', async () => {
		const { wp } = await site();
		await refused();
		await wp.evaluate(
			`$GLOBALS['wpdb']->query( "UPDATE {$GLOBALS['wpdb']->options} SET option_value = '" . maybe_serialize( [ 'since' => time() - 3600 ] + SlashImage\\Connection::get() ) . "' WHERE option_name = 'slashimage_connection'" );`
		);
		// Both have read what was told before either has told anything.
		const slow = `add_filter( 'pre_option_slashimage_settings', function ( $v ) { usleep( 500000 ); return $v; } ); add_filter( 'pre_wp_mail', function ( $sent ) { usleep( 500000 ); return $sent; }, 1 ); SlashImage\\Mail::run();`;
		await Promise.all( [ wp.evaluate( slow ), wp.evaluate( slow ) ] );
		await passTime( 5 * minute );
		expect( await mails() ).toHaveLength( 1 );
	} );

	it( 'are tried again an hour later where the mailer fails', async () => {
		const { wp } = await site();
		await refused();
		await wp.evaluate( `update_option( 'test_mailer_fails', 1 );` );
		await passTime( hour );
		expect( await mails() ).toEqual( [] );
		await wp.evaluate( `delete_option( 'test_mailer_fails' );` );
		await passTime( hour );
		expect( await mails() ).toHaveLength( 1 );
	} );

	it( 'can not be given further headers by the name of the site', async () => {
		const { wp } = await site();
		await refused();
		await wp.evaluate( `update_option( 'blogname', "Tom &amp; 'Jerry'\\r\\nBcc: everybody@example.com" );` );
		await passTime( hour );
		await wp.evaluate( `update_option( 'blogname', 'SlashImage' );` );
		expect( ( await mails() )[ 0 ]?.subject ).toBe(
			"[Tom & 'Jerry' Bcc: everybody@example.com] Optimizing images is paused"
		);
	} );
} );

describe.runIf( native )( 'the e-mails of a network', () => {
	let network: Network;
	const at = ( path: string ) => ( {
		wp: { url: network.wp.url + path, evaluate: ( path ? network.sites.shop : network.sites.main ).evaluate },
	} );
	beforeAll( async () => {
		network = await startNetwork();
		await collectMails( at( '' ) );
	} );
	afterAll( () => network?.close() );

	it( 'tell once of all its sites, whichever looks first, and once when none waits any more', async () => {
		const { service, sites, boss } = network;
		const key = service.issueKey();
		const answer = await boss.rest( 'POST', '/network/key', { key } );
		expect( answer.status ).toBe( 200 );
		const checkAll = async ( domains: string[] ) => {
			service.setBlocked( key, domains );
			for ( const place of Object.values( sites ) ) {
				await place.evaluate( 'SlashImage\\Check::run( 5 );' );
			}
		};
		await checkAll( [ '127.0.0.1' ] );
		await passTime( hour, at( '/shop' ) );
		await visit( at( '' ) );
		const [ paused, ...twice ] = await mails( at( '' ) );
		expect( twice ).toEqual( [] );
		expect( paused ).toMatchObject( {
			to: 'admin@example.com',
			subject: '[SlashImage] Optimizing images is paused',
		} );
		expect( paused?.message ).toContain( 'Number of sites: 2.' );
		expect( paused?.message ).toMatch( new RegExp( `^- ${ network.wp.url }(/shop)?/?$`, 'm' ) );
		expect( paused?.message.match( /^- /gm ) ).toHaveLength( 2 );
		expect( paused?.message ).toContain( '/wp-admin/network/settings.php?page=slashimage' );
		expect( paused?.message ).not.toMatch( /%\d|sk_|client\.example/ );

		// The main site works again, and the shop still waits.
		service.setBlocked( key, [] );
		await sites.main.evaluate( 'SlashImage\\Check::run( 5 );' );
		await visit( at( '' ) );
		expect( await mails( at( '' ) ) ).toHaveLength( 1 );
		await checkAll( [] );
		await visit( at( '/shop' ) );
		await visit( at( '' ) );
		expect( ( await mails( at( '' ) ) ).map( ( { subject } ) => subject ).slice( 1 ) ).toEqual( [
			'[SlashImage] Optimizing images goes on',
		] );
		expect( await network.log() ).toBe( '' );
	} );

	it( 'name ten sites and count the rest', async () => {
		await network.wp.evaluate(
			`$sites = array_fill( 0, 13, get_main_site_id() ); SlashImage\\Mail_Text::send( [ 'since' => time(), 'sites' => $sites ] );`
		);
		const message = ( await mails( at( '' ) ) ).at( -1 )?.message;
		expect( String( message ).match( /^- /gm ) ).toHaveLength( 10 );
		expect( message ).toContain( '\nand 3 more\n' );
		expect( message ).toContain( 'Number of sites: 13.' );
	} );
} );

describe.runIf( native )( 'a page', () => {
	it( 'loads nothing of the e-mails, and asks nobody', async () => {
		const { admin, wp, service } = await site();
		await collectMails();
		await refused();
		await passTime( hour );
		await stopCollecting();
		service.forgetRequests();
		const html = await admin.page( '/wp-admin/options-general.php', { 'x-slashimage-queries': wp.token } );
		expect( html ).toContain( '<!-- queries: ' );
		expect( html.replace( /^[\s\S]*<!-- queries: /, '' ) ).not.toMatch( /slashimage_(mail|key|settings)/ );
		expect( service.requests ).toEqual( [] );
	} );
} );

it.runIf( native )( 'has left nothing in the log, WP-Cron included', async () => {
	expect( await ( await site() ).log() ).toBe( '' );
} );
