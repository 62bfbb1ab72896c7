import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { withoutProfile } from '../../sandbox/service/profile-strip.ts';
import type { OutcomeCode } from '../../src/validation/outcomes.ts';
import { opaque, scene } from './scene.ts';
import {
	adobeRgb,
	exif,
	exifBlock,
	greyGamma,
	iptcBlock,
	profileBlock,
	profileChunk,
	proPhoto,
	text,
	u32,
	withBlocks,
	withChunks,
	xmp,
	xmpBlock,
	xmpChunk,
} from './parts.ts';

/** A file, an answer, and the outcome that refuses it: one of several where each is right; null: it is the same picture. */
export interface Case {
	name: string;
	before: Buffer;
	after: Buffer;
	refused: readonly OutcomeCode[] | null;
}

type Encode = ( picture: Sharp, quality?: number ) => Promise< Buffer >;

export const encoders: Record< string, Encode > = {
	jpeg: ( picture, quality = 60 ) => picture.jpeg( { quality, mozjpeg: quality < 90 } ).toBuffer(),
	png: ( picture, quality ) => picture.png( quality ? {} : { palette: true, quality: 80 } ).toBuffer(),
	webp: ( picture, quality = 60 ) => picture.webp( { quality } ).toBuffer(),
	avif: ( picture, quality = 50 ) => picture.avif( { quality, effort: 1 } ).toBuffer(),
	gif: ( picture ) => picture.gif().toBuffer(),
};
const jpeg = encoders[ 'jpeg' ] as Encode;
const png = encoders[ 'png' ] as Encode;

const avif = ( name: string ) => readFile( join( import.meta.dirname, 'avif', `${ name }.avif` ) );
const dropped = [ 'broken_look', 'broken_turned' ] as const;
const quarter = ( file: Buffer ) => file.subarray( 0, file.length / 4 );
const half = ( { width, height }: { width: number; height: number } ) => ( {
	input: { create: { width, height: height / 2, channels: 3 as const, background: '#808080' } },
	gravity: 'south',
} );

/** Files of each type, and what may come back for them. */
async function ofEachType(): Promise< Case[] > {
	const all: Case[] = [];
	for ( const [ type, encode ] of Object.entries( encoders ) ) {
		const before = await encode( opaque(), 95 );
		const right = await encode( opaque() );
		const add = ( name: string, after: Buffer, refused: Case[ 'refused' ] ) =>
			all.push( { name: `${ type }, ${ name }`, before, after, refused } );
		add( 'the same', right, null );
		add( 'a quarter', quarter( right ), [ 'broken_incomplete' ] );
		add( 'half', await encode( opaque().composite( [ half( { width: 160, height: 120 } ) ] ) ), [ 'broken_look' ] );
		add( 'white', await encode( opaque().linear( 0, 255 ) ), [ 'broken_look' ] );
		add( 'another', await encode( opaque( { seed: 3, corner: [ 20, 90, 90 ] } ) ), [ 'broken_look' ] );
		add( 'turned by a quarter', await encode( opaque().rotate( 90 ) ), [ 'broken_turned' ] );
		add( 'upside down', await encode( opaque().rotate( 180 ) ), [ 'broken_look' ] );
		add( 'mirrored', await encode( opaque().flop() ), [ 'broken_look' ] );
		add( 'smaller', await encode( opaque( { width: 80, height: 60 } ) ), [ 'broken_sides' ] );
		add( 'another type', await ( type === 'png' ? jpeg : png )( opaque() ), [ 'broken_type' ] );
	}
	const square = { width: 128, height: 128 };
	for ( const type of [ 'jpeg', 'png', 'webp' ] ) {
		const encode = encoders[ type ] as Encode;
		const before = await encode( opaque( square ), 95 );
		all.push( { name: `${ type }, square`, before, after: await encode( opaque( square ) ), refused: null } );
		const laidDown = await encode( opaque( square ).rotate( 90 ) );
		all.push( { name: `${ type }, square, turned`, before, after: laidDown, refused: dropped } );
	}
	return all;
}

