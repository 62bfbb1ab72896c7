import sharp from 'sharp';
import { afterEach, beforeEach } from 'vitest';
import { startService } from '../../sandbox/service/server.ts';
import type { Service } from '../../sandbox/service/server.ts';

/** Returns a getter of a service that is new for each test of the file. */
export function freshService(): () => Service {
	let service: Service | null = null;
	beforeEach( async () => {
		service = await startService( { database: ':memory:' } );
	} );
	afterEach( async () => {
		await service?.close();
	} );
	return () => {
		if ( service === null ) {
			throw new Error( 'The service runs inside tests only.' );
		}
		return service;
	};
}

const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;

/** A picture that compresses like a photo. */
export function photo(): ReturnType< typeof sharp > {
	return sharp( { create: { width: 160, height: 120, channels: 3, background: '#888', noise } } ).blur( 1.5 );
}

export function jpegPhoto(): Promise< Buffer > {
	return photo().jpeg( { quality: 97 } ).toBuffer();
}

export interface Sent {
	key?: string;
	origin?: string | null;
	image?: Buffer | null;
	fields?: Record< string, string >;
}

/** Sends a file like a client does; a photo on example.com with the master key unless told. */
export async function sendImage( service: Service, sent: Sent = {} ): Promise< Response > {
	const { key = service.masterKey, origin = 'https://example.com', fields = {} } = sent;
	const image = sent.image === undefined ? await jpegPhoto() : sent.image;
	const form = new FormData();
	form.set( 'compression_mode', 'lossy' );
	for ( const [ name, value ] of Object.entries( fields ) ) {
		form.set( name, value );
	}
	if ( image !== null ) {
		form.set( 'image', new Blob( [ new Uint8Array( image ) ], { type: 'image/jpeg' } ), 'photo.jpg' );
	}
	const headers = { authorization: `Bearer ${ key }`, ...( origin !== null && { origin } ) };
	return fetch( `${ service.url }/v1/optimize`, {
		method: 'POST',
		redirect: 'manual',
		headers,
		body: form,
	} );
}

export function askPlan( service: Service, key = service.masterKey ): Promise< Response > {
	return fetch( `${ service.url }/v1/keys/me`, {
		redirect: 'manual',
		headers: { authorization: `Bearer ${ key }` },
	} );
}

export interface ErrorBody {
	success: false;
	error: string;
	code?: string;
}

/** The status and code of an answer in the error envelope. */
export async function refusal( response: Response ): Promise< [ status: number, code?: string ] > {
	const body = ( await response.json() ) as ErrorBody;
	if ( body.success !== false || typeof body.error !== 'string' ) {
		throw new Error( 'Not the error envelope.' );
	}
	return body.code === undefined ? [ response.status ] : [ response.status, body.code ];
}

export interface SuccessBody {
	success: true;
	pre_optimized: boolean;
	png_converted_to_jpeg: boolean;
	original: { size_kb: number };
	saved_kb: number;
	saved_percent: number;
	optimized: Record< string, { format: string; data: string } | undefined >;
	notes: string[];
}

export async function success( response: Response ): Promise< SuccessBody > {
	if ( response.status !== 200 ) {
		throw new Error( `${ response.status }: ${ await response.text() }` );
	}
	return ( await response.json() ) as SuccessBody;
}

export function file( body: SuccessBody, name = 'original_format' ): Buffer {
	return Buffer.from( body.optimized[ name ]?.data ?? '', 'base64' );
}
