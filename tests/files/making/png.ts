import { crc32, deflateSync } from 'node:zlib';
import { join, text, u16, u32, u8 } from './bytes.ts';
import type { Pixels } from './picture.ts';

// The parts of a PNG.

export const chunk = ( type: string, content: Buffer | string ): Buffer => {
	const body = join( type, content );
	return join( u32( body.length - 4 ), body, u32( crc32( body ) ) );
};

/** With further chunks before its palette and pixels. */
export const withChunks = ( png: Buffer, ...chunks: [ type: string, content: Buffer | string ][] ): Buffer =>
	join( png.subarray( 0, 33 ), ...chunks.map( ( one ) => chunk( ...one ) ), png.subarray( 33 ) );

export const xmpChunk = ( packet: Buffer ): [ string, Buffer ] => [
	'iTXt',
	join( 'XML:com.adobe.xmp\0\0\0\0\0', packet ),
];

/** Every chunk, and where it lies. */
export function chunksOf( png: Buffer ): { type: string; from: number; content: Buffer }[] {
	const all = [];
	for ( let from = 8; from < png.length; ) {
		const length = png.readUInt32BE( from );
		const content = png.subarray( from + 8, from + 8 + length );
		all.push( { type: png.toString( 'latin1', from + 4, from + 8 ), from, content } );
		from += 12 + length;
	}
	return all;
}

/** The rows of a picture, packed: each as the difference to its left neighbours, or as it is. */
function packed( { width, channels, data }: Pixels, isGood: boolean ): Buffer {
	const row = width * channels;
	const rows: Buffer[] = [];
	for ( let at = 0; at < data.length; at += row ) {
		rows.push( u8( isGood ? 1 : 0 ) );
		rows.push(
			data
				.subarray( at, at + row )
				.map( ( value, x, all ) =>
					isGood && x >= channels ? value - all[ x - channels ]! : value
				) as Buffer
		);
	}
	return deflateSync( join( ...rows ), { level: isGood ? 9 : 4 } );
}

export interface Frame {
	pixels: Pixels;
	/** How long it is shown, in milliseconds. */
	time: number;
}

/** An animated PNG; played so many times, or for ever. */
export function animated( frames: Frame[], plays: number, isGood: boolean ): Buffer {
	let number = 0;
	const { width, height } = frames[ 0 ]!.pixels;
	return join(
		text( '\x89PNG\r\n\x1a\n' ),
		chunk( 'IHDR', join( u32( width, height ), u8( 8, 2, 0, 0, 0 ) ) ),
		chunk( 'acTL', u32( frames.length, plays ) ),
		...frames.flatMap( ( { pixels, time }, at ) => [
			chunk( 'fcTL', join( u32( number++, width, height, 0, 0 ), u16( time, 1000 ), u8( 0, 0 ) ) ),
			at
				? chunk( 'fdAT', join( u32( number++ ), packed( pixels, isGood ) ) )
				: chunk( 'IDAT', packed( pixels, isGood ) ),
		] ),
		chunk( 'IEND', '' )
	);
}
