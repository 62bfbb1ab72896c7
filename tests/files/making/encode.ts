import sharp from 'sharp';
import type { Pixels } from './picture.ts';
import { made } from './run.ts';

// Pixels as files.

const raw = ( { width, height, channels, data }: Pixels ) => sharp( data, { raw: { width, height, channels } } );

export type Type = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif';
type Encode = ( pixels: Pixels, isLarge?: boolean ) => Promise< Buffer >;

export const extensions: Record< Type, string > = { jpeg: 'jpg', png: 'png', gif: 'gif', webp: 'webp', avif: 'avif' };

export const jpeg: Encode = ( pixels, isLarge ) =>
	raw( pixels )
		.jpeg( { quality: isLarge ? 88 : 50, optimiseCoding: ! isLarge } )
		.toBuffer();
export const greyJpeg: Encode = ( pixels, isLarge ) =>
	raw( pixels )
		.toColourspace( 'b-w' )
		.jpeg( { quality: isLarge ? 88 : 40 } )
		.toBuffer();
export const png: Encode = ( pixels, isLarge ) =>
	raw( pixels )
		.png( isLarge ? { compressionLevel: 4, adaptiveFiltering: true } : { compressionLevel: 9 } )
		.toBuffer();
export const palette: Encode = ( pixels, isLarge ) =>
	raw( pixels )
		.png( { palette: true, colours: isLarge ? 200 : 48, dither: isLarge ? 0.6 : 0, effort: 10 } )
		.toBuffer();
export const gif: Encode = ( pixels, isLarge ) =>
	raw( pixels )
		.gif( { colours: isLarge ? 64 : 32, dither: isLarge ? 0.5 : 0, effort: 10 } )
		.toBuffer();
export const webp: Encode = ( pixels, isLarge ) =>
	raw( pixels )
		.webp( { quality: isLarge ? 88 : 40, effort: 6, alphaQuality: isLarge ? 100 : 80 } )
		.toBuffer();
export const avif: Encode = ( pixels, isLarge ) =>
	raw( pixels )
		.avif( { quality: isLarge ? 75 : 40, effort: 6, chromaSubsampling: '4:2:0' } )
		.toBuffer();

export const encoders: Record< Type, Encode > = { jpeg, png, gif, webp, avif };

export const lossless = ( pixels: Pixels ): Promise< Buffer > => raw( pixels ).png().toBuffer();

/** Every frame as a whole, one below the other. */
export function animatedGif(
	frames: { pixels: Pixels; time: number }[],
	loop: number,
	isLarge: boolean
): Promise< Buffer > {
	const { width, height } = frames[ 0 ]!.pixels;
	return sharp( Buffer.concat( frames.map( ( { pixels } ) => pixels.data ) ), {
		raw: { width, height: height * frames.length, channels: 3, pageHeight: height },
	} )
		.gif( {
			colours: isLarge ? 64 : 24,
			dither: isLarge ? 0.5 : 0,
			delay: frames.map( ( { time } ) => time ),
			loop,
			keepDuplicateFrames: true,
		} )
		.toBuffer();
}

/** One picture, or several as a sequence; `timescale` and what follows it are the options of each frame. */
export async function byAvifenc( all: Pixels[], ...options: string[] ): Promise< Buffer > {
	const files = await Promise.all( all.map( lossless ) );
	return made(
		'out.avif',
		Object.fromEntries( files.map( ( file, at ) => [ `${ at }.png`, file ] ) ),
		'avifenc',
		...[ '-s', '4', '-y', '420', ...options, '-o', 'out.avif' ],
		// Options that hold for a single frame stand before it.
		...( options.includes( '--timescale' ) ? [] : files.map( ( _, at ) => `${ at }.png` ) )
	);
}

/** With more than eight bits. */
export const deepPng = ( { width, height, channels, data }: Pixels ): Promise< Buffer > =>
	sharp(
		// With something in the lower half, too.
		Uint16Array.from( data, ( value, at ) => Math.min( 65535, value * 257 + ( at % 64 ) ) ),
		{ raw: { width, height, channels } }
	)
		.toColourspace( 'rgb16' )
		.png( { compressionLevel: 9, adaptiveFiltering: true } )
		.toBuffer();
