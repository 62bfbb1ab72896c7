import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { askPlan, file, freshService, jpegPhoto, refusal, sendImage, success } from './helpers.ts';

const service = freshService();

describe( 'the fault', () => {
	it( 'slow answers after the delay, and lets a client go that does not wait', async () => {
		service().setFault( 'slow', { delayMs: 200 } );
		const start = Date.now();
		expect( ( await askPlan( service() ) ).status ).toBe( 200 );
		expect( Date.now() - start ).toBeGreaterThanOrEqual( 190 );

		service().setFault( 'slow' );
		const signal = AbortSignal.timeout( 100 );
		await expect( fetch( `${ service().url }/v1/keys/me`, { signal } ) ).rejects.toThrow();
		expect( service().requests.at( -1 )?.status ).toBeNull();
	} );

	it( 'error_500 answers with one of the service’s own troubles', async () => {
		service().setFault( 'error_500' );
		expect( await refusal( await askPlan( service() ) ) ).toEqual( [ 500, 'server_error' ] );
		service().setFault( 'error_500', { code: 'billing_error' } );
		expect( await refusal( await sendImage( service() ) ) ).toEqual( [ 500, 'billing_error' ] );
	} );

	it( 'busy_503 answers with Retry-After', async () => {
		service().setFault( 'busy_503', { retryAfter: 7 } );
		const answer = await sendImage( service() );
		expect( answer.headers.get( 'retry-after' ) ).toBe( '7' );
		expect( await refusal( answer ) ).toEqual( [ 503, 'service_busy' ] );
	} );

	it( 'rate_429 answers with Retry-After and no code', async () => {
		service().setFault( 'rate_429', { retryAfter: 3 } );
		const answer = await askPlan( service() );
		expect( answer.headers.get( 'retry-after' ) ).toBe( '3' );
		expect( await refusal( answer ) ).toEqual( [ 429 ] );
	} );

	it.each( [
		[ 'captive_portal', 200 ],
		[ 'html_401', 401 ],
		[ 'html_403', 403 ],
	] as const )( '%s answers with a web page and %i', async ( fault, status ) => {
		service().setFault( fault );
		for ( const answer of [ await askPlan( service() ), await sendImage( service() ) ] ) {
			expect( answer.status ).toBe( status );
			expect( answer.headers.get( 'content-type' ) ).toContain( 'text/html' );
			expect( await answer.text() ).toContain( '<h1>' );
		}
	} );

	it( 'empty answers 200 with nothing', async () => {
		service().setFault( 'empty' );
		const answer = await askPlan( service() );
		expect( [ answer.status, await answer.text() ] ).toEqual( [ 200, '' ] );
	} );

	it( 'truncated breaks off in the middle, on a connection that announced more', async () => {
		service().setFault( 'truncated' );
		const answer = await sendImage( service() );
		expect( answer.status ).toBe( 200 );
		await expect( answer.text() ).rejects.toThrow();
		await expect( askPlan( service() ).then( ( plan ) => plan.text() ) ).rejects.toThrow();
	} );

	it( 'huge answers with more than 20 MB, and stops when the client has had enough', async () => {
		service().setFault( 'huge' );
		const answer = await askPlan( service() );
		const reader = ( answer.body ?? new ReadableStream< Uint8Array< ArrayBuffer > >() ).getReader();
		let received = 0;
		while ( received < 20 * 1024 * 1024 ) {
			received += ( await reader.read() ).value?.length ?? 0;
		}
		await reader.cancel();
		service().setFault( 'none' );
		expect( ( await askPlan( service() ) ).status ).toBe( 200 );
	} );

	it( 'refuse_connections refuses and cuts connections until it is switched off', async () => {
		service().setFault( 'slow' );
		const hanging = expect( askPlan( service() ) ).rejects.toThrow();
		await new Promise( ( resolve ) => setTimeout( resolve, 100 ) );
		service().setFault( 'refuse_connections' );
		await hanging;
		const count = service().requests.length;
		const code = await askPlan( service() ).catch( ( error: Error ) => error.cause );
		expect( code ).toMatchObject( { code: 'ECONNREFUSED' } );
		expect( service().requests ).toHaveLength( count );
		expect( ( await fetch( service().dashboardUrl ) ).status ).toBe( 200 );
		service().setFault( 'none' );
		expect( ( await askPlan( service() ) ).status ).toBe( 200 );
	} );

	it( 'refuse_connections stays when it is switched off and on again at once', async () => {
		service().setFault( 'refuse_connections' );
		service().setFault( 'none' );
		service().setFault( 'refuse_connections' );
		await new Promise( ( resolve ) => setTimeout( resolve, 50 ) );
		await expect( askPlan( service() ) ).rejects.toThrow();
	} );

	it( 'redirect leads to an address that records who follows', async () => {
		service().setFault( 'redirect' );
		const answer = await askPlan( service() );
		expect( answer.status ).toBe( 302 );
		const location = answer.headers.get( 'location' ) ?? '';
		expect( new URL( location ).origin ).not.toBe( service().url );
		expect( service().redirectedRequests ).toHaveLength( 0 );

		const followed = await fetch( location, { headers: { authorization: 'Bearer leaked' } } );
		expect( await followed.json() ).toMatchObject( { success: true } );
		expect( service().redirectedRequests ).toMatchObject( [
			{ method: 'GET', path: '/v1/keys/me', authorization: 'Bearer leaked', status: 200 },
		] );
	} );

	it( 'broken_image sends what no reader of images takes', async () => {
		service().setFault( 'broken_image' );
		const fields = { generate_webp: 'true' };
		const body = await success( await sendImage( service(), { fields } ) );
		await expect( sharp( file( body ) ).metadata() ).rejects.toThrow();
		await expect( sharp( file( body, 'webp' ) ).metadata() ).rejects.toThrow();
	} );

	it( 'wrong_type sends another type than it says', async () => {
		service().setFault( 'wrong_type' );
		const body = await success( await sendImage( service() ) );
		expect( body.optimized[ 'original_format' ]?.format ).toBe( 'jpeg' );
		expect( ( await sharp( file( body ) ).metadata() ).format ).toBe( 'png' );
	} );

	it( 'larger sends an image that can be read and is larger than the original', async () => {
		service().setFault( 'larger' );
		const image = await jpegPhoto();
		const body = await success( await sendImage( service(), { image } ) );
		expect( body.pre_optimized ).toBe( false );
		expect( file( body ).length ).toBeGreaterThan( image.length );
		expect( ( await sharp( file( body ) ).metadata() ).format ).toBe( 'jpeg' );
	} );

	it( 'cut_off sends the first quarter', async () => {
		const image = await jpegPhoto();
		const whole = file( await success( await sendImage( service(), { image } ) ) );
		service().setFault( 'cut_off' );
		const part = file( await success( await sendImage( service(), { image } ) ) );
		expect( part ).toEqual( whole.subarray( 0, part.length ) );
		expect( part.length ).toBe( Math.floor( whole.length / 4 ) );
	} );

	it.each( [
		[ 'white', ( mean: number[] ) => mean.every( ( one ) => one > 250 ) ],
		[ 'half', ( _: number[], below: number[] ) => below.every( ( one ) => Math.abs( one - 128 ) < 4 ) ],
	] as const )( '%s sends an image of the same sides that is one', async ( fault, isSo ) => {
		service().setFault( fault );
		const image = await jpegPhoto();
		const bytes = file( await success( await sendImage( service(), { image } ) ) );
		const { width, height } = await sharp( image ).metadata();
		expect( await sharp( bytes ).metadata() ).toMatchObject( { width, height, format: 'jpeg' } );
		const means = async ( part: Buffer ) => ( await sharp( part ).stats() ).channels.map( ( { mean } ) => mean );
		const area = { left: 0, top: Math.ceil( height / 2 ) + 8, width, height: Math.floor( height / 2 ) - 8 };
		expect( isSo( await means( bytes ), await means( await sharp( bytes ).extract( area ).toBuffer() ) ) ).toBe(
			true
		);
	} );

	it( 'turned, flattened, first_frame and profile_dropped send what they say', async () => {
		const hole = await sharp( { create: { width: 40, height: 30, channels: 4, background: '#ff000000' } } )
			.png()
			.toBuffer();
		service().setFault( 'flattened' );
		const flat = file( await success( await sendImage( service(), { image: hole } ) ) );
		expect( ( await sharp( flat ).stats() ).isOpaque ).toBe( true );
		const frames = await Promise.all(
			[ 'red', 'blue' ].map( ( background ) =>
				sharp( { create: { width: 40, height: 30, channels: 3, background } } )
					.png()
					.toBuffer()
			)
		);
		const gif = await sharp( frames, { join: { animated: true } } )
			.gif( { delay: [ 100, 100 ] } )
			.toBuffer();
		service().setFault( 'first_frame' );
		expect(
			( await sharp( file( await success( await sendImage( service(), { image: gif } ) ) ) ).metadata() ).pages ??
				1
		).toBe( 1 );
		const profiled = await sharp( await jpegPhoto() )
			.withIccProfile( 'p3' )
			.jpeg( { quality: 98 } )
			.toBuffer();
		service().setFault( 'profile_dropped' );
		expect(
			( await sharp( file( await success( await sendImage( service(), { image: profiled } ) ) ) ).metadata() ).icc
		).toBeUndefined();
		service().setFault( 'none' );
		const image = await jpegPhoto();
		const honest = file( await success( await sendImage( service(), { image } ) ) );
		service().setFault( 'turned' );
		const turned = file( await success( await sendImage( service(), { image } ) ) );
		const seen = ( bytes: Buffer ) => sharp( bytes ).resize( 8, 8, { fit: 'fill' } ).greyscale().raw().toBuffer();
		const before = await seen( honest );
		const upright = await seen( await sharp( turned ).rotate( 180 ).jpeg().toBuffer() );
		const difference =
			upright.reduce( ( sum, one, at ) => sum + Math.abs( one - ( before[ at ] ?? 0 ) ), 0 ) / upright.length;
		expect( difference ).toBeLessThan( 6 );
	} );

	it( 'stays off the closed service', async () => {
		service().setFault( 'refuse_connections' );
		await service().close();
		service().setFault( 'none' );
		await expect( fetch( service().url ) ).rejects.toThrow();
	} );

	it( 'none is back to normal', async () => {
		service().setFault( 'error_500' );
		service().setFault( 'none' );
		expect( ( await askPlan( service() ) ).status ).toBe( 200 );
	} );
} );

