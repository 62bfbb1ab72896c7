import { join, text, u16, u32, u8 } from './bytes.ts';

// The boxes of an AVIF.

export const box = ( type: string, ...parts: ( Buffer | string )[] ): Buffer => {
	const content = join( ...parts );
	return join( u32( content.length + 8 ), type, content );
};
const full = ( type: string, version: number, flags: number, ...parts: ( Buffer | string )[] ): Buffer =>
	box( type, u32( version * 0x1000000 + flags ), ...parts );

/** The bytes of a box, by the first of its name. */
export function boxOf( file: Buffer, type: string ): Buffer {
	const at = file.indexOf( type ) - 4;
	return file.subarray( at, at + file.readUInt32BE( at ) );
}

export interface Item {
	type: string;
	data: Buffer;
	/** What is said of it: whole boxes. */
	properties: Buffer[];
	isHidden?: boolean;
}

/** The one picture of an AVIF without alpha, as an item. */
export const itemOf = ( avif: Buffer ): Item => ( {
	type: 'av01',
	data: boxOf( avif, 'mdat' ).subarray( 8 ),
	properties: [ boxOf( avif, 'ispe' ), boxOf( avif, 'pixi' ), boxOf( avif, 'av1C' ), boxOf( avif, 'colr' ) ],
} );

/** A property of a picture that helps another: what it is. */
export const auxiliary = ( urn: string ): Buffer => full( 'auxC', 0, 0, urn, '\0' );

interface Wanted {
	brands: string[];
	/** Numbered from 1. */
	items: Item[];
	/** Which is the picture itself. */
	primary?: number;
	references: [ type: string, from: number, ...to: number[] ][];
	/** Items of which one is shown, the first that is understood. */
	alternatives?: number[];
}

/** A file of these items. */
export function heif( { brands, items, primary = 1, references, alternatives }: Wanted ): Buffer {
	const properties = items.flatMap( ( item ) => item.properties );
	const meta = ( start: number ): Buffer => {
		let at = start;
		let property = 0;
		return full(
			'meta',
			0,
			0,
			full( 'hdlr', 0, 0, u32( 0 ), 'pict', Buffer.alloc( 12 ), '\0' ),
			full( 'pitm', 0, 0, u16( primary ) ),
			full(
				...( [ 'iloc', 0, 0, u8( 0x44, 0 ), u16( items.length ) ] as const ),
				...items.map( ( { data }, number ) => {
					at += data.length;
					return join( u16( number + 1, 0, 1 ), u32( at - data.length, data.length ) );
				} )
			),
			full(
				...( [ 'iinf', 0, 0, u16( items.length ) ] as const ),
				...items.map( ( { type, isHidden }, number ) =>
					full( 'infe', 2, isHidden ? 1 : 0, u16( number + 1, 0 ), type, '\0' )
				)
			),
			full(
				...( [ 'iref', 0, 0 ] as const ),
				...references.map( ( [ type, from, ...to ] ) => box( type, u16( from, to.length, ...to ) ) )
			),
			box(
				'iprp',
				box( 'ipco', ...properties ),
				full(
					...( [ 'ipma', 0, 0, u32( items.length ) ] as const ),
					...items.map( ( item, number ) =>
						join(
							...[ u16( number + 1 ), u8( item.properties.length ) ],
							// What is needed to decode it is essential.
							...item.properties.map( ( one ) =>
								u8( ++property + ( one.toString( 'latin1', 4, 8 ) === 'av1C' ? 128 : 0 ) )
							)
						)
					)
				)
			),
			...( alternatives
				? [ box( 'grpl', full( 'altr', 0, 0, u32( 100, alternatives.length, ...alternatives ) ) ) ]
				: [] )
		);
	};
	const head = box( 'ftyp', text( brands[ 0 ]! ), u32( 0 ), ...brands );
	const start = head.length + meta( 0 ).length + 8;
	return join( head, meta( start ), box( 'mdat', ...items.map( ( { data } ) => data ) ) );
}

/** A sequence that says how often it is played, once or for ever: avifenc writes nothing about it. */
export function played( avif: Buffer, isForEver: boolean ): Buffer {
	const edit = ( duration: Buffer ) =>
		box( 'edts', full( 'elst', 1, isForEver ? 1 : 0, u32( 1 ), duration, u32( 0, 0 ), u16( 1, 0 ) ) );
	let file = avif;
	let added = 0;
	const grow = ( at: number, by: number ) => file.writeUInt32BE( file.readUInt32BE( at ) + by, at );
	const moov = file.indexOf( 'moov' ) - 4;
	for ( let tkhd = file.indexOf( 'tkhd' ) - 4; tkhd > 0; tkhd = file.indexOf( 'tkhd', tkhd + 8 ) - 4 ) {
		const end = tkhd + file.readUInt32BE( tkhd );
		const one = edit( file.subarray( tkhd + 36, tkhd + 44 ) );
		file = join( file.subarray( 0, end ), one, file.subarray( end ) );
		grow( moov, one.length );
		// The track begins with this box.
		grow( tkhd - 8, one.length );
		if ( isForEver ) {
			file.fill( 255, tkhd + 36, tkhd + 44 );
		}
		added += one.length;
	}
	// All pixels lie behind what was added.
	for ( let stco = file.indexOf( 'stco' ); stco > 0; stco = file.indexOf( 'stco', stco + 1 ) ) {
		for ( let number = 0; number < file.readUInt32BE( stco + 8 ); number++ ) {
			grow( stco + 12 + 4 * number, added );
		}
	}
	const iloc = file.indexOf( 'iloc' );
	for ( let number = 0; number < file.readUInt16BE( iloc + 10 ); number++ ) {
		grow( iloc + 12 + 14 * number + 6, added );
	}
	return file;
}
