import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { fingerprint, maskKeys } from '../../sandbox/service/keys.ts';
import { askPlan, freshService, refusal, sendImage } from './helpers.ts';

const service = freshService();

/** Posts a form of the dashboard, as a browser does. */
function post( form: string, fields: Record< string, string > = {}, headers = {} ): Promise< Response > {
	const { origin } = new URL( service().dashboardUrl );
	return fetch( `${ service().dashboardUrl }/${ form }`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin, 'sec-fetch-site': 'same-origin', ...headers },
		body: new URLSearchParams( fields ),
	} );
}

async function page( query = '' ): Promise< string > {
	return ( await fetch( service().dashboardUrl + query ) ).text();
}

/** Posts a form and returns the page it leads back to. */
async function submit( form: string, fields: Record< string, string > = {} ): Promise< string > {
	const answer = await post( form, fields );
	expect( answer.status ).toBe( 303 );
	return page( new URL( answer.headers.get( 'location' ) ?? '', service().dashboardUrl ).search );
}

async function newestSubKey(): Promise< { id: string; key: string } > {
	const [ , id = '', key = '' ] = /id="key-(\d+)">(sk_sub_[0-9a-f]{48})</.exec( await page() ) ?? [];
	return { id, key };
}

describe( 'the dashboard', () => {
	it( 'shows the master key and replaces it', async () => {
		const old = service().masterKey;
		expect( await page() ).toContain( old );
		const after = await submit( 'regenerate' );
		expect( after ).toContain( service().masterKey );
		expect( after ).not.toContain( old );
		expect( ( await askPlan( service(), old ) ).status ).toBe( 401 );
	} );

	it( 'creates, limits and deletes a sub-key', async () => {
		await submit( 'keys/create', { domains: 'https://Other.example/ shop.example', cap: '3' } );
		const { id, key } = await newestSubKey();
		expect( await page() ).toContain( '0 of 3 images used · only other.example, shop.example' );
		expect( await refusal( await sendImage( service(), { key } ) ) ).toEqual( [ 401, 'domain_not_allowed' ] );

		await submit( 'keys/save', { id, domains: '', blocked: 'example.com', cap: '' } );
		expect( await refusal( await sendImage( service(), { key } ) ) ).toEqual( [ 401, 'domain_blocked' ] );

		await submit( 'keys/delete', { id } );
		expect( ( await askPlan( service(), key ) ).status ).toBe( 401 );
		expect( await submit( 'keys/delete', { id } ) ).toContain( 'no longer exists' );
	} );

	it( 'limits the master key to domains, and does not delete it', async () => {
		const [ , id = '' ] = /id="key-(\d+)">sk_live/.exec( await page() ) ?? [];
		await submit( 'keys/save', { id, domains: 'other.example' } );
		expect( await refusal( await sendImage( service() ) ) ).toEqual( [ 401, 'domain_not_allowed' ] );
		const { masterKey } = service();
		await submit( 'keys/delete', { id } );
		expect( service().masterKey ).toBe( masterKey );
	} );

	it( 'sets the plan', async () => {
		await submit( 'credits', { limit: '10', used: '10', free: 'on' } );
		expect( service().credits ).toEqual( { limit: 10, used: 10 } );
		expect( await refusal( await sendImage( service() ) ) ).toEqual( [ 402, 'monthly_limit_reached' ] );
		await submit( 'credits', { limit: '', used: '10', unlimited: 'on' } );
		expect( service().credits ).toEqual( { limit: null, used: 10 } );
	} );

	it( 'saves nothing it cannot understand, and says so', async () => {
		expect( await submit( 'credits', { limit: '-1', used: '5' } ) ).toContain( 'whole numbers' );
		expect( await submit( 'keys/create', { cap: 'many' } ) ).toContain( 'whole numbers' );
		expect( await submit( 'keys/create', { domains: '<b>' } ) ).toContain( 'like example.com' );
		expect( await submit( 'fault', { fault: 'toString' } ) ).toContain( 'choose one' );
		expect( service().credits ).toEqual( { limit: 200, used: 5 } );
		expect( await page() ).toContain( 'There are no sub-keys yet.' );
	} );

	it( 'sets a fault, and switches refused connections off again', async () => {
		await submit( 'fault', { fault: 'busy_503', delay: '20', retry_after: '9' } );
		expect( ( await askPlan( service() ) ).headers.get( 'retry-after' ) ).toBe( '9' );
		expect( await submit( 'fault', { fault: 'refuse_connections' } ) ).toContain( 'Fault on' );
		await expect( askPlan( service() ) ).rejects.toThrow();
		expect( await submit( 'fault', { fault: 'none' } ) ).not.toContain( 'Fault on' );
		expect( ( await askPlan( service() ) ).status ).toBe( 200 );
	} );

	it( 'shows requests with a fingerprint of the key only', async () => {
		const key = service().issueKey();
		await askPlan( service(), key );
		await fetch( `${ service().url }/v1/keys/me?api_key=${ key }` );
		service().deleteKey( key );
		const html = await page();
		expect( html ).toContain( `sk_sub_…${ key.slice( -4 ) }` );
		expect( html ).not.toContain( key );
	} );

	it( 'escapes domains, origins and paths', async () => {
		const markup = '"><script>alert(1)</script>';
		const key = service().issueKey( { domains: [ markup ], blocked: [ "'><img src=x>" ] } );
		await sendImage( service(), { key, origin: '<i>origin</i>', image: null } );
		const html = await page();
		expect( html ).not.toContain( markup );
		expect( html ).not.toContain( '<img' );
		expect( html ).not.toContain( '<i>' );
		expect( html ).toContain( '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;' );
		expect( html.match( /<script/g ) ).toHaveLength( 1 );
	} );

	it( 'allows its own style and script, and no other', async () => {
		const answer = await fetch( service().dashboardUrl );
		const policy = answer.headers.get( 'content-security-policy' ) ?? '';
		const html = await answer.text();
		for ( const name of [ 'style', 'script' ] ) {
			const [ , text = '' ] = new RegExp( `<${ name }>(.*)</${ name }>`, 's' ).exec( html ) ?? [];
			const hash = createHash( 'sha256' ).update( text ).digest( 'base64' );
			expect( policy ).toContain( `${ name }-src 'sha256-${ hash }'` );
		}
	} );

	it( 'labels every input', async () => {
		service().issueKey();
		const html = await page();
		const visible = [ ...html.matchAll( /<input(?![^>]*type="hidden")[^>]*>/g ) ];
		expect( visible.length ).toBeGreaterThan( 20 );
		for ( const [ input ] of visible ) {
			const [ , id = '' ] = /\sid="([^"]+)"/.exec( input ) ?? [];
			expect( html ).toContain( `<label for="${ id }">` );
		}
	} );
} );

