import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { join, text, u16, u16le, u32, u32le, u8 } from './bytes.ts';
import { add } from './collect.ts';
import { byAvifenc, deepPng, gif, greyJpeg, jpeg, lossless, png, webp } from './encode.ts';
import { auxiliary, heif, itemOf } from './heif.ts';
import { directory, exifBlock, listed, samsung, withBlocks, withPictures, xmp, xmpBlock, type Block } from './jpeg.ts';
import { grey, picture, smaller, withAlpha, type Pixels } from './picture.ts';
import { chunk, chunksOf, withChunks } from './png.ts';
import { alone, made } from './run.ts';

// Files that carry something that can't be kept, and files that only look so.

const it = picture();
const small = smaller( smaller( it ) );
const primary = 0x030000;

/** A video of a second, small. */
const video = () =>
	made(
		'out.mp4',
		{},
		'ffmpeg',
		...[ '-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=32x24:r=4:d=1', '-c:v', 'libx264', '-pix_fmt', 'yuv420p' ],
		...[ '-crf', '45', '-fflags', '+bitexact', '-flags', '+bitexact', 'out.mp4' ]
	);

/** A ZIP of one file that is not packed. */
function zip( name: string, content: string ): Buffer {
	const facts = join( u16le( 20, 0, 0, 0, 0x5c21 ), u32le( crc32( content ), content.length, content.length ) );
	const names = u16le( name.length, 0 );
	const entry = join( 'PK\x03\x04', facts, names, name, content );
	const index = join( 'PK\x01\x02', u16le( 20 ), facts, names, u16le( 0, 0, 0 ), u32le( 0, 0 ), name );
	return join( entry, index, 'PK\x05\x06', u16le( 0, 0, 1, 1 ), u32le( index.length, entry.length ), u16le( 0 ) );
}

const encoded = ( pixels: Pixels, ...options: string[] ) =>
	byAvifenc( [ pixels ], '--min', '38', '--max', '42', ...options );

/** How much brighter a gain map makes a picture, by ISO 21496-1: of one channel, up to four times. */
const gains = join(
	...[ u16( 0, 0 ), u8( 0x40 ) ],
	...[ u32( 0, 1 ), u32( 2, 1 ), u32( 0, 1 ), u32( 2, 1 ), u32( 1, 1 ), u32( 1, 64 ), u32( 1, 64 ) ]
);
const iso = ( content: Buffer ): Block => [ 0xe2, join( 'urn:iso:std:iso:ts:21496:-1\0', content ) ];
const hdrgm = 'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"';

async function gainMaps(): Promise< void > {
	const plain = await jpeg( it );
	const map = await greyJpeg( grey( small ) );
	const google = withBlocks(
		map,
		xmpBlock(
			xmp(
				`${ hdrgm } hdrgm:Version="1.0" hdrgm:GainMapMin="0" hdrgm:GainMapMax="2" hdrgm:Gamma="1" hdrgm:OffsetSDR="0.015625" hdrgm:OffsetHDR="0.015625" hdrgm:HDRCapacityMin="0" hdrgm:HDRCapacityMax="2" hdrgm:BaseRenditionIsHDR="False"`
			)
		)
	);
	const list = directory( [ 'Primary', 'image/jpeg' ], [ 'GainMap', 'image/jpeg', google.length ] );
	add( 'gain-map-google-jpeg', 'jpg', {
		before: withPictures(
			withBlocks( plain, xmpBlock( xmp( `${ listed } ${ hdrgm } hdrgm:Version="1.0"`, list ) ) ),
			primary,
			[ 0, google ]
		),
		carries: [ 'gain_map' ],
	} );
	const apple = withBlocks(
		map,
		xmpBlock(
			xmp(
				'xmlns:apdi="http://ns.apple.com/pixeldatainfo/1.0/" xmlns:HDRGainMap="http://ns.apple.com/HDRGainMap/1.0/" apdi:AuxiliaryImageType="urn:com:apple:photo:2020:aux:hdrgainmap" apdi:NativeFormat="1278226488" HDRGainMap:HDRGainMapVersion="65536"'
			)
		)
	);
	add( 'gain-map-apple-jpeg', 'jpg', {
		before: withPictures( plain, primary, [ 0, apple ] ),
		carries: [ 'gain_map' ],
	} );
	add( 'gain-map-iso-jpeg', 'jpg', {
		before: withPictures( withBlocks( plain, iso( u16( 0, 0 ) ) ), primary, [
			0,
			withBlocks( map, iso( gains ) ),
		] ),
		carries: [ 'gain_map' ],
	} );
	const base = itemOf( await encoded( it ) );
	const gain = itemOf( await encoded( grey( small ), '-y', '400' ) );
	const [ sides, depth, , meaning ] = base.properties as [ Buffer, Buffer, Buffer, Buffer ];
	add( 'gain-map-avif', 'avif', {
		before: heif( {
			brands: [ 'avif', 'mif1', 'miaf', 'MA1B', 'tmap' ],
			items: [
				base,
				// What the two make together, for whom the alternatives name it.
				{ type: 'tmap', data: join( u8( 0 ), gains ), properties: [ sides, depth, meaning ] },
				{ ...gain, isHidden: true },
			],
			references: [ [ 'dimg', 2, 1, 3 ] ],
			alternatives: [ 2, 1 ],
		} ),
		carries: [ 'gain_map' ],
	} );
}

