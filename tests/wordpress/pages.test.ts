import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loaded, measured, ours, told } from './measured.ts';
import { person } from './people.ts';
import { site } from './site.ts';

const settings = '/wp-admin/upload.php?page=slashimage';
const noticePages = [
	'/wp-admin/index.php',
	'/wp-admin/plugins.php',
	'/wp-admin/upload.php?mode=list',
	'/wp-admin/media-new.php',
];
const otherPages = [ '/wp-admin/users.php', '/wp-admin/edit.php' ];
// A page takes WebAssembly a second.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];
// Where images are, and where they can be chosen.
const library = [ '/wp-admin/upload.php?mode=list', '/wp-admin/upload.php?mode=grid', '/wp-admin/post-new.php' ];

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

	it.runIf( native )( 'takes as many queries with the plugin as without, and the media list one more', async () => {
		const { wp, upload } = await site();
		await upload( 1 );
		const count = async () => {
			const all = [];
			for ( const path of [ '/wp-admin/index.php', '/wp-admin/options-general.php', '/', library[ 0 ] ?? '' ] ) {
				await measured( path );
				all.push( ( await measured( path ) ).queries.length );
			}
			return all;
		};
		const active = await count();
		await wp.evaluate( `deactivate_plugins( 'slashimage/slashimage.php' );` );
		const inactive = await count();
		await wp.evaluate( `activate_plugin( 'slashimage/slashimage.php' );` );
		const list = inactive.pop() ?? 0;
		expect( active.pop() ).toBeLessThanOrEqual( list + 1 );
		expect( active ).toEqual( inactive );
	} );
} );

describe( 'the media library', () => {
	it( 'shows every row of its list with one query', async () => {
		const { reset, upload } = await site();
		await reset();
		const ids = await upload( 3 );
		await measured( '/wp-admin/upload.php?mode=list' );
		const { html, queries } = await measured( '/wp-admin/upload.php?mode=list' );
		expect( ours( queries ) ).toHaveLength( 1 );
		expect( told( html ).sort() ).toEqual( ids );
	} );

	it.each( native ? library : library.slice( 0, 1 ) )(
		'loads one script and one style on %s, also with the notice',
		async ( path ) => {
			await ( await site() ).reset();
			await connect();
			await measured( path );
			const healthy = await measured( path );
			expect( loaded( healthy.html ) ).toEqual( [ 'status.css', 'status.js' ] );
			expect( ours( healthy.queries ) ).toEqual( [] );
			expect( healthy.html ).toContain( '"notice":null' );
			await refuse();
			const refused = await measured( path );
			expect( loaded( refused.html ) ).toEqual( [ 'status.css', 'status.js' ] );
			const isShown = path.includes( 'upload.php' );
			expect( refused.html.includes( '"notice":"key_refused"' ) ).toBe( isShown );
			expect( refused.html.includes( '<div id="slashimage-notice"></div>' ) ).toBe( isShown );
			await measured( library[ 0 ] ?? '' );
		}
	);

	it.runIf( native ).each( [
		[ '/wp-admin/options-general.php', false ],
		[ '/wp-admin/post-new.php', true ],
		[ '/wp-admin/post-new.php?post_type=page', true ],
		[ '/wp-admin/site-editor.php', true ],
		[ '/wp-admin/customize.php', true ],
		[ '/wp-admin/upload.php?mode=grid', true ],
	] )( 'a media window on %s: ours is loaded with it: %s', async ( path, isThere ) => {
		await ( await site() ).reset();
		await connect();
		const { html } = await measured( path );
		// WordPress's own window is there.
		expect( html ).toMatch( /tmpl-media-frame|media-views(?:\.min)?\.js/ );
		expect( loaded( html ) ).toEqual( isThere ? [ 'status.css', 'status.js' ] : [] );
		expect( html.includes( 'slashimageStatus' ) ).toBe( isThere );
	} );

	it.runIf( native )( 'tells a grid what it knows of its images with one query', async () => {
		const { admin, reset, upload, wp } = await site();
		await reset();
		const ids = await upload( 2 );
		const answer = await fetch( `${ wp.url }/wp-admin/admin-ajax.php`, {
			method: 'POST',
			headers: { cookie: admin.cookie, 'x-slashimage-queries': wp.token },
			body: new URLSearchParams( { action: 'query-attachments', 'query[posts_per_page]': '80' } ),
		} );
		const [ json = '', counted = '' ] = ( await answer.text() ).split( '<!-- queries: ' );
		const { data } = JSON.parse( json ) as { data: { id: number; slashimage: object }[] };
		expect( data.map( ( { id } ) => id ).sort() ).toEqual( ids );
		for ( const { id, slashimage } of data ) {
			expect( slashimage ).toMatchObject( { id, state: 'waiting', files: [] } );
		}
		expect( counted.match( /FROM wp_slashimage_queue/g ) ).toHaveLength( 1 );
	} );
} );

