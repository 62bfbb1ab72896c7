import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { file, freshService, jpegPhoto, photo, sendImage, success } from './helpers.ts';

const service = freshService();
const bothFormats = { generate_webp: 'true', generate_avif: 'true' };

describe( 'a compressed file', () => {
	it.each( [ 'jpeg', 'png', 'webp', 'avif', 'gif' ] as const )(
		'has the format and size of the %s it was',
		async ( format ) => {
			const options = format === 'avif' || format === 'webp' ? { quality: 97 } : {};
			const image = await photo()[ format ]( options ).toBuffer();
			const body = await success( await sendImage( service(), { image } ) );
			const result = file( body );
			expect( body.optimized[ 'original_format' ]?.format ).toBe( format );
			expect( result.length ).toBeLessThanOrEqual( image.length );
			const { width, height } = await sharp( result ).metadata();
			expect( [ width, height ] ).toEqual( [ 160, 120 ] );
			expect( body.original.size_kb ).toBe( Math.round( image.length / 1024 ) );
			expect( body.saved_kb ).toBe( Math.round( ( image.length - result.length ) / 1024 ) );
		}
	);

	it( 'comes as WebP and AVIF only when asked for', async () => {
		const plain = await success( await sendImage( service() ) );
		expect( Object.keys( plain.optimized ) ).toEqual( [ 'original_format' ] );
		const body = await success( await sendImage( service(), { fields: bothFormats } ) );
		expect( Object.keys( body.optimized ) ).toEqual( [ 'original_format', 'webp', 'avif' ] );
		expect( ( await sharp( file( body, 'webp' ) ).metadata() ).format ).toBe( 'webp' );
		expect( ( await sharp( file( body, 'avif' ) ).metadata() ).format ).toBe( 'heif' );
	} );

	it( 'is the original, called pre_optimized, when it cannot be made smaller', async () => {
		const once = file( await success( await sendImage( service() ) ) );
		const twice = await success( await sendImage( service(), { image: once } ) );
		const body = twice.pre_optimized
			? twice
			: await success( await sendImage( service(), { fields: { compression_mode: 'lossless' } } ) );
		expect( body.pre_optimized ).toBe( true );
		expect( [ body.saved_kb, body.saved_percent ] ).toEqual( [ 0, 0 ] );
	} );

	it( 'is a JPEG for a PNG, if asked for and nothing is transparent', async () => {
		const fields = { convert_png_to_jpeg: 'true' };
		const opaque = await photo().png().toBuffer();
		const body = await success( await sendImage( service(), { image: opaque, fields } ) );
		expect( body.png_converted_to_jpeg ).toBe( true );
		expect( ( await sharp( file( body ) ).metadata() ).format ).toBe( 'jpeg' );

		const image = await photo().ensureAlpha( 0.5 ).png().toBuffer();
		const kept = await success( await sendImage( service(), { image, fields } ) );
		expect( kept.png_converted_to_jpeg ).toBe( false );
		expect( kept.optimized[ 'original_format' ]?.format ).toBe( 'png' );
		expect( kept.notes ).toHaveLength( 1 );
	} );

	it( 'keeps every pixel when lossless', async () => {
		const fields = { compression_mode: 'lossless', generate_webp: 'true' };
		const plain = await photo().png( { compressionLevel: 1 } ).toBuffer();
		const jpeg = await photo()
			.jpeg()
			.withExif( { IFD0: { Copyright: 'someone' } } )
			.toBuffer();
		for ( const image of [ plain, jpeg ] ) {
			const body = await success( await sendImage( service(), { image, fields } ) );
			expect( body.pre_optimized ).toBe( false );
			expect( await pixels( file( body ) ) ).toEqual( await pixels( image ) );
		}
	} );

	it( 'loses metadata unless it is to be kept, but never lies on its side', async () => {
		const image = await photo()
			.jpeg( { quality: 97 } )
			.withExif( { IFD0: { Copyright: 'someone' } } )
			.withMetadata( { orientation: 6 } )
			.toBuffer();
		const without = await sharp( file( await success( await sendImage( service(), { image } ) ) ) ).metadata();
		expect( without.orientation ).toBe( 6 );
		expect( String( without.exif ) ).not.toContain( 'someone' );
		const fields = { preserve_metadata: 'true' };
		const kept = file( await success( await sendImage( service(), { image, fields } ) ) );
		expect( String( ( await sharp( kept ).metadata() ).exif ) ).toContain( 'someone' );
	} );

	it( 'keeps the frames of an animation', async () => {
		const frames = [ await photo().png().toBuffer(), await photo().negate().png().toBuffer() ];
		const image = await sharp( frames, { join: { animated: true } } )
			.gif()
			.toBuffer();
		const body = await success( await sendImage( service(), { image, fields: bothFormats } ) );
		expect( ( await sharp( file( body ) ).metadata() ).pages ).toBe( 2 );
		expect( ( await sharp( file( body, 'webp' ) ).metadata() ).pages ).toBe( 2 );
		expect( body.optimized[ 'avif' ] ).toBeUndefined();
	} );

	it( 'comes back for every one of several sent side by side', async () => {
		const images = await Promise.all( [ 1, 2, 3, 4 ].map( jpegPhoto ) );
		const answers = await Promise.all( images.map( ( image ) => sendImage( service(), { image } ) ) );
		expect( answers.map( ( { status } ) => status ) ).toEqual( [ 200, 200, 200, 200 ] );
		expect( service().credits.used ).toBe( 9 );
	} );
} );

function pixels( image: Buffer ): Promise< Buffer > {
	return sharp( image ).removeAlpha().raw().toBuffer();
}
