import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { networkSchema, type Network as State } from '../../src/validation/network-schemas.ts';
import { fingerprint } from '../../src/validation/key.ts';
import { fieldSentences } from '../../src/validation/sentences.ts';
import { startNetwork, type Network, type Place } from './network-sites.ts';
import { uploadPhotos } from './site.ts';
import { visitor } from './visitor.ts';

let network: Network;
const places = (): Place[] => Object.values( network.sites );

/** Asks the network's routes; every good answer is the complete state. */
const rest = async ( method: string, path = '', body?: unknown ): Promise< State > => {
	const answer = await network.boss.rest( method, `/network${ path }`, body );
	expect( answer.text ).not.toMatch( /"key":"sk_/ );
	expect( answer ).toMatchObject( { status: 200 } );
	return networkSchema.parse( answer.body );
};
const setKey = async ( key = network.service.issueKey() ): Promise< string > => {
	await rest( 'POST', '/key', { key } );
	return key;
};
const allow = ( own: boolean ) => rest( 'POST', '/settings', { own_keys: own, emails: true, keep_backups: true } );
const crons = async () => {
	for ( const place of places() ) {
		await place.cron();
	}
};
const rowOf = async ( { origin }: Place, path = '/' ) =>
	( await rest( 'GET' ) ).sites.rows.find( ( row ) => {
		const { hostname, pathname } = new URL( row.address );
		return `http://${ hostname }` === origin && pathname === path;
	} );
const optimized = async ( place: Place, count: number ) => {
	await expect
		.poll( async () => ( await place.rows() ).map( ( { state } ) => state ), { timeout: 40_000, interval: 500 } )
		.toEqual( Array( count ).fill( 'optimized' ) );
};

// WebAssembly's WordPress is one site.
describe.runIf( process.env[ 'SLASHIMAGE_NATIVE' ] )( 'a network', () => {
	beforeAll( async () => {
		network = await startNetwork();
	} );
	beforeEach( () => network.reset() );
	afterAll( async () => {
		await network?.close();
	} );

	describe( 'its key', () => {
		it( 'reaches every site by itself, which says so, and uploads get optimized', async () => {
			for ( const place of places() ) {
				await place.upload( 1 );
			}
			const key = await setKey();
			await crons();
			for ( const place of places() ) {
				await optimized( place, 1 );
			}
			const { sites } = await rest( 'GET' );
			expect( sites ).toMatchObject( { total: 3, page: 1, per_page: 20 } );
			expect(
				sites.rows.map( ( { name, source, state, waiting } ) => [ name, source, state, waiting ] )
			).toEqual( [
				[ 'SlashImage', 'network', 'connected', 0 ],
				[ 'Shop', 'network', 'connected', 0 ],
				[ 'Client', 'network', 'connected', 0 ],
			] );
			for ( const place of places() ) {
				expect( await place.connection() ).toMatchObject( {
					state: 'connected',
					key: { source: 'network', fingerprint: fingerprint( key ), others: [] },
				} );
			}
			expect( await network.log() ).toBe( '' );
		} );

		it( 'is asked about for the main site, and by each site under its own address', async () => {
			const { main, client } = network.sites;
			const key = network.service.issueKey();
			// Whichever site's routes are used.
			expect( await client.evaluate( `$key = '${ key }';${ setKeyHere }` ) ).toBe( 200 );
			expect( network.came() ).toEqual( { keys: [ fingerprint( key ) ], origins: [ main.origin ] } );
			for ( const place of places() ) {
				await place.upload( 1 );
				await place.cron();
				await optimized( place, 1 );
				expect( network.came() ).toEqual( { keys: [ fingerprint( key ) ], origins: [ place.origin ] } );
			}
			expect( network.sites.shop.origin ).toBe( network.sites.main.origin );
			expect( network.sites.client.origin ).toBe( 'http://client.example' );
		} );

		it.each( [
			[ 'malformed', 400, 'key_cut_off', fieldSentences.malformed ],
			[ 'refused', 422, 'invalid_key', fieldSentences.refused ],
			[ 'out of reach', 424, 'server_error', fieldSentences.unreachable ],
		] )( '%s is not stored, and nothing changes anywhere', async ( what, status, code, message ) => {
			await setKey();
			await crons();
			const before = await rest( 'GET' );
			const key = network.service.issueKey();
			if ( what === 'refused' ) {
				network.service.deleteKey( key );
			}
			network.service.setFault( what === 'out of reach' ? 'error_500' : 'none' );
			const sent = what === 'malformed' ? key.slice( 0, -4 ) : key;
			const answer = await network.boss.rest( 'POST', '/network/key', { key: sent } );
			expect( answer ).toMatchObject( { status, body: { code, message } } );
			expect( await rest( 'GET' ) ).toEqual( { ...before, revision: expect.any( Number ) } );
		} );

		it( 'refused later shows on the network screen: where, since when, how many images wait', async () => {
			const key = await setKey();
			await crons();
			const { client } = network.sites;
			const begun = Math.floor( Date.now() / 1000 );
			network.service.setDomains( key, [ '127.0.0.1' ] );
			await client.upload( 2 );
			await client.evaluate( 'SlashImage\\Schedule::check();' );
			const row = await rowOf( client );
			expect( row ).toMatchObject( { name: 'Client', source: 'network', state: 'reconnect', waiting: 2 } );
			expect( row?.since ).toBeGreaterThanOrEqual( begun );
			expect( row?.settings_url ).toContain( 'client.example' );
			expect( await rowOf( network.sites.shop, '/shop/' ) ).toMatchObject( { state: 'connected', waiting: 0 } );
			network.service.setDomains( key, [] );
			await client.evaluate( 'SlashImage\\Schedule::check();' );
			await optimized( client, 2 );
			expect( await rowOf( client ) ).toMatchObject( { state: 'connected', waiting: 0 } );
		} );

		it( 'gives way to one of the configuration, beside which none can be set', async () => {
			const key = await setKey();
			const [ configured, other ] = [ network.service.issueKey(), network.service.issueKey() ];
			network.came();
			const define = `define( 'SLASHIMAGE_API_KEY', '${ configured }' );`;
			const { main } = network.sites;
			expect( await main.evaluate( `${ define } $key = '${ other }';${ setKeyHere }` ) ).toBe( 409 );
			expect( network.came().keys ).toEqual( [] );
			expect(
				await main.evaluate( `${ define } return SlashImage\\Network_Controller::state( 1 );` )
			).toMatchObject( {
				key: {
					source: 'constant',
					name: 'SLASHIMAGE_API_KEY',
					fingerprint: fingerprint( configured ?? '' ),
					settable: false,
					others: [ { source: 'network', fingerprint: fingerprint( key ) } ],
				},
				verified_at: null,
			} );
			expect( ( await rest( 'POST', '/key/disconnect' ) ).key ).toMatchObject( {
				source: 'none',
				settable: true,
			} );
		} );

		it( 'removed leaves the sites without one, and a new one brings them back', async () => {
			await setKey();
			await crons();
			expect( await rest( 'POST', '/key/disconnect' ) ).toMatchObject( {
				key: { source: 'none', fingerprint: '' },
				verified_at: null,
			} );
			await crons();
			network.came();
			// Before anybody looks at a site: its own screen would find out by itself.
			const { rows } = ( await rest( 'GET' ) ).sites;
			expect( rows.map( ( { state } ) => state ) ).toEqual( Array( 3 ).fill( 'disconnected' ) );
			for ( const place of places() ) {
				expect( await place.connection() ).toMatchObject( { state: 'disconnected', key: { source: 'none' } } );
			}
			await network.sites.shop.upload( 1 );
			expect( network.came().keys ).toEqual( [] );
			await setKey();
			await crons();
			await optimized( network.sites.shop, 1 );
			await rest( 'POST', '/key/disconnect' );
			expect( await network.boss.rest( 'POST', '/network/key/disconnect' ) ).toMatchObject( { status: 409 } );
		} );
	} );

	describe( "a site's own key", () => {
		it( "stands before the network's where that is allowed, and the screens say so", async () => {
			const { shop, main } = network.sites;
			const own = network.service.issueKey();
			await main.connect( own );
			const key = await setKey();
			expect( await rowOf( main ) ).toMatchObject( { source: 'database', state: 'connected' } );
			await main.evaluate(
				'rest_do_request( new WP_REST_Request( "POST", "/slashimage/v1/connection/disconnect" ) );'
			);
			expect( await shop.connect( own ) ).toEqual( { status: 200, code: '' } );
			await crons();
			expect( await shop.connection() ).toMatchObject( {
				state: 'connected',
				key: {
					source: 'database',
					fingerprint: fingerprint( own ),
					settable: true,
					others: [ { source: 'network', fingerprint: fingerprint( key ) } ],
				},
			} );
			network.came();
			await shop.upload( 1 );
			await optimized( shop, 1 );
			expect( network.came().keys ).toEqual( [ fingerprint( own ) ] );
			expect( ( await main.connection() ).key.fingerprint ).toBe( fingerprint( key ) );
			expect( await rowOf( shop, '/shop/' ) ).toMatchObject( { source: 'database', state: 'connected' } );
		} );

		it( 'counts for nothing where it is not: listed, never sent, and no other can be set', async () => {
			const { shop } = network.sites;
			const own = network.service.issueKey();
			const key = await setKey();
			await shop.connect( own );
			expect( await allow( false ) ).toMatchObject( { own_keys: false } );
			network.came();
			await crons();
			expect( await rowOf( shop, '/shop/' ) ).toMatchObject( { source: 'network', state: 'connected' } );
			expect( await shop.connection() ).toMatchObject( {
				state: 'connected',
				key: {
					source: 'network',
					fingerprint: fingerprint( key ),
					settable: false,
					others: [ { source: 'database', fingerprint: fingerprint( own ) } ],
				},
			} );
			await shop.upload( 1 );
			await optimized( shop, 1 );
			expect( network.came().keys ).toEqual( [ fingerprint( key ) ] );
			expect( await shop.connect( own ) ).toEqual( { status: 409, code: 'settings_managed' } );
			expect( network.came().keys ).toEqual( [] );
			await allow( true );
			await crons();
			expect( await rowOf( shop, '/shop/' ) ).toMatchObject( { source: 'database' } );
			expect( ( await shop.connection() ).key.fingerprint ).toBe( fingerprint( own ) );
		} );

		it( 'is not sent while the network keeps keys to itself and has none', async () => {
			const { shop } = network.sites;
			await shop.connect( network.service.issueKey() );
			await allow( false );
			network.came();
			await shop.upload( 1 );
			await crons();
			await shop.evaluate( 'SlashImage\\Worker::run( 5 );' );
			expect( await shop.connection() ).toMatchObject( { state: 'disconnected', key: { source: 'none' } } );
			expect( network.came().keys ).toEqual( [] );
		} );
	} );

	it.each( [ 'main', 'shop' ] as const )(
		'sends no other key than its screens name, whatever was just changed: %s',
		async ( name ) => {
			const site = network.sites[ name ];
			const [ own, first, second ] = [ 1, 2, 3 ].map( () => network.service.issueKey() );
			const steps: ( () => Promise< unknown > )[] = [
				() => setKey( first ),
				() => site.connect( own ?? '' ),
				() => allow( false ),
				() => setKey( second ),
				() => allow( true ),
				() => rest( 'POST', '/key/disconnect' ),
				() => allow( false ),
			];
			for ( const step of steps ) {
				await step();
				// Nobody but the test has a worker go on.
				await site.evaluate( `${ noKick } $count = 1; ${ uploadPhotos }` );
				network.came();
				// Nobody has looked, and no check has run yet: the worker finds out by itself.
				await site.evaluate( "delete_option( 'slashimage_worker.lock' ); SlashImage\\Worker::run( 10 );" );
				const { keys } = network.came();
				const { key } = await site.connection();
				expect( keys ).toEqual( key.source === 'none' ? [] : [ key.fingerprint ] );
			}
		}
	);

	describe( 'its routes', () => {
		it( 'are for network administrators only', async () => {
			await network.sites.shop.connect( 'sk_live_' );
			const { wp } = network;
			for ( const url of [ wp.url, `${ wp.url }/shop` ] ) {
				const shopkeeper = await visitor( url, 'shopkeeper', 'shopkeeper' );
				const key = network.service.issueKey();
				network.service.forgetRequests();
				for ( const [ method, path, body ] of [
					[ 'GET', '', undefined ],
					[ 'POST', '/key', { key } ],
					[ 'POST', '/key/disconnect', undefined ],
					[ 'POST', '/settings', { own_keys: false, emails: false, keep_backups: false } ],
				] as const ) {
					expect( ( await shopkeeper.rest( method, `/network${ path }`, body ) ).status ).toBe( 403 );
				}
				expect( network.came().keys ).toEqual( [] );
			}
			const shopkeeper = await visitor( `${ wp.url }/shop`, 'shopkeeper', 'shopkeeper' );
			expect( ( await shopkeeper.rest( 'GET', '/connection' ) ).status ).toBe( 200 );
			const nobody = await visitor( wp.url );
			expect( ( await nobody.rest( 'GET', '/network' ) ).status ).toBe( 401 );
			expect( await network.boss.page( '/wp-admin/network/settings.php?page=slashimage' ) ).toContain(
				'id="slashimage-network"'
			);
			expect( await shopkeeper.page( '/wp-admin/network/settings.php?page=slashimage' ) ).not.toContain(
				'id="slashimage-network"'
			);
		} );

		it( 'take all settings or none', async () => {
			expect( await network.boss.rest( 'POST', '/network/settings', { own_keys: false } ) ).toMatchObject( {
				status: 400,
			} );
			const saved = await rest( 'POST', '/settings', { own_keys: false, emails: false, keep_backups: false } );
			expect( saved ).toMatchObject( {
				own_keys: false,
				settings: { emails: false, keep_backups: false, settable: true },
			} );
			expect( await rest( 'GET' ) ).toEqual( { ...saved, revision: expect.any( Number ) } );
		} );
	} );

	describe( 'its sites', () => {
		it( 'have notices of their own: one that is closed on one of them is closed there alone', async () => {
			const { main, shop } = network.sites;
			const due = `wp_set_current_user( 1 ); return SlashImage\\Notice::due( 'plugins' );`;
			const close = ( code: string ) =>
				`wp_set_current_user( 1 ); $request = new WP_REST_Request( 'POST', '/slashimage/v1/notice' ); $request->set_body_params( [ 'notice' => '${ code }' ] ); return rest_do_request( $request )->get_status();`;
			for ( const place of [ main, shop ] ) {
				expect( await place.evaluate( due ) ).toBe( 'not_configured' );
			}
			expect( await shop.evaluate( close( 'not_configured' ) ) ).toBe( 200 );
			expect( [ await main.evaluate( due ), await shop.evaluate( due ) ] ).toEqual( [ 'not_configured', null ] );
			expect( await main.evaluate( close( 'not_configured' ) ) ).toBe( 200 );
			expect( [ await main.evaluate( due ), await shop.evaluate( due ) ] ).toEqual( [ null, null ] );
		} );

		it( 'lose their events, each of them, when the plugin is deactivated for all', async () => {
			const { main, shop, client } = network.sites;
			await setKey();
			await crons();
			const events = `return array_filter( array_keys( array_merge( [], ...array_values( array_filter( _get_cron_array(), 'is_array' ) ) ) ), fn( $hook ) => 0 === strpos( $hook, 'slashimage' ) );`;
			for ( const place of [ main, shop, client ] ) {
				expect( await place.evaluate( events ) ).not.toEqual( [] );
			}
			await main.evaluate( 'deactivate_plugins( "slashimage/slashimage.php", false, true );' );
			for ( const place of [ main, shop, client ] ) {
				expect( Object.values( ( await place.evaluate( events ) ) as object ) ).toEqual( [] );
			}
			await main.evaluate( 'activate_plugin( "slashimage/slashimage.php", "", true );' );
		} );

		it( 'a new one has its table and works, a deleted one leaves nothing', async () => {
			await setKey();
			const { host } = new URL( network.wp.url );
			const id = await network.sites.main.evaluate( newSite );
			const place = network.place( host, '/new' );
			const table = `$name = $GLOBALS['wpdb']->base_prefix . '${ id }_slashimage_queue'; return $GLOBALS['wpdb']->get_var( "SHOW TABLES LIKE '$name'" );`;
			expect( await network.sites.main.evaluate( table ) ).toMatch( /_slashimage_queue$/ );
			await place.upload( 1 );
			await place.cron();
			await optimized( place, 1 );
			expect( await rowOf( network.sites.main, '/new/' ) ).toMatchObject( { name: 'New', state: 'connected' } );
			await network.sites.main.evaluate( `wp_delete_site( ${ id } );` );
			expect( await network.sites.main.evaluate( table ) ).toBeNull();
			expect( await network.sites.main.evaluate( `return get_site_meta( ${ id } );` ) ).toEqual( [] );
			expect( await network.sites.main.rows() ).toEqual( [] );
			expect( ( await rest( 'GET' ) ).sites.total ).toBe( 3 );
		} );

		it( 'are listed page by page and reached in batches, however many there are', async () => {
			const { main } = network.sites;
			const created = ( await main.evaluate( manySites ) ) as number[];
			try {
				const first = await rest( 'GET' );
				expect( first.sites ).toMatchObject( { total: 23, page: 1 } );
				expect( first.sites.rows ).toHaveLength( 20 );
				const last = await rest( 'GET', '?page=99' );
				expect( last.sites ).toMatchObject( { total: 23, page: 2 } );
				expect( last.sites.rows ).toHaveLength( 3 );
				const named = { name: '<b>R&D</b> "19"', state: 'disconnected', source: 'none' };
				expect( last.sites.rows[ 2 ] ).toMatchObject( named );
				// Name and count of each that is shown, and a fixed number for everything else.
				expect( await main.evaluate( queries ) ).toBeLessThanOrEqual( 2 * 20 + 15 );

				await main.evaluate( forgetChecks );
				await setKey();
				expect( await main.evaluate( planned ) ).toBe( 20 );
				expect( await main.evaluate( goesOn ) ).toBe( true );
				await main.goOn();
				await expect.poll( () => main.evaluate( planned ), { timeout: 20_000 } ).toBe( 23 );
				expect( await main.evaluate( goesOn ) ).toBe( false );
			} finally {
				await main.evaluate( `foreach ( [ ${ created } ] as $id ) { wp_delete_site( $id ); }` );
			}
		} );

		it( 'get what is missing when the plugin is activated for all of them', async () => {
			const { shop, main } = network.sites;
			await main.evaluate( `switch_to_blog( get_id_from_blogname( 'shop' ) ); SlashImage\\Lifecycle::leave();` );
			await main.evaluate( 'deactivate_plugins( "slashimage/slashimage.php", false, true );' );
			await main.evaluate( 'activate_plugin( "slashimage/slashimage.php", "", true );' );
			expect( await shop.rows() ).toEqual( [] );
			await setKey();
			await shop.cron();
			expect( await shop.connection() ).toMatchObject( { state: 'connected' } );
			expect( await network.log() ).toBe( '' );
		} );
	} );

	it( 'is left by an uninstalled plugin as it was before', async () => {
		await network.sites.shop.connect( network.service.issueKey() );
		await setKey();
		await crons();
		await network.sites.client.upload( 1 );
		await optimized( network.sites.client, 1 );
		await expect
			.poll(
				() =>
					network.sites.client.evaluate(
						`return $GLOBALS['wpdb']->get_var( "SELECT option_id FROM {$GLOBALS['wpdb']->options} WHERE option_name = 'slashimage_worker.lock'" );`
					),
				{ timeout: 30_000 }
			)
			.toBe( null );
		expect( await network.sites.main.evaluate( traces ) ).not.toEqual( [] );
		await network.sites.main.evaluate( `
			define( 'WP_UNINSTALL_PLUGIN', 'slashimage/slashimage.php' );
			deactivate_plugins( 'slashimage/slashimage.php', false, true );
			include WP_PLUGIN_DIR . '/slashimage/uninstall.php';` );
		expect( await network.sites.main.evaluate( traces ) ).toEqual( [] );
		expect( await network.log() ).toBe( '' );
	} );
} );

const noKick = `add_filter( 'pre_http_request', fn( $answer, $arguments, $url ) => strpos( $url, 'admin-ajax.php' ) ? new WP_Error( 'no_kick' ) : $answer, 10, 3 );`;

const setKeyHere = `
	$request = new WP_REST_Request( 'POST', '/slashimage/v1/network/key' );
	$request->set_body_params( [ 'key' => $key ] );
	return rest_do_request( $request )->get_status();`;

const newSite = `
	return wp_insert_site( [ 'domain' => get_network()->domain, 'path' => '/new/', 'title' => 'New', 'user_id' => 1 ] );`;

const manySites = `
	$ids = [];
	for ( $i = 0; $i < 20; $i++ ) {
		$ids[] = wp_insert_site( [ 'domain' => get_network()->domain, 'path' => "/many$i/", 'title' => "<b>R&D</b> \\"$i\\"", 'user_id' => 1 ] );
	}
	return $ids;`;

const queries = `
	wp_cache_flush();
	get_site_option( 'site_name' );
	$before = $GLOBALS['wpdb']->num_queries;
	SlashImage\\Network_Sites::page( 1 );
	return $GLOBALS['wpdb']->num_queries - $before;`;

const forgetChecks = `
	foreach ( get_sites( [ 'fields' => 'ids', 'number' => 0 ] ) as $site ) {
		switch_to_blog( $site );
		SlashImage\\Schedule::clear();
		restore_current_blog();
	}`;

const goesOn = "return strpos( serialize( _get_cron_array() ), 'slashimage_sites' ) !== false;";

/** How many sites are about to ask about their key. */
const planned = `
	$sites = 0;
	foreach ( get_sites( [ 'fields' => 'ids', 'number' => 0 ] ) as $site ) {
		switch_to_blog( $site );
		$sites += wp_next_scheduled( 'slashimage_check' ) ? 1 : 0;
		restore_current_blog();
	}
	return $sites;`;

/** Every table, option, scheduled event and meta row that has the plugin's name. */
const traces = `
	global $wpdb;
	$found = $wpdb->get_col( "SHOW TABLES LIKE '%slashimage%'" );
	foreach ( get_sites( [ 'fields' => 'ids' ] ) as $site ) {
		switch_to_blog( $site );
		$like  = "option_name LIKE '%slashimage%' OR ( option_name = 'cron' AND option_value LIKE '%slashimage%' )";
		$found = array_merge( $found, $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE $like" ) );
		restore_current_blog();
	}
	$found = array_merge( $found, $wpdb->get_col( "SELECT meta_key FROM $wpdb->sitemeta WHERE meta_key LIKE '%slashimage%'" ) );
	$found = array_merge( $found, $wpdb->get_col( "SELECT meta_key FROM $wpdb->blogmeta WHERE meta_key LIKE '%slashimage%'" ) );
	return array_merge( $found, $wpdb->get_col( "SELECT meta_key FROM $wpdb->usermeta WHERE meta_key LIKE '%slashimage%'" ) );`;
