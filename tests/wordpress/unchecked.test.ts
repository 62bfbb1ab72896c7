import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine } from './doctor.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { ownSite, type OwnSite } from './own-site.ts';
import { uploadPhotos } from './site.ts';
import { passTime } from './clock.ts';

// A key that is there, and that the service could not be asked about yet.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

describe.runIf( native )( 'a key of the configuration while the service is out of reach', () => {
	let own: OwnSite;

	beforeAll( async () => {
		own = await ownSite( ( service ) => {
			service.setFault( 'error_500' );
			return { constants: { SLASHIMAGE_API_KEY: service.issueKey() } };
		} );
	} );

	afterAll( () => own.close() );

	const connection = async () => ( await own.admin.rest( 'GET', '/connection' ) ).body;
	const health = () => own.wp.evaluate( `return SlashImage\\Health::test()['label'];` );

	it( 'is not checked yet, before anybody has opened the settings, wherever it is said', async () => {
		expect( await own.admin.page( '/wp-admin/plugins.php' ) ).toContain( '"notice":"unchecked"' );
		await own.wp.evaluate( `$count = 1; ${ uploadPhotos }` );
		expect( await own.admin.page( '/wp-admin/upload.php?mode=list' ) ).toContain( '"connection":"unchecked"' );
		expect( await health() ).toBe( 'SlashImage has not checked its API key yet' );
	} );

	it( 'stays so where the first look found nobody, and is checked by itself soon', async () => {
		expect( await connection() ).toMatchObject( {
			state: 'unchecked',
			verified_at: null,
			key: { source: 'constant' },
		} );
		expect(
			await own.wp.evaluate( `return wp_next_scheduled( 'slashimage_check' ) - time();` )
		).toBeLessThanOrEqual( 300 );
		own.service.setFault( 'none' );
		await passTime( 300, own );
		expect( await connection() ).toMatchObject( { state: 'connected', verified_at: expect.any( Number ) } );
		await expect
			.poll( () => own.wp.evaluate( `return SlashImage\\Queue::summary()['optimized'];` ), { timeout: 20_000 } )
			.toBe( 1 );
	} );

	it( 'that takes the place of one that worked is never called connected before it was', async () => {
		own.service.setFault( 'error_500' );
		await addMuPlugin( 'environment', `putenv( 'SLASHIMAGE_API_KEY=${ own.service.issueKey() }' );`, own );
		expect( await connection() ).toMatchObject( { state: 'unchecked', verified_at: null } );
		expect( await own.admin.page( '/wp-admin/upload.php?page=slashimage' ) ).toContain( '"state":"unchecked"' );
		own.service.setFault( 'none' );
		await own.admin.rest( 'POST', '/connection/check', {} );
		expect( await connection() ).toMatchObject( { state: 'connected' } );
		await removeMuPlugin( 'environment', own );
		await examine( own.admin );
	} );
} );