/** JPEGs that end too early, and one without a pixel. */
async function cutOff(): Promise< Case[] > {
	const before = await jpeg( opaque(), 95 );
	const right = await jpeg( opaque() );
	const scan = right.indexOf( Buffer.from( [ 255, 0xda ] ) );
	const empty = Buffer.concat( [
		right.subarray( 0, scan + 2 + right.readUInt16BE( scan + 2 ) ),
		Buffer.from( [ 255, 0xd9 ] ),
	] );
	const closed = Buffer.concat( [ before.subarray( 0, before.length / 2 ), Buffer.from( [ 255, 0xd9 ] ) ] );
	return [
		{ name: 'jpeg without a pixel', before, after: empty, refused: [ 'broken_incomplete' ] },
		{ name: 'jpeg cut off and closed', before, after: closed, refused: [ 'broken_look', 'broken_incomplete' ] },
	];
}

/** What makes a picture stand as orientation `number` says, of one that is upright. */
const laid = ( picture: Sharp, number: number ): Promise< Buffer > => {
	const ways: Record< number, ( it: Sharp ) => Sharp > = {
		2: ( it ) => it.flop(),
		3: ( it ) => it.rotate( 180 ),
		4: ( it ) => it.flip(),
		6: ( it ) => it.rotate( 270 ),
		8: ( it ) => it.rotate( 90 ),
	};
	return ( ways[ number ] ?? ( ( it ) => it ) )( picture ).png().toBuffer();
};

/** Of 5 and 7, which are mirrored and turned: sharp does one after the other in an order of its own. */
async function stored( number: number, size = {} ): Promise< Sharp > {
	const mirrored = number === 5 ? 6 : 8;
	const isBoth = number === 5 || number === 7;
	const first = await laid( opaque( size ), isBoth ? mirrored : number );
	return isBoth ? sharp( first ).flip() : sharp( first );
}

async function turned(): Promise< Case[] > {
	const all: Case[] = [];
	for ( let number = 1; number <= 8; number++ ) {
		for ( const size of [ {}, { width: 128, height: 128 } ] ) {
			const name = `jpeg, orientation ${ number }${ 'width' in size ? ', square' : '' }`;
			const tag = exifBlock( exif( { 0x0112: number } ) );
			const picture = await stored( number, size );
			const before = withBlocks( await jpeg( picture.clone(), 95 ), tag );
			const plain = await jpeg( picture.clone() );
			const upright = await jpeg( opaque( size ) );
			const isTurned = number > 1;
			all.push( { name: `${ name }, kept`, before, after: withBlocks( plain, tag ), refused: null } );
			all.push( { name: `${ name }, upright`, before, after: upright, refused: null } );
			all.push( { name: `${ name }, tag dropped`, before, after: plain, refused: isTurned ? dropped : null } );
			const both = withBlocks( upright, tag );
			all.push( {
				name: `${ name }, turned and tagged`,
				before,
				after: both,
				refused: isTurned ? dropped : null,
			} );
			if ( number === 5 ) {
				const asSix = await sharp( await picture.clone().png().toBuffer() )
					.rotate( 90 )
					.png()
					.toBuffer();
				all.push( {
					name: `${ name }, handled as 6`,
					before,
					after: await jpeg( sharp( asSix ) ),
					refused: dropped,
				} );
			}
		}
	}
	const six = await stored( 6 );
	const tagged = ( it: Sharp ) => it.withMetadata( { orientation: 6 } );
	const webp = encoders[ 'webp' ] as Encode;
	const asWebp = await webp( tagged( six.clone() ), 95 );
	all.push( {
		name: 'webp, orientation 6, kept',
		before: asWebp,
		after: await webp( tagged( six.clone() ) ),
		refused: null,
	} );
	all.push( {
		name: 'webp, orientation 6, dropped',
		before: asWebp,
		after: await webp( six.clone() ),
		refused: dropped,
	} );
	const eXIf: [ string, Buffer ] = [ 'eXIf', exif( { 0x0112: 6 } ) ];
	const asPng = withChunks( await png( six.clone(), 95 ), eXIf );
	all.push( {
		name: 'png, orientation 6, kept',
		before: asPng,
		after: withChunks( await png( six.clone() ), eXIf ),
		refused: null,
	} );
	all.push( {
		name: 'png, orientation 6, dropped',
		before: asPng,
		after: await png( six.clone() ),
		refused: dropped,
	} );
	const [ right, mirrored ] = [ await avif( 'turned-90' ), await avif( 'mirrored' ) ];
	all.push( { name: 'avif, turned, kept', before: right, after: right, refused: null } );
	all.push( { name: 'avif, mirrored instead', before: right, after: mirrored, refused: dropped } );
	return all;
}

