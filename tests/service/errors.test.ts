import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { freshService, jpegPhoto, refusal, sendImage, askPlan } from './helpers.ts';

const service = freshService();

describe( 'the answer to a key', () => {
	it( 'is invalid_key without one, for one that never was, and for another service’s', async () => {
		const bare = await fetch( `${ service().url }/v1/keys/me` );
		expect( await refusal( bare ) ).toEqual( [ 401, 'invalid_key' ] );
		for ( const key of [ `sk_live_${ '0'.repeat( 48 ) }`, 'sk-proj-1', service().masterKey.slice( 0, -1 ) ] ) {
			expect( await refusal( await askPlan( service(), key ) ) ).toEqual( [ 401, 'invalid_key' ] );
			expect( await refusal( await sendImage( service(), { key } ) ) ).toEqual( [ 401, 'invalid_key' ] );
		}
	} );

	it( 'is invalid_key for the old master key as soon as there is a new one', async () => {
		const old = service().masterKey;
		const key = service().regenerate();
		expect( key ).toMatch( /^sk_live_[0-9a-f]{48}$/ );
		expect( service().masterKey ).toBe( key );
		expect( await refusal( await askPlan( service(), old ) ) ).toEqual( [ 401, 'invalid_key' ] );
		expect( ( await askPlan( service(), key ) ).status ).toBe( 200 );
	} );

	it( 'is invalid_key for a deleted sub-key, while the others work', async () => {
		const key = service().issueKey();
		expect( key ).toMatch( /^sk_sub_[0-9a-f]{48}$/ );
		expect( ( await askPlan( service(), key ) ).status ).toBe( 200 );
		service().deleteKey( key );
		expect( await refusal( await askPlan( service(), key ) ) ).toEqual( [ 401, 'invalid_key' ] );
		expect( ( await askPlan( service() ) ).status ).toBe( 200 );
	} );
} );

describe( 'the answer to a request without an image', () => {
	it( 'is no_image and costs no credit', async () => {
		expect( await refusal( await sendImage( service(), { image: null } ) ) ).toEqual( [ 400, 'no_image' ] );
		expect( service().credits.used ).toBe( 5 );
	} );

	it( 'is no_image whatever the body is, and even without credits', async () => {
		service().setCredits( { limit: 5, used: 5 } );
		const headers = { authorization: `Bearer ${ service().masterKey }` };
		for ( const [ type, body ] of [
			[ 'application/json', '{}' ],
			[ 'multipart/form-data; boundary=b', '' ],
			[ 'multipart/form-data; boundary=b', '--b--\r\n' ],
			[ 'multipart/form-data', 'x' ],
		] as const ) {
			const answer = await fetch( `${ service().url }/v1/optimize`, {
				method: 'POST',
				headers: { ...headers, 'content-type': type },
				body,
			} );
			expect( await refusal( answer ) ).toEqual( [ 400, 'no_image' ] );
		}
	} );

	it( 'is the refusal of the key or the domain, if there is one', async () => {
		const key = service().issueKey( { domains: [ 'other.example' ] } );
		const probe = await sendImage( service(), { key, image: null } );
		expect( await refusal( probe ) ).toEqual( [ 401, 'domain_not_allowed' ] );
		const dead = await sendImage( service(), { key: 'sk_live_x', image: null } );
		expect( await refusal( dead ) ).toEqual( [ 401, 'invalid_key' ] );
	} );
} );

