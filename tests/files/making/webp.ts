import { join, u32le } from './bytes.ts';
import { made } from './run.ts';
import type { Frame } from './png.ts';

// The parts of a WebP.

/** With EXIF, XMP or a profile. */
export function withParts( webp: Buffer, parts: { exif?: Buffer; xmp?: Buffer; icc?: Buffer } ): Buffer {
	return Object.entries( parts ).reduce(
		( file, [ name, part ] ) =>
			made( 'out.webp', { 'in.webp': file, part }, 'webpmux', '-set', name, 'part', 'in.webp', '-o', 'out.webp' ),
		webp
	);
}

/** An animation of whole frames, none merged; played so many times, or for ever. */
export function animated( frames: ( Omit< Frame, 'pixels' > & { webp: Buffer } )[], plays: number ): Buffer {
	return made(
		'out.webp',
		Object.fromEntries( frames.map( ( { webp }, at ) => [ `${ at }.webp`, webp ] ) ),
		'webpmux',
		...frames.flatMap( ( { time }, at ) => [ '-frame', `${ at }.webp`, `+${ time }+0+0+0-b` ] ),
		...[ '-loop', String( plays ), '-o', 'out.webp' ]
	);
}

/** The size that the file says it has, set right. */
export const sized = ( webp: Buffer ): Buffer =>
	join( webp.subarray( 0, 4 ), u32le( webp.length - 8 ), webp.subarray( 8 ) );