async function bright(): Promise< void > {
	for ( const [ name, transfer ] of [
		[ 'pq', 16 ],
		[ 'hlg', 18 ],
	] as const ) {
		add( `hdr-${ name }-avif`, 'avif', {
			before: await encoded( it, '-d', '10', '--cicp', `9/${ transfer }/9` ),
			carries: [ 'hdr' ],
		} );
		add( `hdr-${ name }-png`, 'png', {
			before: withChunks( await png( it ), [ 'cICP', u8( 9, transfer, 0, 1 ) ] ),
			carries: [ 'hdr' ],
		} );
	}
}

async function moving(): Promise< void > {
	const plain = await jpeg( it );
	const film = video();
	const camera = 'xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"';
	const list = directory( [ 'Primary', 'image/jpeg', 0 ], [ 'MotionPhoto', 'video/mp4', film.length ] );
	add( 'motion-google-jpeg', 'jpg', {
		before: join(
			withBlocks(
				plain,
				xmpBlock(
					xmp(
						`${ camera } ${ listed } GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1" GCamera:MotionPhotoPresentationTimestampUs="500000"`,
						list
					)
				)
			),
			film
		),
		carries: [ 'motion' ],
	} );
	add( 'motion-google-old-jpeg', 'jpg', {
		before: join(
			withBlocks(
				plain,
				xmpBlock(
					xmp(
						`${ camera } GCamera:MicroVideo="1" GCamera:MicroVideoVersion="1" GCamera:MicroVideoOffset="${ film.length }" GCamera:MicroVideoPresentationTimestampUs="500000"`
					)
				)
			),
			film
		),
		carries: [ 'motion' ],
	} );
	add( 'motion-samsung-jpeg', 'jpg', {
		before: join(
			plain,
			samsung( [ 0x0a01, 'Image_UTC_Data', text( '1767225600000' ) ], [ 0x0a30, 'MotionPhoto_Data', film ] )
		),
		carries: [ 'motion' ],
	} );
	add( 'harmless-samsung-time-jpeg', 'jpg', {
		before: join( plain, samsung( [ 0x0a01, 'Image_UTC_Data', text( '1767225600000' ) ] ) ),
		carries: [],
	} );
	const frames = [ 0.3, 0.5, 0.7 ].map( ( moved ) => picture( { width: 96, height: 72, moved } ) );
	add( 'sequence-avif', 'avif', {
		before: await byAvifenc(
			frames,
			...[ '--min', '38', '--max', '42', '--timescale', '10' ],
			...frames.flatMap( ( _, at ) => [ '--duration', '2', `${ at }.png` ] )
		),
		carries: [ 'sequence' ],
	} );
}

