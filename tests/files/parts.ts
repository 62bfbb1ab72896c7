import { crc32, deflateSync } from 'node:zlib';

// The parts that files are put together from, byte by byte.

export const text = ( ...parts: string[] ): Buffer => Buffer.from( parts.join( '' ), 'latin1' );

const u16 = ( number: number ): Buffer => Buffer.from( [ number >> 8, number & 255 ] );
export const u32 = ( number: number ): Buffer => {
	const bytes = Buffer.alloc( 4 );
	bytes.writeUInt32BE( number );
	return bytes;
};

/** A JPEG with further blocks after its beginning: marker and content. */
export const withBlocks = ( jpeg: Buffer, ...blocks: [ marker: number, content: Buffer ][] ): Buffer =>
	Buffer.concat( [
		jpeg.subarray( 0, 2 ),
		...blocks.flatMap( ( [ marker, content ] ) => [
			Buffer.from( [ 255, marker ] ),
			u16( content.length + 2 ),
			content,
		] ),
		jpeg.subarray( 2 ),
	] );

const chunk = ( type: string, content: Buffer ): Buffer => {
	const body = Buffer.concat( [ text( type ), content ] );
	return Buffer.concat( [ u32( content.length ), body, u32( crc32( body ) ) ] );
};

/** A PNG with further chunks before its pixels: type and content. */
export const withChunks = ( png: Buffer, ...chunks: [ type: string, content: Buffer ][] ): Buffer =>
	Buffer.concat( [
		png.subarray( 0, 33 ),
		...chunks.map( ( [ type, content ] ) => chunk( type, content ) ),
		png.subarray( 33 ),
	] );

/** An EXIF block: texts and numbers of the first directory by tag, and whether it says where the picture was taken. */
export function exif( entries: Record< number, string | number >, hasPlace = false ): Buffer {
	const values: Buffer[] = [];
	const all = Object.entries< string | number >( { ...entries, ...( hasPlace && { 0x8825: -1 } ) } );
	let free = 8 + 2 + 12 * all.length + 4;
	const directory = all.map( ( [ tag, value ] ) => {
		if ( typeof value === 'string' ) {
			const bytes = text( value, '\0', value.length % 2 ? '' : '\0' );
			values.push( bytes );
			free += bytes.length;
			return Buffer.concat( [ u16( Number( tag ) ), u16( 2 ), u32( bytes.length ), u32( free - bytes.length ) ] );
		}
		const isPlace = value === -1;
		return Buffer.concat( [
			u16( Number( tag ) ),
			u16( isPlace ? 4 : 3 ),
			u32( 1 ),
			isPlace ? Buffer.alloc( 4 ) : u16( value ),
			Buffer.alloc( isPlace ? 0 : 2 ),
		] );
	} );
	if ( hasPlace ) {
		u32( free ).copy( directory[ directory.length - 1 ] ?? Buffer.alloc( 0 ), 8 );
		values.push( place( free ) );
	}
	return Buffer.concat( [ text( 'MM\0*' ), u32( 8 ), u16( all.length ), ...directory, u32( 0 ), ...values ] );
}

/** A directory that says 48° N, 11° E. */
function place( at: number ): Buffer {
	const degrees = ( number: number ) =>
		Buffer.concat( [ number, 7, 30 ].flatMap( ( one ) => [ u32( one ), u32( 1 ) ] ) );
	const values = at + 2 + 4 * 12 + 4;
	const entry = ( tag: number, type: number, count: number, value: Buffer ) =>
		Buffer.concat( [ u16( tag ), u16( type ), u32( count ), value ] );
	return Buffer.concat( [
		u16( 4 ),
		entry( 1, 2, 2, text( 'N\0\0\0' ) ),
		entry( 2, 5, 3, u32( values ) ),
		entry( 3, 2, 2, text( 'E\0\0\0' ) ),
		entry( 4, 5, 3, u32( values + 24 ) ),
		u32( 0 ),
		degrees( 48 ),
		degrees( 11 ),
	] );
}

