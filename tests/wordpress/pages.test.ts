import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { site } from './site.ts';
import { visitor } from './visitor.ts';

const settings = '/wp-admin/upload.php?page=slashimage';
const noticePages = [
	'/wp-admin/index.php',
	'/wp-admin/plugins.php',
	'/wp-admin/upload.php?mode=list',
	'/wp-admin/media-new.php',
];
const otherPages = [ '/wp-admin/options-general.php', '/wp-admin/edit.php', '/wp-admin/post-new.php' ];

const connect = async () => {
	const { admin, service } = await site();
	const key = service.issueKey();
	await admin.rest( 'POST', '/connection', { key } );
	return key;
};

const refuse = async () => {
	const { admin, service } = await site();
	service.deleteKey( await connect() );
	await admin.rest( 'POST', '/connection/check' );
};

/** The page, and the database queries it took; cron is kept out of it. */
const measured = async ( path: string ) => {
	const { admin, wp } = await site();
	const html = await admin.page( path, { 'x-slashimage-queries': wp.token } );
	const sent = JSON.parse( /<!-- queries: \d+ (\[.*\]) -->/s.exec( html )?.[ 1 ] ?? '[]' ) as { sql: string }[];
	return { html: html.replace( /<!-- queries:.*/s, '' ), queries: sent.map( ( { sql } ) => sql ) };
};

const ours = ( queries: string[] ) =>
	queries.filter( ( sql ) => sql.includes( 'slashimage' ) && ! sql.includes( 'autoload' ) );

