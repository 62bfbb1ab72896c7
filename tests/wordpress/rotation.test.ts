import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedRequest } from '../../sandbox/service/server.ts';
import { uploadNoise } from './photos.ts';
import { connect, states, until } from './queue.ts';
import { site } from './site.ts';

const stored = async () =>
	( await site() ).wp.evaluate( `return [ get_option( 'slashimage_key' ), get_option( 'slashimage_connection' ) ];` );

const optimized = () => until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );

const keyOf = ( request: RecordedRequest ) => request.authorization?.replace( 'Bearer ', '' );

/** Slows the service down, uploads, and waits until the first files are on their way. */
const inFlight = async ( images: number, delayMs: number ) => {
	const { service, upload } = await site();
	service.setFault( 'slow', { delayMs } );
	await upload( images );
	await expect.poll( () => service.requests.length, { timeout: 10_000 } ).toBeGreaterThan( 0 );
	return service.requests.slice();
};

beforeEach( async () => ( await site() ).reset() );
afterEach( async () => ( await site() ).service.setFault( 'none' ) );

// WebAssembly takes longer for an upload than the service is slow for.
describe.runIf( process.env[ 'SLASHIMAGE_NATIVE' ] )( 'replacing a key while images are in flight', () => {
	it( 'lets them finish with the old one, and sends only the new one from then on', async () => {
		const { service, admin } = await site();
		const old = await connect();
		const fresh = service.issueKey();
		const started = await inFlight( 2, 2500 );
		expect( new Set( started.map( keyOf ) ) ).toEqual( new Set( [ old ] ) );

		// What is on its way stays slow.
		service.setFault( 'none' );
		expect( await admin.rest( 'POST', '/connection', { key: fresh } ) ).toMatchObject( {
			status: 200,
			body: { state: 'connected', key: { fingerprint: `sk_sub_…${ fresh.slice( -4 ) }` } },
		} );
		const answered = service.requests.length;
		expect( started.map( ( { status } ) => status ) ).toContain( null );

		const rows = await optimized();
		expect( rows ).toHaveLength( 2 );
		expect( started.every( ( { status } ) => status === 200 ) ).toBe( true );
		// The image in flight is one; the next one goes with the new key, and nothing with the old one after it.
		const keys = service.requests.slice( answered ).map( keyOf );
		expect( keys ).toContain( fresh );
		expect( keys.lastIndexOf( old ) ).toBeLessThan( keys.indexOf( fresh ) );

		service.forgetRequests();
		await ( await site() ).upload( 1 );
		await optimized();
		expect( new Set( service.requests.map( keyOf ) ) ).toEqual( new Set( [ fresh ] ) );
	} );

	it( 'works with the old one until the new one is accepted', async () => {
		const { service, admin, upload } = await site();
		const old = await connect();
		const fresh = service.issueKey();
		const before = await stored();
		service.setFault( 'slow', { delayMs: 2500 } );
		const replaced = admin.rest( 'POST', '/connection', { key: fresh } );
		await expect.poll( () => service.requests.length, { timeout: 4000 } ).toBe( 1 );
		expect( await stored() ).toEqual( before );
		await upload( 1 );
		await expect.poll( () => service.requests.map( keyOf ), { timeout: 4000 } ).toContain( old );
		expect( ( await replaced ).status ).toBe( 200 );
		service.setFault( 'none' );
		await optimized();
	} );

	it.each( [
		[ 'refused', 'invalid_key' ],
		[ 'locked to another domain', 'domain_not_allowed' ],
	] )( 'changes nothing when the new one is %s', async ( _, code ) => {
		const { service, admin } = await site();
		const old = await connect();
		const fresh = service.issueKey( { domains: [ 'example.com' ] } );
		if ( code === 'invalid_key' ) {
			service.deleteKey( fresh );
		}
		await inFlight( 1, 1500 );
		service.setFault( 'none' );
		const before = await stored();
		expect( await admin.rest( 'POST', '/connection', { key: fresh } ) ).toMatchObject( {
			status: 422,
			body: { code },
		} );
		expect( await stored() ).toEqual( before );
		service.forgetRequests();
		await optimized();
		await uploadNoise( 1 );
		await optimized();
		expect( new Set( service.requests.map( keyOf ) ) ).toEqual( new Set( [ old ] ) );
	} );

	it( 'does not mind the old one being deleted at once', async () => {
		const { service, admin } = await site();
		const old = await connect();
		const fresh = service.issueKey();
		const started = await inFlight( 2, 2500 );
		service.setFault( 'none' );
		expect( ( await admin.rest( 'POST', '/connection', { key: fresh } ) ).status ).toBe( 200 );
		service.deleteKey( old );
		expect( states( await optimized() ) ).toEqual( [
			[ 'optimized', '' ],
			[ 'optimized', '' ],
		] );
		// The old key's refusal did come.
		expect( started.map( ( { status } ) => status ) ).toContain( 401 );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( {
			state: 'connected',
			key: { fingerprint: `sk_sub_…${ fresh.slice( -4 ) }` },
		} );
	} );
} );
