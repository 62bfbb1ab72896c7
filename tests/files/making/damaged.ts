import { deflateSync } from 'node:zlib';
import { join, patched, text, u16, u16le, u24le, u32, u32le, u8 } from './bytes.ts';
import { damage } from './collect.ts';
import { avif, gif, jpeg, png, webp } from './encode.ts';
import { curve, profile } from './icc.ts';
import { exifBlock, profileBlock, withBlocks } from './jpeg.ts';
import { picture, smaller, spaces } from './picture.ts';
import { chunk, withChunks } from './png.ts';

// Files that are not what they say, and on which a reader may not fail, hang, or fill the memory.

const signature = text( '\x89PNG\r\n\x1a\n' );

const header = ( width: number, height: number ) => chunk( 'IHDR', join( u32( width, height ), u8( 8, 2, 0, 0, 0 ) ) );

/** A block of EXIF with one entry: its type, how many, and the value. */
const entry = ( tag: number, type: number, count: number, value: number, next: number ) =>
	join( 'MM\0*', u32( 8 ), u16( 1, tag, type ), u32( count, value, next ) );

export async function damaged(): Promise< void > {
	const it = picture();
	const photo = await jpeg( it );
	const still = await png( it );
	const moving = await gif( smaller( it ) );
	const web = await webp( it );
	const av1 = await avif( it );

	damage( 'empty.jpg', '' );
	damage( 'one-byte.png', u8( 0x89 ) );
	damage( 'only-start.jpg', u16( 0xffd8 ) );
	damage( 'only-start-and-end.jpg', u16( 0xffd8, 0xffd9 ) );
	damage( 'only-signature.png', signature );
	damage( 'only-header.png', join( signature, header( 160, 120 ) ) );
	damage( 'only-header.gif', moving.subarray( 0, 13 ) );
	damage( 'only-header.webp', web.subarray( 0, 12 ) );
	damage( 'only-ftyp.avif', av1.subarray( 0, av1.readUInt32BE( 0 ) ) );

	const frame = photo.indexOf( u16( 0xffc0 ) );
	damage( 'absurd-sides.jpg', patched( photo, frame + 5, u16( 65535, 65535 ) ) );
	damage( 'no-sides.jpg', patched( photo, frame + 5, u16( 0, 0 ) ) );
	damage( 'absurd-sides.png', join( signature, header( 0x7fffffff, 0x7fffffff ), still.subarray( 33 ) ) );
	damage( 'no-sides.png', join( signature, header( 0, 0 ), still.subarray( 33 ) ) );
	damage( 'absurd-sides.gif', patched( moving, 6, u16le( 65535, 65535 ) ) );
	const canvas = join( 'VP8X', u32le( 10 ), u8( 0, 0, 0, 0 ), u24le( 0xffffff, 0xfffffe ) );
	damage( 'absurd-sides.webp', join( 'RIFF', u32le( web.length + 10 ), 'WEBP', canvas, web.subarray( 12 ) ) );
	const sides = av1.indexOf( 'ispe' ) + 8;
	damage( 'absurd-sides.avif', patched( av1, sides, u32( 0xffffffff, 0xffffffff ) ) );

	damage( 'length-beyond.jpg', patched( photo, 4, u16( 65535 ) ) );
	damage( 'length-zero.jpg', patched( photo, 4, u16( 0 ) ) );
	damage( 'length-beyond.png', patched( still, 33, u32( 0x7fffffff ) ) );
	damage( 'length-negative.png', patched( still, 33, u32( 0xffffffff ) ) );
	damage( 'length-beyond.webp', patched( web, 16, u32le( 0xfffffff0 ) ) );
	damage( 'blocks-beyond.gif', join( moving.subarray( 0, -20 ), Buffer.alloc( 8, 255 ) ) );
	damage( 'wrong-riff-size.webp', patched( web, 4, u32le( web.length + 5000 ) ) );
	damage( 'small-riff-size.webp', patched( web, 4, u32le( 20 ) ) );
	damage( 'no-trailer.gif', moving.subarray( 0, -1 ) );

	const pixels = still.indexOf( 'IDAT' );
	damage( 'wrong-crc.png', patched( still, pixels + 4 + still.readUInt32BE( pixels - 4 ), u32( 0 ) ) );
	damage( 'wrong-pixels.png', patched( still, pixels + 60, Buffer.alloc( 40, 0x5a ) ) );
	// Six megabytes of zeros, packed.
	damage(
		'large-profile.png',
		withChunks( still, [ 'iCCP', join( 'icc\0\0', deflateSync( Buffer.alloc( 6_000_000 ), { level: 9 } ) ) ] )
	);

	const says = ( tiff: Buffer ) => withBlocks( photo, exifBlock( tiff ) );
	damage( 'exif-loop.jpg', says( entry( 0x112, 3, 1, 0x00010000, 8 ) ) );
	damage( 'exif-loop-inside.jpg', says( entry( 0x8769, 4, 1, 8, 0 ) ) );
	damage( 'exif-beyond.jpg', says( entry( 0x13b, 2, 0xfffffff0, 0x7ffffff0, 0xfffffff0 ) ) );
	damage( 'exif-orientation-9.jpg', says( entry( 0x112, 3, 1, 0x00090000, 0 ) ) );
	damage( 'exif-cut-off.jpg', says( entry( 0x112, 3, 1, 0x00060000, 0 ).subarray( 0, 14 ) ) );
	const icc = profile( 2, 'cut off', curve( 2.2 ), spaces.adobe );
	damage( 'profile-cut-off.jpg', withBlocks( photo, profileBlock( icc.subarray( 0, 200 ) ) ) );
	damage(
		'profile-beyond.jpg',
		withBlocks( photo, profileBlock( patched( icc, 136, u32( 0xffffff00, 0xffffff00 ) ) ) )
	);
	damage( 'profile-part-missing.jpg', withBlocks( photo, [ 0xe2, join( 'ICC_PROFILE\0\x02\x03', icc ) ] ) );
	damage(
		'pictures-beyond.jpg',
		withBlocks( photo, [
			0xe2,
			join(
				'MPF\0MM\0*',
				u32( 8 ),
				u16( 1, 0xb002, 7 ),
				u32( 0xfffffff0, 26, 0 ),
				u32( 0, 0xffffffff, 0xffffffff, 0 )
			),
		] )
	);

	const meta = av1.indexOf( 'meta' ) - 4;
	damage( 'box-size-0.avif', patched( av1, meta, u32( 0 ) ) );
	damage( 'box-size-1.avif', patched( av1, meta, u32( 1 ) ) );
	damage( 'box-size-4.avif', patched( av1, meta, u32( 4 ) ) );
	damage( 'box-size-huge.avif', patched( av1, meta, u32( 0xffffffff ) ) );
	const huge = join( u32( 1 ), 'free', Buffer.alloc( 8, 255 ) );
	damage( 'box-size-of-64-bits.avif', join( av1.subarray( 0, meta ), huge, av1.subarray( meta ) ) );
	damage( 'items-beyond.avif', patched( av1, av1.indexOf( 'iloc' ) + 10, u16( 65535 ) ) );
	damage( 'pixels-missing.avif', av1.subarray( 0, av1.indexOf( 'mdat' ) + 4 ) );

	damage(
		'svg.png',
		'<svg xmlns="http://www.w3.org/2000/svg" width="160" height="120"><rect width="80" height="60" fill="red"/></svg>\n'
	);
	damage( 'page.jpg', '<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>\n' );
}