describe( 'what is no image', () => {
	it( 'has no box, no script and no state of ours', async () => {
		const { wp, admin } = await site();
		const pdf = await wp.evaluate(
			`return wp_insert_attachment( [ 'post_title' => 'A text', 'post_mime_type' => 'application/pdf', 'post_status' => 'inherit' ], 'a.pdf' );`
		);
		const screen = await admin.page( `/wp-admin/post.php?post=${ String( pdf ) }&action=edit` );
		expect( screen ).toContain( 'A text' );
		expect( screen ).not.toMatch( /slashimageStatus|id="slashimage"|slashimage-status/ );
		expect( await admin.rest( 'POST', `/images/${ String( pdf ) }/optimize`, {} ) ).toMatchObject( {
			status: 400,
			body: { code: 'not_an_image' },
		} );
		await wp.evaluate( `wp_delete_attachment( ${ String( pdf ) }, true );` );
	} );
} );

describe( 'our column', () => {
	it( 'is there for whoever asks for the columns, on any screen', async () => {
		const { wp } = await site();
		expect( await wp.evaluate( `return apply_filters( 'manage_media_columns', [ 'title' => 'File' ] );` ) ).toEqual(
			{
				title: 'File',
				slashimage: 'SlashImage',
			}
		);
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

	it.runIf( native )( 'is only for those who can do something about it', async () => {
		await refuse();
		const editor = await person( 'editor' );
		expect( await editor.page( '/wp-admin/index.php' ) ).not.toContain( 'slashimage-notice' );
	} );

	it.runIf( native )( 'is closed for a day and for one person, and comes back with the next refusal', async () => {
		const { admin, wp } = await site();
		await refuse();
		const second = await person( 'administrator', 'second' );
		const shown = async ( who = admin ) =>
			( await who.page( '/wp-admin/index.php' ) ).includes( 'slashimage-notice' );
		expect( ( await admin.rest( 'POST', '/notice', { notice: 'key_refused' } ) ).status ).toBe( 200 );
		expect( await shown() ).toBe( false );
		expect( await shown( second ) ).toBe( true );
		await wp.evaluate(
			`$hidden = get_user_meta( 1, SlashImage\\Notice::key(), true ); $hidden['key_refused']['until'] -= DAY_IN_SECONDS + 1; update_user_meta( 1, SlashImage\\Notice::key(), $hidden );`
		);
		expect( await shown() ).toBe( true );
		await admin.rest( 'POST', '/notice', { notice: 'key_refused' } );
		await wp.evaluate( 'sleep( 1 );' );
		await refuse();
		expect( await shown() ).toBe( true );
	} );

	it.runIf( native )( 'is there again where another key is refused, though none was good between', async () => {
		const { admin, wp } = await site();
		await refuse();
		const shown = async () => ( await admin.page( '/wp-admin/index.php' ) ).includes( 'slashimage-notice' );
		await admin.rest( 'POST', '/notice', { notice: 'key_refused' } );
		expect( await shown() ).toBe( false );
		await wp.evaluate( `
			$key = SlashImage\\Key_Store::write( 'sk_live_' . str_repeat( '0123456789abcdef', 3 ) );
			SlashImage\\Connection::adopt( $key ); SlashImage\\Connection::apply( 'invalid_key', $key );` );
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
