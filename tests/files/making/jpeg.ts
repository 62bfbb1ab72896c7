import { join, text, u16, u16le, u32, u32le } from './bytes.ts';

// The parts of a JPEG.

export type Block = [ marker: number, content: Buffer ];

/** With further blocks at the beginning. */
export const withBlocks = ( jpeg: Buffer, ...blocks: Block[] ): Buffer =>
	join(
		jpeg.subarray( 0, 2 ),
		...blocks.flatMap( ( [ marker, content ] ) => [ u16( 0xff00 + marker, content.length + 2 ), content ] ),
		jpeg.subarray( 2 )
	);

export const exifBlock = ( tiff: Buffer ): Block => [ 0xe1, join( 'Exif\0\0', tiff ) ];
export const xmpBlock = ( packet: Buffer ): Block => [ 0xe1, join( 'http://ns.adobe.com/xap/1.0/\0', packet ) ];
export const profileBlock = ( icc: Buffer ): Block => [ 0xe2, join( 'ICC_PROFILE\0\x01\x01', icc ) ];

/** Everything up to the pixels, and the end. */
export function withoutScan( jpeg: Buffer ): Buffer {
	const scan = jpeg.indexOf( u16( 0xffda ) );
	return join( jpeg.subarray( 0, scan + 2 + jpeg.readUInt16BE( scan + 2 ) ), u16( 0xffd9 ) );
}

/** Half of it, with an end. */
export const closed = ( jpeg: Buffer ): Buffer => join( jpeg.subarray( 0, jpeg.length / 2 ), u16( 0xffd9 ) );

/** An XMP packet with these attributes and elements. */
export const xmp = ( attributes: string, elements = '' ): Buffer =>
	Buffer.from(
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${ attributes }>${ elements }</rdf:Description></rdf:RDF></x:xmpmeta>`
	);

/** What follows a picture, as Google's cameras list it. */
export const directory = ( ...items: [ semantic: string, type: string, length?: number ][] ): string =>
	`<Container:Directory><rdf:Seq>${ items
		.map(
			( [ semantic, type, length ] ) =>
				`<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="${ semantic }" Item:Mime="${ type }"${
					length === undefined ? '' : ` Item:Length="${ length }"`
				}/></rdf:li>`
		)
		.join( '' ) }</rdf:Seq></Container:Directory>`;
export const listed =
	'xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/"';

/** Followed by further pictures, each of a kind, with the index of them (Multi-Picture Format) after the other blocks. */
export function withPictures( jpeg: Buffer, first: number, ...further: [ kind: number, jpeg: Buffer ][] ): Buffer {
	// Behind what is there: SOI and each APP block.
	let at = 2;
	while ( jpeg[ at + 1 ]! >= 0xe0 && jpeg[ at + 1 ]! <= 0xef ) {
		at += 2 + jpeg.readUInt16BE( at + 2 );
	}
	const count = further.length + 1;
	const size = 4 + 8 + 2 + 3 * 12 + 4 + 16 * count;
	const length = jpeg.length + 4 + size;
	const start = at + 8;
	let place = length - start;
	const entries = further.map( ( [ kind, { length: bytes } ] ) => {
		place += bytes;
		return u32( kind, bytes, place - bytes, 0 );
	} );
	const index = join(
		...[ text( 'MPF\0MM\0*' ), u32( 8 ), u16( 3 ) ],
		...[ u16( 0xb000, 7 ), u32( 4 ), text( '0100' ) ],
		...[ u16( 0xb001, 4 ), u32( 1, count ) ],
		...[ u16( 0xb002, 7 ), u32( 16 * count, 50 ), u32( 0 ) ],
		...[ u32( first, length, 0, 0 ), ...entries ]
	);
	return join(
		jpeg.subarray( 0, at ),
		u16( 0xffe2, index.length + 2 ),
		index,
		jpeg.subarray( at ),
		...further.map( ( [ , one ] ) => one )
	);
}

/** What Samsung's phones append: data of a type and a name, and an index of them at the end. */
export function samsung( ...parts: [ type: number, name: string, data: Buffer ][] ): Buffer {
	const blocks = parts.map( ( [ type, name, data ] ) => join( u16le( 0, type ), u32le( name.length ), name, data ) );
	const back = ( from: number ) => blocks.slice( from ).reduce( ( sum, { length } ) => sum + length, 0 );
	const index = join(
		'SEFH',
		u32le( 107, parts.length ),
		...parts.map( ( [ type ], at ) => join( u16le( 0, type ), u32le( back( at ), blocks[ at ]!.length ) ) )
	);
	return join( ...blocks, index, u32le( index.length ), 'SEFT' );
}
