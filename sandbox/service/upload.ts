import type { ErrorCode } from './errors.ts';

export const MODES = [ 'lossy', 'glossy', 'lossless' ] as const;
export type Mode = ( typeof MODES )[ number ];

export interface Choices {
	mode: Mode;
	webp: boolean;
	avif: boolean;
	pngToJpeg: boolean;
	keepMetadata: boolean;
}

export type Upload = { kind: 'upload'; image: File; choices: Choices } | { kind: 'refused'; code: ErrorCode };

/**
 * Takes a complete body and its content type; returns the image and the choices in it, or the code
 * of what is wrong. `no_image` goes before everything else about the request: clients use a request
 * without an image as a free probe of a key's domain list.
 */
export async function parseUpload( body: Buffer< ArrayBuffer >, contentType: string | undefined ): Promise< Upload > {
	const form = await parseForm( body, contentType );
	if ( form === null ) {
		const cutOff = body.includes( 'name="image"' ) || body.includes( 'name=image' );
		return { kind: 'refused', code: cutOff ? 'invalid_params' : 'no_image' };
	}
	const image = form.get( 'image' );
	if ( image === null || typeof image === 'string' ) {
		return { kind: 'refused', code: 'no_image' };
	}
	const choices = choicesFrom( form );
	return choices === null ? { kind: 'refused', code: 'invalid_params' } : { kind: 'upload', image, choices };
}

async function parseForm( body: Buffer< ArrayBuffer >, contentType: string | undefined ): Promise< FormData | null > {
	try {
		return await new Response( body, {
			headers: { 'content-type': contentType ?? '' },
		} ).formData();
	} catch {
		return null;
	}
}

function choicesFrom( form: FormData ): Choices | null {
	const wanted = form.get( 'compression_mode' ) ?? 'lossy';
	const mode = MODES.find( ( known ) => known === wanted );
	const webp = flag( form, 'generate_webp' );
	const avif = flag( form, 'generate_avif' );
	const pngToJpeg = flag( form, 'convert_png_to_jpeg' );
	const keepMetadata = flag( form, 'preserve_metadata' );
	const isComplete =
		mode !== undefined && webp !== null && avif !== null && pngToJpeg !== null && keepMetadata !== null;
	return isComplete ? { mode, webp, avif, pngToJpeg, keepMetadata } : null;
}

/** A flag left out is off; one that is neither `true` nor `false` is a mistake of the client. */
function flag( form: FormData, name: string ): boolean | null {
	const value = form.get( name ) ?? 'false';
	if ( value === 'true' ) {
		return true;
	}
	return value === 'false' ? false : null;
}
