import { deflateSync } from 'node:zlib';
import { join, u32, u8 } from './bytes.ts';
import { add } from './collect.ts';
import { byAvifenc, greyJpeg, jpeg, png, webp } from './encode.ts';
import { curve, formula, profile } from './icc.ts';
import { profileBlock, withBlocks } from './jpeg.ts';
import { converted, grey, map, picture, spaces, type Pixels } from './picture.ts';
import { withChunks } from './png.ts';
import { noisyFor } from './stills.ts';
import { withParts } from './webp.ts';

// Colours that mean something else than those of sRGB.

export const profiles = {
	p3: profile( 4, 'Display P3', formula(), spaces.p3 ),
	adobe: profile( 2, 'Adobe RGB (1998)', curve( 563 / 256 ), spaces.adobe ),
	proPhoto: profile( 2, 'ProPhoto RGB', curve( 1.8 ), spaces.proPhoto ),
	grey18: profile( 2, 'Gray Gamma 1.8', curve( 1.8 ) ),
	srgb: profile( 4, 'sRGB', formula(), spaces.srgb ),
};

/** As the numbers of a picture are where they stand for light itself. */
const linear = ( pixels: Pixels ): Pixels =>
	map( pixels, ( colour ) => colour.map( ( value ) => 255 * spaces.srgb.light( value / 255 ) ) );

export async function colours(): Promise< void > {
	const it = picture();
	for ( const [ name, key ] of [
		[ 'display-p3', 'p3' ],
		[ 'adobe-rgb', 'adobe' ],
		[ 'pro-photo', 'proPhoto' ],
	] as const ) {
		const says = ( file: Buffer ) => withBlocks( file, profileBlock( profiles[ key ] ) );
		add( `colours-${ name }-jpeg`, 'jpg', {
			before: says( await jpeg( noisyFor( 'jpeg' ), true ) ),
			right: {
				kept: says( await jpeg( it ) ),
				converted: await jpeg( converted( it, spaces[ key ] ) ),
			},
			wrong: { dropped: [ 'colours', await jpeg( it ) ] },
		} );
	}
	const saysP3 = ( file: Buffer ) =>
		withChunks( file, [ 'iCCP', join( 'P3\0\0', deflateSync( profiles.p3, { level: 9 } ) ) ] );
	const turnedP3 = converted( it, spaces.p3 );
	add( 'colours-display-p3-png', 'png', {
		before: saysP3( await png( noisyFor( 'png' ), true ) ),
		right: { kept: saysP3( await png( it ) ), converted: await png( turnedP3 ) },
		wrong: { dropped: [ 'colours', await png( it ) ] },
	} );
	const inWebp = ( file: Buffer ) => withParts( file, { icc: profiles.p3 } );
	add( 'colours-display-p3-webp', 'webp', {
		before: inWebp( await webp( noisyFor( 'webp' ), true ) ),
		right: { kept: inWebp( await webp( it ) ), converted: await webp( turnedP3 ) },
		wrong: { dropped: [ 'colours', await webp( it ) ] },
	} );
	const inGrey = grey( it );
	const saysGrey = ( file: Buffer ) => withBlocks( file, profileBlock( profiles.grey18 ) );
	add( 'colours-grey-jpeg', 'jpg', {
		before: saysGrey( await greyJpeg( grey( noisyFor( 'jpeg' ) ), true ) ),
		right: {
			kept: saysGrey( await greyJpeg( inGrey ) ),
			converted: await greyJpeg( converted( inGrey, spaces.grey18 ) ),
		},
		wrong: { dropped: [ 'colours', await greyJpeg( inGrey ) ] },
	} );
	// What every browser takes for granted may go.
	const saysSrgb = ( file: Buffer ) => withBlocks( file, profileBlock( profiles.srgb ) );
	add( 'colours-srgb-jpeg', 'jpg', {
		before: saysSrgb( await jpeg( noisyFor( 'jpeg' ), true ) ),
		right: { dropped: await jpeg( it ), kept: saysSrgb( await jpeg( it ) ) },
	} );
	const asGamma = ( file: Buffer ) => withChunks( file, [ 'gAMA', u32( 100000 ) ] );
	add( 'colours-gamma-png', 'png', {
		before: asGamma( await png( linear( noisyFor( 'png' ) ), true ) ),
		right: { kept: asGamma( await png( linear( it ) ) ), converted: await png( it ) },
		wrong: { dropped: [ 'colours', await png( linear( it ) ) ] },
	} );
	const usual = ( file: Buffer ) => withChunks( file, [ 'gAMA', u32( 45455 ) ] );
	add( 'colours-usual-gamma-png', 'png', {
		before: usual( await png( noisyFor( 'png' ), true ) ),
		right: { dropped: await png( it ), kept: usual( await png( it ) ) },
	} );
	const asCicp = ( file: Buffer ) => withChunks( file, [ 'cICP', u8( 12, 13, 0, 1 ) ] );
	add( 'colours-cicp-p3-png', 'png', {
		before: asCicp( await png( noisyFor( 'png' ), true ) ),
		right: { kept: asCicp( await png( it ) ), converted: await png( turnedP3 ) },
		wrong: { dropped: [ 'colours', await png( it ) ] },
	} );
	const coded = ( pixels: Pixels, primaries: number, quality = [ '38', '42' ] ) =>
		byAvifenc( [ pixels ], '--min', quality[ 0 ]!, '--max', quality[ 1 ]!, '--cicp', `${ primaries }/13/6` );
	add( 'colours-nclx-p3-avif', 'avif', {
		before: await coded( noisyFor( 'avif' ), 12, [ '12', '16' ] ),
		right: { kept: await coded( it, 12 ), converted: await coded( turnedP3, 1 ) },
		wrong: { dropped: [ 'colours', await coded( it, 1 ) ] },
	} );
}
