import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examine, finding } from './doctor.ts';
import { ownSite, type OwnSite } from './own-site.ts';
import { visitor } from './visitor.ts';

// A page cache before the site that believes what it is told, and no more.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/** nginx's own cache, for a minute, of whatever doesn't say otherwise. It does not look at who asks. */
const cache = {
	http: `fastcgi_cache_path CACHE levels=1:2 keys_zone=pages:1m max_size=10m;`,
	server: `
		fastcgi_cache pages;
		fastcgi_cache_key "$host$request_uri";
		fastcgi_cache_valid any 60s;
		fastcgi_cache_methods GET HEAD;
		fastcgi_ignore_headers Vary;
		set $no_json 1;
		if ( $request_uri ~ ^/wp-json/ ) { set $no_json 0; }
		fastcgi_no_cache $no_json;
		fastcgi_cache_bypass $no_json;
		add_header x-cache $upstream_cache_status;
	`,
};

describe.runIf( native )( 'a page cache over /wp-json/', () => {
	let own: OwnSite;

	beforeAll( async () => {
		own = await ownSite( { front: cache } );
	} );

	afterAll( () => own.close() );

	it( 'keeps no answer of ours, not the admin from the truth, and nobody sees what is the admin’s', async () => {
		const { admin, service, wp } = own;
		const key = service.issueKey();
		expect( ( await admin.rest( 'POST', '/connection', { key } ) ).status ).toBe( 200 );
		const first = ( await admin.rest( 'GET', '/connection' ) ).body as { state: string; revision: number };
		expect( first ).toMatchObject( { state: 'connected' } );
		service.deleteKey( key );
		await admin.rest( 'POST', '/connection/check', {} );
		const second = ( await admin.rest( 'GET', '/connection' ) ).body as { state: string; revision: number };
		expect( second ).toMatchObject( { state: 'reconnect' } );
		expect( second.revision ).toBeGreaterThan( first.revision );
		await admin.rest( 'GET', '/images/summary' );
		const nobody = await visitor( wp.url );
		for ( const path of [ '/connection', '/images/summary', '/doctor', '/report', '/notice' ] ) {
			await admin.rest( 'GET', path );
			expect( ( await nobody.rest( 'GET', path ) ).status ).toBe( 401 );
			expect( ( await admin.rest( 'GET', path ) ).status ).toBe( 200 );
		}
		// The cache is one: it keeps what doesn't say that it is not to be kept.
		const status = async () => ( await fetch( `${ wp.url }/wp-json/wp/v2/types` ) ).headers.get( 'x-cache' );
		await expect.poll( status ).toBe( 'HIT' );
	} );

	it( 'is told so in every way caches know', async () => {
		const { admin, wp } = own;
		const answer = await fetch( `${ wp.url }/wp-json/slashimage/v1/connection`, {
			headers: { cookie: admin.cookie },
		} );
		expect( answer.headers.get( 'cache-control' ) ).toMatch( /no-store/ );
		expect( answer.headers.get( 'x-litespeed-cache-control' ) ).toBe( 'no-cache' );
		expect(
			await wp.evaluate(
				`rest_do_request( new WP_REST_Request( 'GET', '/slashimage/v1/connection' ) ); return defined( 'DONOTCACHEPAGE' ) && DONOTCACHEPAGE;`
			)
		).toBe( true );
	} );
} );

describe.runIf( native )( 'what stands before a site', () => {
	let own: OwnSite;

	afterEach( () => own.close() );

	it( 'and keeps answers whatever they say is found by the checks', async () => {
		own = await ownSite( {
			front: {
				...cache,
				server: cache.server.replace( 'headers Vary', 'headers Cache-Control Expires Set-Cookie Vary' ),
			},
		} );
		await own.admin.rest( 'POST', '/connection', { key: own.service.issueKey() } );
		expect( finding( await examine( own.admin ), 'rest_cached' ).seen ).toContain( '/wp-json/' );
	} );

	it( 'and refuses requests without a body is found by the checks', async () => {
		own = await ownSite( {
			front: { server: 'set $bare "$request_method:$content_length"; if ( $bare ~ ^POST:0?$ ) { return 403; }' },
		} );
		expect( ( await own.admin.rest( 'POST', '/connection', { key: own.service.issueKey() } ) ).status ).toBe( 200 );
		expect( finding( await examine( own.admin ), 'front_bare' ).advice ).toContain( 'POST' );
	} );
} );