async function moving(): Promise< Case[] > {
	const all: Case[] = [];
	const frames = ( seeds: number[] ) =>
		Promise.all( seeds.map( ( seed ) => opaque( { width: 64, height: 48, seed } ).png().toBuffer() ) );
	const joined = async ( seeds: number[], delay: number[], loop = 0, type: 'gif' | 'webp' = 'gif' ) => {
		const pictures = await frames( seeds );
		const isMoving = pictures.length > 1;
		const it = isMoving ? sharp( pictures, { join: { animated: true } } ) : sharp( pictures[ 0 ] as Buffer );
		return type === 'gif' ? it.gif( { delay, loop } ).toBuffer() : it.webp( { delay, loop } ).toBuffer();
	};
	for ( const type of [ 'gif', 'webp' ] as const ) {
		const before = await joined( [ 1, 1, 2, 3 ], [ 100, 100, 100, 100 ], 0, type );
		const add = async ( name: string, after: Promise< Buffer >, refused: Case[ 'refused' ] ) =>
			all.push( { name: `${ type }, moving, ${ name }`, before, after: await after, refused } );
		await add( 'the same', joined( [ 1, 1, 2, 3 ], [ 100, 100, 100, 100 ], 0, type ), null );
		await add( 'equal neighbours merged', joined( [ 1, 2, 3 ], [ 200, 100, 100 ], 0, type ), null );
		await add( 'first frame', joined( [ 1 ], [ 100 ], 0, type ), [ 'broken_still' ] );
		await add( 'half as long', joined( [ 1, 1, 2, 3 ], [ 50, 50, 50, 50 ], 0, type ), [ 'broken_time' ] );
		await add( 'once', joined( [ 1, 1, 2, 3 ], [ 100, 100, 100, 100 ], 1, type ), [ 'broken_loops' ] );
		await add( 'a quarter', Promise.resolve( quarter( before ) ), [ 'broken_incomplete' ] );
	}
	const noTime = await joined( [ 1, 2, 3 ], [ 0, 0, 0 ] );
	all.push( {
		name: 'gif without times',
		before: noTime,
		after: await joined( [ 1, 2, 3 ], [ 100, 100, 100 ] ),
		refused: null,
	} );
	const sequence = await avif( 'sequence' );
	all.push( { name: 'avif, moving, kept', before: sequence, after: sequence, refused: null } );
	const still = await ( encoders[ 'avif' ] as Encode )( opaque( { width: 96, height: 72 } ) );
	all.push( { name: 'avif, moving, first frame', before: sequence, after: still, refused: [ 'broken_still' ] } );
	const apng = await movingPng();
	all.push( { name: 'apng, kept', before: apng, after: apng, refused: null } );
	all.push( { name: 'apng, first frame', before: apng, after: await png( opaque() ), refused: [ 'broken_still' ] } );
	return all;
}