async function deep(): Promise< void > {
	const plain = await jpeg( it );
	const map = await greyJpeg( grey( small ) );
	// What is too large for a packet of XMP follows in a second one, under its own name.
	const further = xmp(
		`xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" GDepth:Data="${ map.toString( 'base64' ) }"`
	);
	const guid = createHash( 'md5' ).update( further ).digest( 'hex' ).toUpperCase();
	add( 'depth-google-jpeg', 'jpg', {
		before: withBlocks(
			plain,
			xmpBlock(
				xmp(
					`xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" GDepth:Format="RangeInverse" GDepth:Near="0.5" GDepth:Far="8" GDepth:Mime="image/jpeg" xmpNote:HasExtendedXMP="${ guid }"`
				)
			),
			[ 0xe1, join( 'http://ns.adobe.com/xmp/extension/\0', guid, u32( further.length, 0 ), further ) ]
		),
		carries: [ 'depth' ],
	} );
	const apple = withBlocks(
		map,
		xmpBlock(
			xmp(
				'xmlns:apdi="http://ns.apple.com/pixeldatainfo/1.0/" xmlns:depthData="http://ns.apple.com/depthData/1.0/" apdi:AuxiliaryImageType="disparity" apdi:NativeFormat="1751411059" apdi:StoredFormat="L008" depthData:Accuracy="relative" depthData:Filtered="1" depthData:Quality="high" depthData:DepthDataVersion="125537"'
			)
		)
	);
	add( 'depth-apple-jpeg', 'jpg', {
		before: withPictures( plain, primary, [ 0, apple ] ),
		carries: [ 'depth' ],
	} );
	const distance = itemOf( await encoded( grey( small ), '-y', '400' ) );
	add( 'depth-avif', 'avif', {
		before: heif( {
			brands: [ 'avif', 'mif1', 'miaf', 'MA1B' ],
			items: [
				itemOf( await encoded( it ) ),
				{
					...distance,
					properties: [ ...distance.properties, auxiliary( 'urn:mpeg:mpegB:cicp:systems:auxiliary:depth' ) ],
					isHidden: true,
				},
			],
			references: [ [ 'auxl', 2, 1 ] ],
		} ),
		carries: [ 'depth' ],
	} );
	const other = await jpeg( picture( { moved: 0.5 } ) );
	add( 'stereo-mpo-jpeg', 'jpg', {
		before: withPictures( plain, 0x20020002, [ 0x020002, withBlocks( other ) ] ),
		carries: [ 'stereo' ],
	} );
	add( 'stereo-jps-jpeg', 'jpg', {
		// Both eyes side by side: the right one first, no halves, a stereo picture.
		before: withBlocks( plain, [ 0xe3, join( '_JPSJPS_', u16( 4 ), u32( 0x00040201 ), u16( 0 ) ) ] ),
		carries: [ 'stereo' ],
	} );
}

async function packed(): Promise< void > {
	const still = await png( it );
	const page =
		'<mxfile host="app.diagrams.net"><diagram id="a" name="Page-1">jZJNT4QwEIZ/DUcToAb16rKr8eBFEz1X</diagram></mxfile>';
	const tag = ( tags: number ) => join( text( '\xfa\xce\xfa\xce' ), u32( tags, 1, 0x0a ) );
	add( 'layers-fireworks-png', 'png', {
		before: withChunks(
			still,
			[ 'mkBF', join( tag( 1 ), Buffer.alloc( 60 ) ) ],
			[ 'mkTS', join( tag( 2 ), Buffer.alloc( 200, 0x2a ) ) ],
			[ 'mkBS', join( tag( 3 ), Buffer.alloc( 120, 0x17 ) ) ],
			[ 'mkBT', join( tag( 4 ), Buffer.alloc( 80, 0x31 ) ) ]
		),
		carries: [ 'layers' ],
	} );
	add( 'layers-drawio-png', 'png', {
		before: withChunks( still, [ 'tEXt', `mxfile\0${ encodeURIComponent( page ) }` ] ),
		carries: [ 'layers' ],
	} );
	add( 'layers-nine-patch-png', 'png', {
		before: withChunks( still, [
			'npTc',
			join(
				u8( 1, 2, 2, 9 ),
				u32( 32, 40, 8, 8, 8, 8, 48 ),
				u32( 8, 150, 8, 110 ),
				u32( ...Array( 9 ).fill( 1 ) )
			),
		] ),
		carries: [ 'layers' ],
	} );
	const files = { jpg: await jpeg( it ), png: still, gif: await gif( smaller( it ) ), webp: await webp( it ) };
	for ( const [ extension, file ] of Object.entries( files ) ) {
		add( `appended-zip-${ extension === 'jpg' ? 'jpeg' : extension }`, extension, {
			before: join( file, zip( 'notes.txt', 'What somebody keeps behind a picture.\n' ) ),
			carries: [ 'appended' ],
		} );
	}
	const file = await lossless( it );
	add( 'cmyk-jpeg', 'jpg', {
		before: await sharp( file ).toColourspace( 'cmyk' ).jpeg( { quality: 40 } ).toBuffer(),
		carries: [ 'cmyk' ],
	} );
	add( 'cmyk-ycck-jpeg', 'jpg', {
		before: made(
			'out.jpg',
			{ 'in.png': file },
			'convert',
			'in.png',
			'-colorspace',
			'CMYK',
			'-quality',
			'40',
			'out.jpg'
		),
		carries: [ 'cmyk' ],
	} );
}

export async function loaded(): Promise< void > {
	await bright();
	await gainMaps();
	await moving();
	await deep();
	await packed();
}