describe( 'a healthy site', () => {
	beforeAll( async () => {
		await ( await site() ).reset();
		await connect();
	} );

	it.each( [ ...noticePages.slice( 0, 2 ), ...otherPages, '/' ] )(
		'adds no script, style, byte or query to %s',
		async ( path ) => {
			await measured( path );
			const { html, queries } = await measured( path );
			// The menu entry, WordPress's list of commands made from it, and the plugins screen's own row name it; no more.
			expect( html.match( /plugins\/slashimage|slashimage[-A-Z][^"'<]{0,60}/g ) ).toBeNull();
			expect( ours( queries ) ).toEqual( [] );
		}
	);

	it( 'takes as many queries with the plugin as without', async () => {
		const { wp } = await site();
		const count = async () => {
			const all = [];
			for ( const path of [ '/wp-admin/index.php', '/wp-admin/options-general.php', '/' ] ) {
				await measured( path );
				all.push( ( await measured( path ) ).queries.length );
			}
			return all;
		};
		const active = await count();
		await wp.evaluate( `deactivate_plugins( 'slashimage/slashimage.php' );` );
		const inactive = await count();
		await wp.evaluate( `activate_plugin( 'slashimage/slashimage.php' );` );
		expect( active ).toEqual( inactive );
	} );
} );

describe( 'the media list', () => {
	it( 'shows every row with one query', async () => {
		const { reset, upload } = await site();
		await reset();
		const ids = await upload( 3 );
		const { html, queries } = await measured( '/wp-admin/upload.php?mode=list' );
		expect( ours( queries ) ).toHaveLength( 1 );
		for ( const id of ids ) {
			expect( html ).toContain( `<span class="slashimage-status" data-id="${ id }"></span>` );
		}
		expect( html.match( /slashimage\/status\.(js|css)/g ) ).toHaveLength( 2 );
	} );

	it( 'loads nothing in the grid', async () => {
		await ( await site() ).reset();
		await connect();
		const { html, queries } = await measured( '/wp-admin/upload.php?mode=grid' );
		expect( html ).not.toContain( 'plugins/slashimage/' );
		expect( ours( queries ) ).toEqual( [] );
		await measured( '/wp-admin/upload.php?mode=list' );
	} );
} );

describe( 'the notice', () => {
	beforeEach( async () => ( await site() ).reset() );

	it( 'shows where people look while the key is refused, and not on the settings screen', async () => {
		const { admin } = await site();
		await refuse();
		for ( const path of noticePages ) {
			const html = await admin.page( path );
			expect( [
				path,
				html.includes( 'id="slashimage-notice"' ),
				html.includes( '"notice":"key_refused"' ),
			] ).toEqual( [ path, true, true ] );
		}
		for ( const path of [ settings, ...otherPages ] ) {
			expect( [ path, ( await admin.page( path ) ).includes( 'slashimage-notice' ) ] ).toEqual( [ path, false ] );
		}
	} );

	it( 'is only for those who can do something about it', async () => {
		const { wp } = await site();
		await refuse();
		await wp.evaluate(
			`return username_exists( 'editor' ) || wp_insert_user( [ 'user_login' => 'editor', 'user_pass' => 'a long editor pass', 'role' => 'editor' ] );`
		);
		const editor = await visitor( wp.url, 'editor', 'a long editor pass' );
		expect( await editor.page( '/wp-admin/index.php' ) ).not.toContain( 'slashimage-notice' );
	} );

	it( 'is closed for a day and for one person, and comes back with the next refusal', async () => {
		const { admin, wp } = await site();
		await refuse();
		await wp.evaluate(
			`return username_exists( 'second' ) || wp_insert_user( [ 'user_login' => 'second', 'user_pass' => 'a long second pass', 'role' => 'administrator' ] );`
		);
		const second = await visitor( wp.url, 'second', 'a long second pass' );
		const shown = async ( who = admin ) =>
			( await who.page( '/wp-admin/index.php' ) ).includes( 'slashimage-notice' );
		expect( ( await admin.rest( 'POST', '/notice', { notice: 'key_refused' } ) ).status ).toBe( 200 );
		expect( await shown() ).toBe( false );
		expect( await shown( second ) ).toBe( true );
		await wp.evaluate(
			`$hidden = get_user_meta( 1, 'slashimage_hidden_notices', true ); $hidden['key_refused']['until'] -= DAY_IN_SECONDS + 1; update_user_meta( 1, 'slashimage_hidden_notices', $hidden );`
		);
		expect( await shown() ).toBe( true );
		await admin.rest( 'POST', '/notice', { notice: 'key_refused' } );
		await wp.evaluate( 'sleep( 1 );' );
		await refuse();
		expect( await shown() ).toBe( true );
	} );

	it( 'hints once, on the plugins screen, that there is no key yet, and can be closed for good', async () => {
		const { admin } = await site();
		expect( await admin.page( '/wp-admin/plugins.php' ) ).toContain( '"notice":"not_configured"' );
		expect( await admin.page( '/wp-admin/index.php' ) ).not.toContain( 'slashimage-notice' );
		await admin.rest( 'POST', '/notice', { notice: 'not_configured' } );
		expect( await admin.page( '/wp-admin/plugins.php' ) ).not.toContain( 'slashimage-notice' );
	} );

	it( 'answers 400 to a notice there is not', async () => {
		const { admin } = await site();
		expect( ( await admin.rest( 'POST', '/notice', { notice: 'nonsense' } ) ).status ).toBe( 400 );
		expect( ( await admin.rest( 'POST', '/notice', {} ) ).status ).toBe( 400 );
	} );
} );

describe( 'the full key', () => {
	it( 'is on no page, whoever asks', async () => {
		const { admin, reset, log } = await site();
		await reset();
		const key = await connect();
		const middle = key.slice( 10, 40 );
		for ( const path of [
			settings,
			...noticePages,
			'/wp-admin/options.php',
			'/wp-admin/site-health.php?tab=debug',
			'/wp-admin/export.php?download=true',
			'/wp-json/',
		] ) {
			expect( [ path, ( await admin.page( path ) ).includes( middle ) ] ).toEqual( [ path, false ] );
		}
		expect( await log() ).toBe( '' );
	} );
} );

describe( 'uninstalling', () => {
	it( 'leaves nothing behind but the originals', async () => {
		const { wp, reset } = await site();
		await reset();
		await connect();
		const left = await wp.evaluate( `
			global $wpdb;
			SlashImage\\Lifecycle::uninstall();
			$left = [ $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%slashimage%' AND option_name NOT LIKE '%transient%'" ), $wpdb->get_col( "SHOW TABLES LIKE '%slashimage%'" ), array_filter( array_keys( array_merge( ...array_values( array_filter( _get_cron_array() ) ) ) ), fn( $hook ) => false !== strpos( $hook, 'slashimage' ) ) ];
			SlashImage\\Lifecycle::install();
			return $left;` );
		expect( left ).toEqual( [ [], [], [] ] );
	} );
} );