/** An animated PNG of two frames that look alike. */
async function movingPng(): Promise< Buffer > {
	const still = await opaque().png().toBuffer();
	const from = still.indexOf( 'IDAT' ) - 4;
	const pixels = still.subarray( from + 8, from + 8 + still.readUInt32BE( from ) );
	const control = ( number: number ) =>
		Buffer.concat( [
			u32( number ),
			u32( 160 ),
			u32( 120 ),
			u32( 0 ),
			u32( 0 ),
			Buffer.from( [ 0, 10, 0, 100, 0, 0 ] ),
		] );
	const begun = withChunks( still, [ 'acTL', Buffer.concat( [ u32( 2 ), u32( 0 ) ] ) ], [ 'fcTL', control( 0 ) ] );
	const second = withChunks(
		begun.subarray( 0, 33 ),
		[ 'fcTL', control( 1 ) ],
		[ 'fdAT', Buffer.concat( [ u32( 2 ), pixels ] ) ]
	);
	return Buffer.concat( [ begun.subarray( 0, -12 ), second.subarray( 33 ), begun.subarray( -12 ) ] );
}

async function transparent(): Promise< Case[] > {
	const all: Case[] = [];
	for ( const type of [ 'png', 'webp', 'avif', 'gif' ] ) {
		const encode = encoders[ type ] as Encode;
		const before = await encode( scene( { clear: true } ), 95 );
		const add = ( name: string, after: Buffer, refused: Case[ 'refused' ] ) =>
			all.push( { name: `${ type }, transparent, ${ name }`, before, after, refused } );
		add( 'kept', await encode( scene( { clear: true } ) ), null );
		for ( const background of [ 'black', 'white' ] ) {
			const flat = await encode( scene( { clear: true } ).flatten( { background } ) );
			add( `on ${ background }`, flat, [ 'broken_transparency' ] );
		}
		const solid = await encode( sharp( await scene( { clear: true } ).flatten().png().toBuffer() ).ensureAlpha() );
		add( 'opaque', solid, [ 'broken_transparency' ] );
	}
	const withAlpha = await scene().png().toBuffer();
	all.push( {
		name: 'png, alpha that is opaque goes',
		before: withAlpha,
		after: await png( opaque() ),
		refused: null,
	} );
	const palette = await png( scene( { clear: true } ) );
	all.push( { name: 'png, palette with transparency', before: palette, after: palette, refused: null } );
	return all;
}

async function coloured(): Promise< Case[] > {
	const all: Case[] = [];
	const changed = [ 'broken_colours' ] as const;
	const p3 = ( quality: number ) =>
		opaque( { corner: [ 255, 0, 0 ] } )
			.withIccProfile( 'p3' )
			.jpeg( { quality } )
			.toBuffer();
	const profiled: Record< string, Buffer > = {
		'Display P3': await p3( 95 ),
		ProPhoto: withBlocks( await jpeg( opaque(), 95 ), profileBlock( proPhoto ) ),
		'Adobe RGB': withBlocks( await jpeg( opaque(), 95 ), profileBlock( adobeRgb ) ),
	};
	for ( const [ name, before ] of Object.entries( profiled ) ) {
		const kept = await jpeg( sharp( before ).keepIccProfile() );
		all.push( { name: `jpeg, ${ name }, kept`, before, after: kept, refused: null } );
		all.push( {
			name: `jpeg, ${ name }, dropped`,
			before,
			after: withoutProfile( before, 'jpeg' ),
			refused: changed,
		} );
		all.push( { name: `jpeg, ${ name }, converted`, before, after: await jpeg( sharp( before ) ), refused: null } );
	}
	const srgb = await opaque().withIccProfile( 'srgb' ).jpeg( { quality: 95 } ).toBuffer();
	all.push( { name: 'jpeg, sRGB profile dropped', before: srgb, after: await jpeg( opaque() ), refused: null } );
	const grey = await opaque().toColourspace( 'b-w' ).jpeg( { quality: 95 } ).toBuffer();
	const greyProfiled = withBlocks( grey, profileBlock( greyGamma ) );
	all.push( { name: 'jpeg, grey profile dropped', before: greyProfiled, after: grey, refused: changed } );
	const plain = await png( opaque(), 95 );
	const gamma = withChunks( plain, [ 'gAMA', u32( 100000 ) ] );
	all.push( {
		name: 'png, gamma kept',
		before: gamma,
		after: withChunks( await png( opaque() ), [ 'gAMA', u32( 100000 ) ] ),
		refused: null,
	} );
	all.push( { name: 'png, gamma dropped', before: gamma, after: plain, refused: changed } );
	all.push( {
		name: 'png, usual gamma dropped',
		before: withChunks( plain, [ 'gAMA', u32( 45455 ) ] ),
		after: plain,
		refused: null,
	} );
	const points = withChunks( await png( opaque( { corner: [ 255, 0, 0 ] } ), 95 ), [
		'cICP',
		Buffer.from( [ 12, 13, 0, 1 ] ),
	] );
	all.push( {
		name: 'png, code points dropped',
		before: points,
		after: await png( opaque( { corner: [ 255, 0, 0 ] } ), 95 ),
		refused: changed,
	} );
	const icc = withChunks( plain, profileChunk( proPhoto ) );
	all.push( { name: 'png, profile dropped', before: icc, after: plain, refused: changed } );
	return all;
}

