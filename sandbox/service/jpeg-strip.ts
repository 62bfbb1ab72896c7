const COMMENT = 0xfe;
const FIRST_WITH_LENGTH = 0xc0;
const START_OF_SCAN = 0xda;

/**
 * Takes a JPEG; returns it without its metadata (EXIF, XMP, IPTC, comments), every pixel as it was:
 * the only lossless saving there is without decoding. The colour profile (APP2), the JFIF header
 * (APP0) and Adobe's colour transform (APP14) stay, because the picture would look different.
 * Returns null when the file isn't built as expected.
 */
export function withoutJpegMetadata( jpeg: Buffer ): Buffer | null {
	const kept = [ jpeg.subarray( 0, 2 ) ];
	let at = 2;
	while ( at + 4 <= jpeg.length && jpeg[ at ] === 0xff ) {
		const marker = jpeg[ at + 1 ] ?? 0;
		if ( marker === START_OF_SCAN ) {
			return Buffer.concat( [ ...kept, jpeg.subarray( at ) ] );
		}
		// Padding or a marker without a length: rare, legal, and not worth a mistake.
		if ( marker < FIRST_WITH_LENGTH || marker === 0xff ) {
			return null;
		}
		const end = at + 2 + jpeg.readUInt16BE( at + 2 );
		if ( ! isMetadata( marker ) ) {
			kept.push( jpeg.subarray( at, end ) );
		}
		at = end;
	}
	return null;
}

function isMetadata( marker: number ): boolean {
	const app = marker - 0xe0;
	return marker === COMMENT || ( app >= 1 && app <= 15 && app !== 2 && app !== 14 );
}