/** An XMP packet with these attributes and elements. */
export const xmp = ( attributes: string, elements = '' ): string =>
	`<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" ${ attributes }>${ elements }</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

export const xmpBlock = ( packet: string ): [ number, Buffer ] => [
	0xe1,
	Buffer.concat( [ text( 'http://ns.adobe.com/xap/1.0/\0' ), Buffer.from( packet ) ] ),
];
export const exifBlock = ( tiff: Buffer ): [ number, Buffer ] => [
	0xe1,
	Buffer.concat( [ text( 'Exif\0\0' ), tiff ] ),
];
export const xmpChunk = ( packet: string ): [ string, Buffer ] => [
	'iTXt',
	Buffer.concat( [ text( 'XML:com.adobe.xmp\0\0\0\0\0' ), Buffer.from( packet ) ] ),
];

/** IPTC as Photoshop writes it: who made the picture, and whose it is. */
export const iptcBlock = (): [ number, Buffer ] => {
	const record = ( number: number, value: string ) =>
		Buffer.concat( [ Buffer.from( [ 0x1c, 2, number ] ), u16( value.length ), text( value ) ] );
	const data = Buffer.concat( [ record( 80, 'Ada' ), record( 116, '(c) Ada 2026' ) ] );
	return [
		0xed,
		Buffer.concat( [
			text( 'Photoshop 3.0\x008BIM\x04\x04\0\0' ),
			u32( data.length ),
			data,
			Buffer.alloc( data.length % 2 ),
		] ),
	];
};

/**
 * An index of further pictures (Multi-Picture Format) as a block, for pictures of these kinds and sizes that follow the
 * end of a JPEG whose length, this block included, is `length`.
 */
export function mpfBlock( length: number, further: { kind: number; size: number }[] ): [ number, Buffer ] {
	const count = further.length + 1;
	// The block is the first: what is in it counts from the byte order, ten bytes into the file.
	let at = Math.max( 10, length ) - 10;
	const entries = further.map( ( { kind, size } ) => {
		at += size;
		return Buffer.concat( [ u32( kind ), u32( size ), u32( at - size ), u32( 0 ) ] );
	} );
	const field = ( tag: number, type: number, amount: number, value: Buffer ) =>
		Buffer.concat( [ u16( tag ), u16( type ), u32( amount ), value ] );
	return [
		0xe2,
		Buffer.concat( [
			text( 'MPF\0MM\0*' ),
			u32( 8 ),
			u16( 3 ),
			field( 0xb000, 7, 4, text( '0100' ) ),
			field( 0xb001, 4, 1, u32( count ) ),
			field( 0xb002, 7, 16 * count, u32( 50 ) ),
			u32( 0 ),
			Buffer.concat( [ u32( 0x030000 ), u32( length ), u32( 0 ), u32( 0 ) ] ),
			...entries,
		] ),
	];
}

/** A JPEG followed by further pictures, with the index of them. */
export function withFurther( jpeg: Buffer, ...further: { kind: number; jpeg: Buffer }[] ): Buffer {
	const sizes = further.map( ( { kind, jpeg: { length: size } } ) => ( { kind, size } ) );
	const length = withBlocks( jpeg, mpfBlock( 0, sizes ) ).length;
	return Buffer.concat( [
		withBlocks( jpeg, mpfBlock( length, sizes ) ),
		...further.map( ( { jpeg: one } ) => one ),
	] );
}

/** What Samsung's phones append: data by name, and an index at the end. */
export function samsung( ...parts: [ name: string, data: Buffer ][] ): Buffer {
	const little = ( number: number, size: number ) => {
		const bytes = Buffer.alloc( size );
		bytes.writeUIntLE( number, 0, size );
		return bytes;
	};
	const blocks = parts.map( ( [ name, data ] ) =>
		Buffer.concat( [ little( 0x0a300000, 4 ), little( name.length, 4 ), text( name ), data ] )
	);
	const head = Buffer.concat( [
		text( 'SEFH' ),
		little( 106, 4 ),
		little( parts.length, 4 ),
		...blocks.map( ( block ) =>
			Buffer.concat( [ little( 0x0a300000, 4 ), little( block.length, 4 ), little( block.length, 4 ) ] )
		),
	] );
	return Buffer.concat( [ ...blocks, head, little( head.length, 4 ), text( 'SEFT' ) ] );
}

/** The beginning of a video. */
export const video = Buffer.concat( [
	u32( 24 ),
	text( 'ftypmp42' ),
	u32( 0 ),
	text( 'mp42isom' ),
	u32( 16 ),
	text( 'mdat' ),
	Buffer.alloc( 8 ),
] );

/** A profile of three primaries, or of grey where none are given: XYZ under D50, one after the other, and a power. */
export function profile( primaries: number[], power: number ): Buffer {
	const fixed = ( number: number ) => u32( Math.round( number * 65536 ) >>> 0 );
	const xyz = ( from: number ) =>
		Buffer.concat( [ text( 'XYZ \0\0\0\0' ), ...primaries.slice( from, from + 3 ).map( fixed ) ] );
	const curve = Buffer.concat( [ text( 'curv\0\0\0\0' ), u32( 1 ), u16( Math.round( power * 256 ) ), u16( 0 ) ] );
	const white = Buffer.concat( [ text( 'XYZ \0\0\0\0' ), ...[ 0.9642, 1, 0.8249 ].map( fixed ) ] );
	const described = Buffer.concat( [ text( 'desc\0\0\0\0' ), u32( 5 ), text( 'test\0' ), Buffer.alloc( 79 ) ] );
	const rights = text( 'text\0\0\0\0none\0\0\0\0' );
	const tags: [ string, Buffer ][] = [
		[ 'desc', described ],
		[ 'cprt', rights ],
		[ 'wtpt', white ],
	];
	tags.push(
		...( primaries.length
			? ( [
					[ 'rXYZ', xyz( 0 ) ],
					[ 'gXYZ', xyz( 3 ) ],
					[ 'bXYZ', xyz( 6 ) ],
					[ 'rTRC', curve ],
					[ 'gTRC', curve ],
					[ 'bTRC', curve ],
				] as [ string, Buffer ][] )
			: ( [ [ 'kTRC', curve ] ] as [ string, Buffer ][] ) )
	);
	let at = 132 + 12 * tags.length;
	const table = tags.map( ( [ name, data ] ) => {
		at += data.length;
		return Buffer.concat( [ text( name ), u32( at - data.length ), u32( data.length ) ] );
	} );
	const head = Buffer.alloc( 128 );
	text( '\x02\x40\0\0mntr', primaries.length ? 'RGB ' : 'GRAY', 'XYZ ' ).copy( head, 8 );
	text( 'acsp' ).copy( head, 36 );
	Buffer.concat( [ 0.9642, 1, 0.8249 ].map( fixed ) ).copy( head, 68 );
	const all = Buffer.concat( [ head, u32( tags.length ), ...table, ...tags.map( ( [ , data ] ) => data ) ] );
	all.writeUInt32BE( all.length, 0 );
	return all;
}

export const proPhoto = profile( [ 0.7977, 0.288, 0, 0.1352, 0.7119, 0, 0.0313, 0.0001, 0.8249 ], 1.8 );
export const adobeRgb = profile( [ 0.6097, 0.3111, 0.0195, 0.2053, 0.6257, 0.0609, 0.1492, 0.0632, 0.7446 ], 2.2 );
export const greyGamma = profile( [], 1.2 );

export const profileBlock = ( icc: Buffer ): [ number, Buffer ] => [
	0xe2,
	Buffer.concat( [ text( 'ICC_PROFILE\0\x01\x01' ), icc ] ),
];
export const profileChunk = ( icc: Buffer ): [ string, Buffer ] => [
	'iCCP',
	Buffer.concat( [ text( 'test\0\0' ), deflateSync( icc ) ] ),
];