describe( 'a form from elsewhere', () => {
	it.each( [
		[ { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } ],
		[ { origin: 'https://evil.example' } ],
		[ { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' } ],
		[ { origin: 'null' } ],
		[ { 'sec-fetch-site': 'cross-site' } ],
	] )( 'is refused: %j', async ( headers ) => {
		const { masterKey } = service();
		expect( ( await post( 'regenerate', {}, headers ) ).status ).toBe( 403 );
		expect( service().masterKey ).toBe( masterKey );
	} );

	it( 'is refused when it does not say where it is from', async () => {
		const answer = await fetch( `${ service().dashboardUrl }/regenerate`, { method: 'POST' } );
		expect( answer.status ).toBe( 403 );
	} );

	it( 'gets no page under a foreign host name', async () => {
		const status = await new Promise( ( resolve, reject ) => {
			const headers = { host: 'evil.example' };
			request( service().dashboardUrl, { headers }, ( answer ) => resolve( answer.statusCode ) )
				.on( 'error', reject )
				.end();
		} );
		expect( status ).toBe( 403 );
	} );

	it( 'changes nothing with GET', async () => {
		const { masterKey } = service();
		expect( ( await fetch( `${ service().dashboardUrl }/regenerate` ) ).status ).toBe( 404 );
		expect( service().masterKey ).toBe( masterKey );
	} );
} );

describe( 'fingerprint', () => {
	it( 'shows a prefix and four characters of a key, and nothing of anything else', () => {
		const key = `sk_live_${ 'ab'.repeat( 22 ) }1234`;
		expect( fingerprint( `Bearer ${ key }` ) ).toBe( 'sk_live_…1234' );
		expect( fingerprint( 'Bearer sk_live_abc' ) ).toBe( 'sk_live_…' );
		expect( fingerprint( 'Bearer AKIAIOSFODNN7EXAMPLE' ) ).toBe( 'not a key' );
		expect( fingerprint( null ) ).toBe( 'none' );
		expect( maskKeys( `/a?b=${ key }&c` ) ).toBe( '/a?b=sk_live_…1234&c' );
	} );
} );