/** Files as cameras and programs write them, of which nothing would be missed. */
export async function harmless(): Promise< void > {
	const say = ( name: string, extension: string, before: Buffer ) =>
		add( `harmless-${ name }`, extension, { before, carries: [] } );
	const plain = await jpeg( it );
	say( 'padded-zero-jpeg', 'jpg', join( plain, Buffer.alloc( 600 ) ) );
	say( 'padded-255-jpeg', 'jpg', join( plain, Buffer.alloc( 600, 255 ) ) );
	say( 'large-thumbnail-jpeg', 'jpg', withPictures( plain, primary, [ 0x010001, await jpeg( smaller( it ) ) ] ) );
	say(
		'larger-thumbnails-jpeg',
		'jpg',
		withPictures( plain, primary, [ 0x010001, await jpeg( small ) ], [ 0x010002, await jpeg( smaller( it ) ) ] )
	);
	say(
		'thumbnail-jpeg',
		'jpg',
		made(
			'it.jpg',
			{
				'it.jpg': withBlocks( plain, exifBlock( alone( 'exif', '-IFD0:Make=Camera', '-IFD0:Model=One' ) ) ),
				'small.jpg': await jpeg( small ),
			},
			'exiftool',
			...[ '-q', '-overwrite_original', '-ThumbnailImage<=small.jpg', 'it.jpg' ]
		)
	);
	say(
		'restart-jpeg',
		'jpg',
		made(
			'out.jpg',
			{ 'in.png': await lossless( it ) },
			'ffmpeg',
			...[ '-v', 'error', '-i', 'in.png', '-threads', '4', '-slices', '4', '-c:v', 'mjpeg', '-q:v', '6' ],
			...[ '-pix_fmt', 'yuvj420p', '-fflags', '+bitexact', '-flags', '+bitexact', 'out.jpg' ]
		)
	);
	const source = sharp( await lossless( it ) );
	say( 'progressive-jpeg', 'jpg', await source.clone().jpeg( { quality: 50, progressive: true } ).toBuffer() );
	say( 'grey-jpeg', 'jpg', await greyJpeg( grey( it ) ) );
	say( '444-jpeg', 'jpg', await source.clone().jpeg( { quality: 50, chromaSubsampling: '4:4:4' } ).toBuffer() );

	const still = await png( it );
	say( 'vpag-png', 'png', withChunks( still, [ 'vpAg', join( u32( 160, 120 ), u8( 0 ) ) ] ) );
	say( 'canv-png', 'png', withChunks( still, [ 'caNv', u32( 160, 120, 0, 0 ) ] ) );
	say( 'idot-png', 'png', asApple( still ) );
	say( '16-bit-png', 'png', await deepPng( it ) );
	const clear = withAlpha( grey( it ), 'soft' );
	say(
		'grey-alpha-png',
		'png',
		await sharp( await lossless( clear ) )
			.toColourspace( 'b-w' )
			.png( { compressionLevel: 9 } )
			.toBuffer()
	);
	say( 'interlaced-png', 'png', await source.clone().png( { progressive: true, compressionLevel: 9 } ).toBuffer() );
	say(
		'texts-png',
		'png',
		withChunks( still, [ 'tEXt', 'Software\0Paint' ], [ 'tIME', join( u16( 2026 ), u8( 1, 1, 0, 0, 0 ) ) ] )
	);
	say( 'lossless-webp', 'webp', await source.clone().webp( { lossless: true, effort: 6 } ).toBuffer() );
	say(
		'lossless-alpha-webp',
		'webp',
		await sharp( await lossless( withAlpha( it, 'soft' ) ) )
			.webp( { lossless: true } )
			.toBuffer()
	);
	const stripes = await gif( smaller( it ) );
	const end = stripes.length - 1;
	const comment = join( u8( 0x21, 0xfe, 12 ), 'Hello, world', u8( 0 ) );
	say( 'comment-gif', 'gif', join( stripes.subarray( 0, end ), comment, stripes.subarray( end ) ) );
	say( 'no-alpha-avif', 'avif', await encoded( it ) );
}

/** Packed in two halves that can be unpacked at once, and a chunk that says where the second begins. */
function asApple( file: Buffer ): Buffer {
	const pixels = join(
		...chunksOf( file ).flatMap( ( { type, content } ) => ( type === 'IDAT' ? [ content ] : [] ) )
	);
	const middle = Math.floor( pixels.length / 2 );
	const first = chunk( 'IDAT', pixels.subarray( 0, middle ) );
	// From the beginning of this chunk, which takes 40 bytes.
	const index = chunk( 'iDOT', u32( 2, 0, 60, 40, 60, 60, 40 + first.length ) );
	return join(
		file.subarray( 0, 33 ),
		index,
		first,
		chunk( 'IDAT', pixels.subarray( middle ) ),
		chunk( 'IEND', '' )
	);
}