/** With rights and a place; a panorama. */
export const rightful = { 0x8298: '(c) Ada 2026', 0x013b: 'Ada' };
export const packet = xmp(
	'exif:GPSLatitude="48,7.5N" exif:GPSLongitude="11,7.5E"',
	'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">(c) Ada</rdf:li></rdf:Alt></dc:rights><exif:GPSAltitude>520/1</exif:GPSAltitude>'
);

async function described(): Promise< Case[] > {
	const all: Case[] = [];
	const plain = await jpeg( opaque() );
	const wanted: Record< string, Buffer > = {
		EXIF: withBlocks( await jpeg( opaque(), 95 ), exifBlock( exif( rightful, true ) ) ),
		XMP: withBlocks( await jpeg( opaque(), 95 ), xmpBlock( packet ) ),
		IPTC: withBlocks( await jpeg( opaque(), 95 ), iptcBlock() ),
	};
	for ( const [ name, before ] of Object.entries( wanted ) ) {
		all.push( { name: `jpeg, rights in ${ name }, kept`, before, after: before, refused: null } );
		all.push( { name: `jpeg, rights in ${ name }, gone`, before, after: plain, refused: [ 'broken_rights' ] } );
	}
	const asPng = withChunks( await png( opaque(), 95 ), xmpChunk( packet ) );
	all.push( {
		name: 'png, rights in XMP, gone',
		before: asPng,
		after: await png( opaque() ),
		refused: [ 'broken_rights' ],
	} );
	const webp = encoders[ 'webp' ] as Encode;
	const asWebp = await webp( opaque().withExif( { IFD0: { Copyright: 'Ada' } } ), 95 );
	all.push( {
		name: 'webp, rights in EXIF, gone',
		before: asWebp,
		after: await webp( opaque() ),
		refused: [ 'broken_rights' ],
	} );
	const panorama = withBlocks(
		await jpeg( opaque(), 95 ),
		xmpBlock( xmp( 'GPano:ProjectionType="equirectangular"' ) )
	);
	all.push( { name: 'jpeg, panorama, kept', before: panorama, after: panorama, refused: null } );
	all.push( { name: 'jpeg, panorama, gone', before: panorama, after: plain, refused: [ 'broken_panorama' ] } );
	const empty = withBlocks( await jpeg( opaque(), 95 ), exifBlock( exif( { 0x8298: '    ' } ) ) );
	all.push( { name: 'jpeg, an empty copyright', before: empty, after: plain, refused: null } );
	return all;
}

/** Every file with its answer. */
export const cases = async (): Promise< Case[] > =>
	(
		await Promise.all( [ ofEachType(), cutOff(), turned(), moving(), transparent(), coloured(), described() ] )
	).flat();

export { avif, jpeg, png, text };