describe( 'the recorded requests', () => {
	it( 'say what was sent where, and what came back', async () => {
		const key = service().issueKey();
		await sendImage( service(), { key } );
		await askPlan( service(), 'dead' );
		expect( service().requests ).toMatchObject( [
			{
				method: 'POST',
				path: '/v1/optimize',
				authorization: `Bearer ${ key }`,
				origin: 'https://example.com',
				host: new URL( service().url ).host,
				contentType: expect.stringContaining( 'multipart/form-data' ) as string,
				status: 200,
			},
			{
				method: 'GET',
				path: '/v1/keys/me',
				authorization: 'Bearer dead',
				origin: null,
				status: 401,
			},
		] );
		expect( service().requests[ 0 ]?.time ).toBeInstanceOf( Date );
		service().forgetRequests();
		expect( service().requests ).toHaveLength( 0 );
	} );

	it( 'are the last thousand', async () => {
		for ( let round = 0; round < 21; round++ ) {
			const calls = Array.from( { length: 50 }, () => fetch( `${ service().url }/?${ round }` ) );
			await Promise.all( ( await Promise.all( calls ) ).map( ( answer ) => answer.text() ) );
		}
		expect( service().requests ).toHaveLength( 1000 );
		expect( service().requests[ 0 ]?.path ).toBe( '/?1' );
	} );
} );