describe( 'the answer to a request that cannot be understood', () => {
	it.each( [
		{ compression_mode: 'tiny' },
		{ generate_webp: '1' },
		{ generate_avif: 'yes' },
		{ convert_png_to_jpeg: '' },
		{ preserve_metadata: 'TRUE' },
	] )( 'is invalid_params for %j', async ( fields ) => {
		const answer = await sendImage( service(), { fields: fields as Record< string, string > } );
		expect( await refusal( answer ) ).toEqual( [ 400, 'invalid_params' ] );
		expect( service().credits.used ).toBe( 5 );
	} );

	it( 'is invalid_params for a body that ends in the middle of the image', async () => {
		const answer = await fetch( `${ service().url }/v1/optimize`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${ service().masterKey }`,
				'content-type': 'multipart/form-data; boundary=b',
			},
			body: '--b\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\nabc',
		} );
		expect( await refusal( answer ) ).toEqual( [ 400, 'invalid_params' ] );
	} );

	it( 'has no code at another address or with another method', async () => {
		const headers = { authorization: `Bearer ${ service().masterKey }` };
		expect( await refusal( await fetch( `${ service().url }/v2/`, { headers } ) ) ).toEqual( [ 404 ] );
		const post = await fetch( `${ service().url }/v1/keys/me`, { method: 'POST', headers } );
		expect( await refusal( post ) ).toEqual( [ 405 ] );
	} );
} );

describe( 'the answer to a file that is no use', () => {
	it( 'is unsupported_format for what is not one of the five formats', async () => {
		const svg = Buffer.from( '<svg xmlns="http://www.w3.org/2000/svg"/>' );
		const answer = await sendImage( service(), { image: svg } );
		expect( await refusal( answer ) ).toEqual( [ 415, 'unsupported_format' ] );
	} );

	it( 'is not_processable_format for a damaged or empty one, in every mode', async () => {
		const whole = await jpegPhoto();
		for ( const mode of [ 'lossy', 'lossless' ] ) {
			const image = whole.subarray( 0, whole.length / 2 );
			const answer = await sendImage( service(), { image, fields: { compression_mode: mode } } );
			expect( await refusal( answer ) ).toEqual( [ 415, 'not_processable_format' ] );
		}
		const empty = await sendImage( service(), { image: Buffer.alloc( 0 ) } );
		expect( await refusal( empty ) ).toEqual( [ 415, 'not_processable_format' ] );
		expect( service().credits.used ).toBe( 5 );
	} );

	it( 'is gif_too_large for an animation with too many pixels', async () => {
		const answer = await sendImage( service(), { image: wideAnimation() } );
		expect( await refusal( answer ) ).toEqual( [ 413, 'gif_too_large' ] );
	} );

	it( 'is size_exceeded_for_plan over 3 MB on the Free plan only', async () => {
		const image = Buffer.concat( [ await jpegPhoto(), Buffer.alloc( 3 * 1024 * 1024 ) ] );
		expect( ( await sendImage( service(), { image } ) ).status ).toBe( 200 );
		service().setPlan( 'free' );
		const answer = await sendImage( service(), { image } );
		expect( await refusal( answer ) ).toEqual( [ 413, 'size_exceeded_for_plan' ] );
		expect( ( await sendImage( service() ) ).status ).toBe( 200 );
	} );

	it( 'is size_exceeded_server over 100 MB, before the body is sent', async () => {
		expect( await announce( service().url, service().masterKey, 101 * 1024 * 1024 ) ).toBe( 413 );
		expect( service().credits.used ).toBe( 5 );
	} );

	it( 'is size_exceeded_server for a body that never ends, without keeping it', async () => {
		const chunk = new Uint8Array( 1024 * 1024 );
		let sent = 0;
		const body = new ReadableStream( {
			pull( controller ) {
				sent += 1;
				if ( sent > 130 ) {
					controller.close();
				} else {
					controller.enqueue( chunk );
				}
			},
		} );
		const answer = await fetch( `${ service().url }/v1/optimize`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${ service().masterKey }`,
				'content-type': 'multipart/form-data; boundary=b',
			},
			body,
			duplex: 'half',
		} as RequestInit );
		expect( await refusal( answer ) ).toEqual( [ 413, 'size_exceeded_server' ] );
	} );
} );

/** Announces a body of that length, sends none of it, and returns the status that comes back. */
function announce( url: string, key: string, length: number ): Promise< number | undefined > {
	return new Promise( ( resolve, reject ) => {
		const headers = { authorization: `Bearer ${ key }`, 'content-length': length };
		const call = request( `${ url }/v1/optimize`, { method: 'POST', headers }, ( answer ) => {
			resolve( answer.statusCode );
			call.destroy();
		} );
		call.on( 'error', reject );
		call.flushHeaders();
	} );
}

/** Fourteen frames of one pixel on a canvas of 2000 by 2000. */
function wideAnimation(): Buffer {
	const header = Buffer.from( '474946383961d007d007800000000000ffffff', 'hex' );
	const frame = Buffer.from( '21f90400000000002c0000000001000100000202440100', 'hex' );
	return Buffer.concat( [ header, ...Array.from( { length: 14 }, () => frame ), Buffer.from( [ 0x3b ] ) ] );
}
