import sharp, { type Sharp } from 'sharp';
import type { Carried } from '../../src/validation/pictures.ts';
import { avif, encoders, jpeg, png } from './cases.ts';
import {
	exif,
	exifBlock,
	samsung,
	text,
	u32,
	video,
	withBlocks,
	withChunks,
	withFurther,
	xmp,
	xmpBlock,
} from './parts.ts';
import { opaque } from './scene.ts';

/** A file, and what hangs on it that the service would not give back. */
export interface Loaded {
	name: string;
	file: Buffer;
	carries: readonly Carried[];
}

/** Files that can't be kept as they are. */
export async function carried(): Promise< Loaded[] > {
	const plain = await jpeg( opaque() );
	const small = await jpeg( opaque( { width: 40, height: 30 } ) );
	const still = await png( opaque() );
	const zip = text( 'PK\x03\x04 and what was packed' );
	const appended = ( file: Buffer ) => Buffer.concat( [ file, zip ] );
	const gain = withBlocks( small, xmpBlock( xmp( 'hdrgm:Version="1.0" hdrgm:GainMapMax="3"' ) ) );
	const apple = withBlocks(
		small,
		xmpBlock( xmp( 'xmlns:HDRGainMap="http://ns.apple.com/HDRGainMap/1.0/" HDRGainMap:HDRGainMapVersion="65536"' ) )
	);
	const depth = withBlocks(
		small,
		xmpBlock( xmp( 'xmlns:d="http://ns.apple.com/depthData/1.0/" d:Accuracy="relative"' ) )
	);
	const directory = '<Container:Directory><rdf:Seq><rdf:li Item:Semantic="GainMap"/></rdf:Seq></Container:Directory>';
	return [
		{ name: 'AVIF, PQ', file: await avif( 'pq' ), carries: [ 'hdr' ] },
		{ name: 'AVIF, HLG', file: await avif( 'hlg' ), carries: [ 'hdr' ] },
		{ name: 'PNG, PQ', file: withChunks( still, [ 'cICP', Buffer.from( [ 9, 16, 0, 1 ] ) ] ), carries: [ 'hdr' ] },
		{
			name: 'JPEG, Ultra HDR',
			file: withFurther( withBlocks( plain, xmpBlock( xmp( 'hdrgm:Version="1.0"', directory ) ) ), {
				kind: 0,
				jpeg: gain,
			} ),
			carries: [ 'gain_map' ],
		},
		{
			name: "JPEG, Apple's gain map",
			file: withFurther( plain, { kind: 0, jpeg: apple } ),
			carries: [ 'gain_map' ],
		},
		{
			name: 'JPEG, ISO 21496-1',
			file: withBlocks( plain, [ 0xe2, text( 'urn:iso:std:iso:ts:21496:-1\0\0\0\0\0' ) ] ),
			carries: [ 'gain_map' ],
		},
		{
			name: 'JPEG, motion photo',
			file: Buffer.concat( [ withBlocks( plain, xmpBlock( xmp( 'GCamera:MotionPhoto="1"' ) ) ), video ] ),
			carries: [ 'motion' ],
		},
		{
			name: 'JPEG, micro video',
			file: Buffer.concat( [ withBlocks( plain, xmpBlock( xmp( 'GCamera:MicroVideo="1"' ) ) ), video ] ),
			carries: [ 'motion' ],
		},
		{ name: 'JPEG, a video that nothing tells of', file: Buffer.concat( [ plain, video ] ), carries: [ 'motion' ] },
		{
			name: 'JPEG, motion photo of Samsung',
			file: Buffer.concat( [
				plain,
				samsung( [ 'MotionPhoto_Data', video ], [ 'Image_UTC_Data', text( '1' ) ] ),
			] ),
			carries: [ 'motion' ],
		},
		{
			name: 'JPEG, depth',
			file: withBlocks( plain, xmpBlock( xmp( 'GDepth:Format="RangeInverse"' ) ) ),
			carries: [ 'depth' ],
		},
		{ name: 'JPEG, depth of Apple', file: withFurther( plain, { kind: 0, jpeg: depth } ), carries: [ 'depth' ] },
		{ name: 'JPEG, stereo', file: withFurther( plain, { kind: 0x020002, jpeg: small } ), carries: [ 'stereo' ] },
		{ name: 'JPEG, JPS', file: withBlocks( plain, [ 0xe3, text( '_JPSJPS_\0\x04\0\0' ) ] ), carries: [ 'stereo' ] },
		{
			name: 'JPEG, a further picture nobody knows',
			file: withFurther( plain, { kind: 0, jpeg: small } ),
			carries: [ 'appended' ],
		},
		{
			name: 'PNG, Fireworks',
			file: withChunks( still, [ 'prVW', u32( 1 ) ], [ 'mkBT', u32( 1 ) ] ),
			carries: [ 'layers' ],
		},
		{
			name: 'PNG, a drawing',
			file: withChunks( still, [ 'tEXt', text( 'mxfile\0<mxfile/>' ) ] ),
			carries: [ 'layers' ],
		},
		{ name: 'PNG, 9-patch', file: withChunks( still, [ 'npTc', u32( 1 ) ] ), carries: [ 'layers' ] },
		{ name: 'JPEG, appended', file: appended( plain ), carries: [ 'appended' ] },
		{
			name: 'JPEG, thousands of smaller ones',
			file: Buffer.concat( [
				await jpeg( opaque( { width: 400, height: 300 } ) ),
				...Array< Buffer >( 3000 ).fill( plain ),
			] ),
			carries: [ 'appended' ],
		},
		{ name: 'PNG, appended', file: appended( still ), carries: [ 'appended' ] },
		{ name: 'GIF, appended', file: appended( await opaque().gif().toBuffer() ), carries: [ 'appended' ] },
		{ name: 'WebP, appended', file: appended( await opaque().webp().toBuffer() ), carries: [ 'appended' ] },
		{ name: 'AVIF, sequence', file: await avif( 'sequence' ), carries: [ 'sequence' ] },
		{ name: 'JPEG, CMYK', file: await opaque().toColourspace( 'cmyk' ).jpeg().toBuffer(), carries: [ 'cmyk' ] },
	];
}

