import type { Format } from './format.ts';

const START_OF_SCAN = 0xda;
const APP2 = 0xe2;

/** Takes a JPEG or a PNG; returns it without its colour profile, every pixel's numbers as they were: other colours. */
export function withoutProfile( bytes: Buffer, format: Format ): Buffer {
	return format === 'png' ? ofPng( bytes ) : ofJpeg( bytes );
}

function ofJpeg( jpeg: Buffer ): Buffer {
	const kept = [ jpeg.subarray( 0, 2 ) ];
	let at = 2;
	while ( at + 4 <= jpeg.length && jpeg[ at + 1 ] !== START_OF_SCAN ) {
		const end = at + 2 + jpeg.readUInt16BE( at + 2 );
		if ( jpeg[ at + 1 ] !== APP2 ) {
			kept.push( jpeg.subarray( at, end ) );
		}
		at = end;
	}
	return Buffer.concat( [ ...kept, jpeg.subarray( at ) ] );
}

function ofPng( png: Buffer ): Buffer {
	const kept = [ png.subarray( 0, 8 ) ];
	for ( let at = 8; at + 12 <= png.length; ) {
		const end = at + 12 + png.readUInt32BE( at );
		if ( ! [ 'iCCP', 'gAMA', 'cICP' ].includes( png.toString( 'latin1', at + 4, at + 8 ) ) ) {
			kept.push( png.subarray( at, end ) );
		}
		at = end;
	}
	return Buffer.concat( kept );
}
