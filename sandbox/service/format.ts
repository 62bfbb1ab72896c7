export type Format = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';

/**
 * Takes the first bytes of a file; returns which of the five formats it is, or null. The bytes
 * decide, not the type the client states: WordPress sites have many PNGs named .jpg.
 */
export function formatOf( bytes: Buffer ): Format | null {
	const text = bytes.toString( 'latin1', 0, 32 );
	if ( text.startsWith( '\xff\xd8\xff' ) ) {
		return 'jpeg';
	}
	if ( text.startsWith( '\x89PNG\r\n\x1a\n' ) ) {
		return 'png';
	}
	if ( text.startsWith( 'GIF87a' ) || text.startsWith( 'GIF89a' ) ) {
		return 'gif';
	}
	if ( text.startsWith( 'RIFF' ) && text.startsWith( 'WEBP', 8 ) ) {
		return 'webp';
	}
	return text.startsWith( 'ftyp', 4 ) && /avi[fs]/.test( text.slice( 8 ) ) ? 'avif' : null;
}

/** Takes a PNG; says whether it is animated. The encoder would keep only its first picture. */
export function isAnimatedPng( bytes: Buffer ): boolean {
	const control = bytes.indexOf( 'acTL', 0, 'latin1' );
	return control !== -1 && control < bytes.indexOf( 'IDAT', 0, 'latin1' );
}

/** Takes a PNG; says whether its gamma is another one than every screen's. */
export function isGammaOwn( bytes: Buffer ): boolean {
	const gamma = bytes.indexOf( 'gAMA', 0, 'latin1' );
	const better = [ 'sRGB', 'iCCP' ].some( ( chunk ) => bytes.includes( chunk, 0, 'latin1' ) );
	return gamma !== -1 && ! better && Math.abs( bytes.readUInt32BE( gamma + 4 ) - 45455 ) > 500;
}

/** Takes a file; says whether it is an AVIF whose code points name other primaries than every screen's. */
export function hasPrimariesOfItsOwn( bytes: Buffer ): boolean {
	const colour = bytes.indexOf( 'colrnclx', 0, 'latin1' );
	return colour !== -1 && ! [ 1, 2 ].includes( bytes.readUInt16BE( colour + 8 ) );
}