/** Files that look as if, and lose nothing. */
export async function harmless(): Promise< Loaded[] > {
	const plain = await jpeg( opaque() );
	const small = await jpeg( opaque( { width: 40, height: 30 } ) );
	const still = await png( opaque() );
	const of = ( name: string, file: Buffer ): Loaded => ( { name, file, carries: [] } );
	return [
		of(
			'what Samsung appends to every photo',
			Buffer.concat( [ plain, samsung( [ 'Image_UTC_Data', text( '1700000000000' ) ] ) ] )
		),
		of( 'filled up with zeros', Buffer.concat( [ plain, Buffer.alloc( 500 ) ] ) ),
		of( 'filled up with ones', Buffer.concat( [ plain, Buffer.alloc( 500, 255 ) ] ) ),
		of( 'with previews', withFurther( plain, { kind: 0x010001, jpeg: small }, { kind: 0x010002, jpeg: small } ) ),
		of( 'with EXIF that is empty', withBlocks( plain, exifBlock( exif( {} ) ) ) ),
		of(
			'with restart markers',
			await opaque()
				.jpeg( { restartInterval: 4 } as object )
				.toBuffer()
		),
		of( 'progressive', await opaque().jpeg( { progressive: true } ).toBuffer() ),
		of( 'grey', await opaque().toColourspace( 'b-w' ).jpeg().toBuffer() ),
		of(
			'where a PNG was cut from',
			withChunks(
				still,
				[ 'vpAg', Buffer.alloc( 9 ) ],
				[ 'caNv', Buffer.alloc( 16 ) ],
				[ 'iDOT', Buffer.alloc( 28 ) ]
			)
		),
		of( '16 bits', await opaque().toColourspace( 'rgb16' ).png().toBuffer() ),
		of( 'grey PNG with alpha', await opaque().toColourspace( 'b-w' ).ensureAlpha().png().toBuffer() ),
		of( 'interlaced', await opaque().png( { progressive: true } ).toBuffer() ),
		of( 'lossless WebP', await opaque().webp( { lossless: true } ).toBuffer() ),
		of( 'AVIF of P3', await avif( 'p3' ) ),
		of(
			'a small GIF',
			await sharp( await opaque().png().toBuffer() )
				.resize( 3 )
				.gif()
				.toBuffer()
		),
	];
}

/** Files that are cut off, lie about themselves, or are none. None is complete. */
export async function damaged(): Promise< { name: string; file: Buffer }[] > {
	const plain = await jpeg( opaque() );
	const still = await png( opaque() );
	const all: Record< string, Buffer > = { jpeg: plain, png: still };
	for ( const type of [ 'gif', 'webp', 'avif' ] ) {
		all[ type ] = await ( encoders[ type ] as ( picture: Sharp ) => Promise< Buffer > )( opaque() );
	}
	const at = ( file: Buffer, offset: number, ...bytes: number[] ) => {
		const copy = Buffer.from( file );
		copy.set( bytes, offset );
		return copy;
	};
	const cuts = Object.entries( all ).flatMap( ( [ type, file ] ) =>
		[ 3, 8, 13, 20, 33, 64, 200, file.length - 3 ].map( ( length ) => ( {
			name: `${ type }, ${ length } bytes`,
			file: file.subarray( 0, length ),
		} ) )
	);
	return [
		...cuts,
		{ name: 'empty', file: Buffer.alloc( 0 ) },
		{ name: 'a drawing called .png', file: text( '<svg xmlns="http://www.w3.org/2000/svg"/>' ) },
		{ name: 'jpeg, a block longer than the file', file: at( plain, 4, 255, 255 ) },
		{ name: 'jpeg, a block of no length', file: at( plain, 4, 0, 0 ) },
		{ name: 'png, another checksum', file: at( still, 29, 0, 0, 0, 0 ) },
		{ name: 'png, no sides', file: withChunks( still.subarray( 0, 8 ) ) },
		{ name: 'webp, longer than it is', file: at( all[ 'webp' ] ?? plain, 4, 255, 255, 255 ) },
		{ name: 'avif, a box of size 1', file: at( all[ 'avif' ] ?? plain, 0, 0, 0, 0, 1 ) },
		{ name: 'avif, a box of a huge size', file: at( all[ 'avif' ] ?? plain, 0, 127, 255, 255, 255 ) },
		{ name: 'gif without its end', file: ( all[ 'gif' ] ?? plain ).subarray( 0, -1 ) },
	];
}
