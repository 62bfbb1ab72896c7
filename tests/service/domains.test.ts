import { describe, expect, it } from 'vitest';
import { domainOfOrigin, domainRefusal, hostNameOf } from '../../sandbox/service/domains.ts';
import { askPlan, freshService, refusal, sendImage } from './helpers.ts';

const service = freshService();

describe( 'a key with a list of domains', () => {
	it.each( [
		[ 'example.com', 'https://example.com', null ],
		[ 'example.com', 'https://www.example.com', null ],
		[ 'www.example.com', 'https://example.com', null ],
		[ 'Example.com', 'http://EXAMPLE.com:8080', null ],
		[ 'https://example.com/blog', 'https://example.com', null ],
		[ 'münchen.example', 'https://xn--mnchen-3ya.example', null ],
		[ '127.0.0.1', 'http://127.0.0.1', null ],
		[ 'example.com', 'https://shop.example.com', 'domain_not_allowed' ],
		[ 'example.com', 'https://www.www.example.com', 'domain_not_allowed' ],
		[ 'example.com', 'https://notexample.com', 'domain_not_allowed' ],
		[ 'example.com', 'https://example.com.evil.example', 'domain_not_allowed' ],
		[ 'example.com', null, 'origin_required' ],
		[ 'example.com', 'null', 'origin_required' ],
		[ 'example.com', 'example.com', 'origin_required' ],
	] )( 'of %s answers %s with %s', async ( domain, origin, code ) => {
		const key = service().issueKey( { domains: [ domain ] } );
		const answer = await sendImage( service(), { key, origin, image: null } );
		expect( await refusal( answer ) ).toEqual( code === null ? [ 400, 'no_image' ] : [ 401, code ] );
	} );

	it( 'is accepted by /v1/keys/me, which does not look at domains', async () => {
		const key = service().issueKey( {
			domains: [ 'other.example' ],
			blocked: [ 'example.com' ],
		} );
		expect( ( await askPlan( service(), key ) ).status ).toBe( 200 );
	} );

	it( 'works anywhere again once the list is emptied', async () => {
		service().setDomains( service().masterKey, [ 'other.example' ] );
		const answer = await sendImage( service() );
		expect( await refusal( answer ) ).toEqual( [ 401, 'domain_not_allowed' ] );
		service().setDomains( service().masterKey, [] );
		expect( ( await sendImage( service() ) ).status ).toBe( 200 );
		expect( ( await sendImage( service(), { origin: null } ) ).status ).toBe( 200 );
	} );

	it( 'keeps its list when the master key is regenerated', async () => {
		service().setDomains( service().masterKey, [ 'other.example' ] );
		service().regenerate();
		expect( await refusal( await sendImage( service() ) ) ).toEqual( [ 401, 'domain_not_allowed' ] );
	} );
} );

describe( 'a key with a block list', () => {
	it( 'is refused there, with www. or without, even if the domain is allowed too', async () => {
		const key = service().issueKey( { domains: [ 'example.com' ] } );
		service().setBlocked( key, [ 'www.example.com' ] );
		for ( const origin of [ 'https://example.com', 'https://www.example.com' ] ) {
			const answer = await sendImage( service(), { key, origin } );
			expect( await refusal( answer ) ).toEqual( [ 401, 'domain_blocked' ] );
		}
	} );

	it( 'works elsewhere and without an Origin', async () => {
		const key = service().issueKey( { blocked: [ 'bad.example' ] } );
		expect( ( await sendImage( service(), { key } ) ).status ).toBe( 200 );
		expect( ( await sendImage( service(), { key, origin: null } ) ).status ).toBe( 200 );
	} );
} );

describe( 'hostNameOf', () => {
	it( 'returns null for what has no host name', () => {
		for ( const text of [ '', ' ', '<b>x</b>', 'a b', 'https://', '"quoted"' ] ) {
			expect( hostNameOf( text ) ).toBeNull();
		}
	} );
} );

describe( 'domainRefusal', () => {
	it( 'returns null without any list', () => {
		expect( domainRefusal( { domains: [], blocked: [] }, null ) ).toBeNull();
	} );
} );

describe( 'domainOfOrigin', () => {
	it( 'leaves the port out', () => {
		expect( domainOfOrigin( 'http://localhost:8881' ) ).toBe( 'localhost' );
	} );
} );
