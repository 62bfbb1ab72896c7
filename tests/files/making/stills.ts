import { add, type Wrong } from './collect.ts';
import { avif, byAvifenc, encoders, extensions, jpeg, png, webp, type Type } from './encode.ts';
import { closed, exifBlock, withBlocks, withoutScan } from './jpeg.ts';
import { blank, half, laid, picture, shown, smaller, type Pixels } from './picture.ts';
import { withChunks } from './png.ts';
import { alone } from './run.ts';
import { withParts } from './webp.ts';

// Pictures that stand still and are opaque: what every answer has to be.

const quarter = ( file: Buffer ) => file.subarray( 0, file.length / 4 );

/** How much noise makes a file of a type larger than every answer, and not much larger. */
const noisy: Record< Type, { noise: number; sparse: number } > = {
	jpeg: { noise: 6, sparse: 1 },
	png: { noise: 40, sparse: 40 },
	gif: { noise: 20, sparse: 60 },
	webp: { noise: 8, sparse: 1 },
	avif: { noise: 6, sparse: 1 },
};

export const noisyFor = ( type: Type, width = 160, height = 120 ): Pixels =>
	picture( { width, height, ...noisy[ type ] } );

export async function plain(): Promise< void > {
	const it = picture();
	for ( const [ type, encode ] of Object.entries( encoders ) as [ Type, typeof jpeg ][] ) {
		const before = await encode( noisyFor( type ), true );
		const right = await encode( it );
		const wrong: Record< string, Wrong > = {
			quarter: [ 'incomplete', quarter( right ) ],
			half: [ 'look', await encode( half( it ) ) ],
			white: [ 'look', await encode( blank( 160, 120 ) ) ],
			another: [ 'look', await encode( picture( { isOther: true } ) ) ],
			turned: [ 'sides', await encode( shown( it, 6 ) ) ],
			'upside-down': [ [ 'look', 'turned' ], await encode( shown( it, 3 ) ) ],
			mirrored: [ [ 'look', 'turned' ], await encode( shown( it, 2 ) ) ],
			smaller: [ 'sides', await encode( smaller( it ) ) ],
			type: [ 'type', await ( type === 'webp' ? jpeg : webp )( it ) ],
		};
		if ( type === 'jpeg' ) {
			wrong[ 'without-scan' ] = [ 'incomplete', withoutScan( await jpeg( it, true ) ) ];
			wrong[ 'closed' ] = [ [ 'look', 'incomplete' ], closed( before ) ];
		}
		add( `plain-${ type }`, extensions[ type ], { before, right, wrong } );
	}
	for ( const type of [ 'jpeg', 'png', 'webp' ] as const ) {
		const upright = picture( { width: 128, height: 128 } );
		add( `square-${ type }`, extensions[ type ], {
			before: await encoders[ type ]( noisyFor( type, 128, 128 ), true ),
			right: await encoders[ type ]( upright ),
			wrong: { turned: [ [ 'look', 'turned' ], await encoders[ type ]( shown( upright, 6 ) ) ] },
		} );
	}
}

const exifOf = ( orientation: number ) => alone( 'exif', `-IFD0:Orientation=${ orientation }` );

/** Pictures that lie otherwise than they are shown: said in EXIF, in three types, and in the boxes of AVIF. */
export async function oriented(): Promise< void > {
	const tags = Array.from( { length: 9 }, ( _, orientation ) =>
		orientation ? exifOf( orientation ) : Buffer.alloc( 0 )
	);
	const says = async ( pixels: Pixels, orientation: number, isLarge = false ) =>
		withBlocks( await jpeg( pixels, isLarge ), exifBlock( tags[ orientation ]! ) );
	const jpegs = async ( name: string, orientation: number, width: number, height: number ) => {
		const upright = picture( { width, height } );
		const stored = laid( upright, orientation );
		const wrong: Record< string, Wrong > =
			orientation === 1
				? {
						'upside-down': [ [ 'turned', 'look' ], await says( shown( upright, 3 ), 1 ) ],
						'other-tag': [ [ 'turned', 'look' ], await says( upright, 3 ) ],
					}
				: {
						dropped: [ 'turned', await jpeg( stored ) ],
						twice: [ 'turned', await says( upright, orientation ) ],
					};
		if ( orientation === 5 ) {
			wrong[ 'as-6' ] = [ [ 'turned', 'look' ], await jpeg( shown( stored, 6 ) ) ];
		}
		add( name, 'jpg', {
			before: await says( laid( noisyFor( 'jpeg', width, height ), orientation ), orientation, true ),
			right: {
				kept: await says( stored, orientation ),
				upright: await jpeg( upright ),
				...( orientation > 1 && { 'upright-1': await says( upright, 1 ) } ),
			},
			wrong,
		} );
	};
	for ( let orientation = 1; orientation <= 8; orientation++ ) {
		await jpegs( `orientation-${ orientation }`, orientation, 160, 120 );
	}
	await jpegs( 'orientation-5-square', 5, 128, 128 );
	await jpegs( 'orientation-6-square', 6, 128, 128 );

	const upright = picture();
	const stored = laid( upright, 6 );
	const inWebp = ( file: Buffer ) => withParts( file, { exif: tags[ 6 ]! } );
	const inPng = ( file: Buffer ) => withChunks( file, [ 'eXIf', tags[ 6 ]! ] );
	for ( const [ type, encode, tag ] of [
		[ 'webp', webp, inWebp ],
		[ 'png', png, inPng ],
	] as const ) {
		add( `orientation-6-${ type }`, type, {
			before: tag( await encode( laid( noisyFor( type ), 6 ), true ) ),
			right: { kept: tag( await encode( stored ) ), upright: await encode( upright ) },
			wrong: {
				dropped: [ 'turned', await encode( stored ) ],
				twice: [ 'turned', tag( await encode( upright ) ) ],
			},
		} );
	}

	// Turned by so many quarters against the clock; mirrored left to right, and top to bottom.
	const boxes = [
		[ 'irot-1', 8, [ '--irot', '1' ] ],
		[ 'irot-2', 3, [ '--irot', '2' ] ],
		[ 'irot-3', 6, [ '--irot', '3' ] ],
		[ 'imir-left-right', 2, [ '--imir', '1' ] ],
		[ 'imir-top-bottom', 4, [ '--imir', '0' ] ],
	] as const;
	for ( const [ name, orientation, options ] of boxes ) {
		const lying = laid( upright, orientation );
		add( `avif-${ name }`, 'avif', {
			before: await byAvifenc(
				[ laid( noisyFor( 'avif' ), orientation ) ],
				'--min',
				'12',
				'--max',
				'16',
				...options
			),
			right: {
				kept: await byAvifenc( [ lying ], '--min', '38', '--max', '42', ...options ),
				upright: await avif( upright ),
			},
			wrong: {
				dropped: [ 'turned', await avif( lying ) ],
				twice: [ 'turned', await byAvifenc( [ upright ], '--min', '38', '--max', '42', ...options ) ],
			},
		} );
	}
}
