import { beforeEach, describe, expect, it } from 'vitest';
import { connect } from './queue.ts';
import { site } from './site.ts';

// Cancel means no: an attempt that was withdrawn while the service was asked stores nothing.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

const state = async () => ( await ( await site() ).admin.rest( 'GET', '/connection' ) ).body;
const stored = async () => ( await site() ).wp.evaluate( `return false !== get_option( 'slashimage_key' );` );

describe.runIf( native )( 'an attempt to connect', () => {
	it( 'that is withdrawn while the service is asked stores nothing, and what waits costs nothing', async () => {
		const { admin, service, upload } = await site();
		await upload( 1 );
		service.setFault( 'slow', { delayMs: 2500 } );
		const attempt = `attempt-${ Date.now() }`;
		const asked = admin.rest( 'POST', '/connection', { key: service.issueKey(), attempt } );
		await expect.poll( () => service.requests.length ).toBeGreaterThan( 0 );
		expect( ( await admin.rest( 'POST', '/connection/withdraw', { attempt } ) ).body ).toMatchObject( {
			state: 'disconnected',
		} );
		expect( await asked ).toMatchObject( { status: 409, body: { code: 'withdrawn' } } );
		service.setFault( 'none' );
		expect( await state() ).toMatchObject( { state: 'disconnected' } );
		expect( await stored() ).toBe( false );
		expect( service.files ).toEqual( [] );
	} );

	it( 'that is withdrawn leaves the key that works', async () => {
		const { admin, service } = await site();
		const key = await connect();
		service.setFault( 'slow', { delayMs: 2000 } );
		const attempt = `attempt-${ Date.now() }`;
		const asked = admin.rest( 'POST', '/connection', { key: service.issueKey(), attempt } );
		await expect.poll( () => service.requests.length ).toBeGreaterThan( 0 );
		await admin.rest( 'POST', '/connection/withdraw', { attempt } );
		expect( ( await asked ).status ).toBe( 409 );
		service.setFault( 'none' );
		expect( await state() ).toMatchObject( {
			state: 'connected',
			key: { fingerprint: expect.stringMatching( new RegExp( `${ key.slice( -4 ) }$` ) ) },
		} );
	} );

	it( 'that is withdrawn too late is answered with what is: connected', async () => {
		const { admin, service } = await site();
		const attempt = `attempt-${ Date.now() }`;
		await admin.rest( 'POST', '/connection', { key: service.issueKey(), attempt } );
		expect( ( await admin.rest( 'POST', '/connection/withdraw', { attempt } ) ).body ).toMatchObject( {
			state: 'connected',
		} );
		// Another one is not withdrawn with it.
		expect(
			( await admin.rest( 'POST', '/connection', { key: service.issueKey(), attempt: `${ attempt }2` } ) ).status
		).toBe( 200 );
	} );

	it.each( [ {}, { attempt: '' }, { attempt: 5 }, { attempt: 'x'.repeat( 100 ) }, { attempt: [ 'x' ] } ] )(
		'is named by a text: %o is refused',
		async ( body ) => {
			const { admin } = await site();
			expect( ( await admin.rest( 'POST', '/connection/withdraw', body ) ).status ).toBe( 400 );
		}
	);
} );
