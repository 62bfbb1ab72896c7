import { join, text, u16, u32 } from './bytes.ts';
import type { Space } from './picture.ts';

// Colour profiles, as small as they can be.

const fixed = ( ...all: number[] ) => u32( ...all.map( ( number ) => Math.round( number * 65536 ) ) );
const d50 = [ 0.9642, 1, 0.82491 ];
const xyz = ( ...all: number[] ) => join( 'XYZ \0\0\0\0', fixed( ...all ) );

/** A curve that is a power, as version 2 of the format has it. */
export const curve = ( power: number ): Buffer => join( 'curv\0\0\0\0', u32( 1 ), u16( power * 256, 0 ) );
/** The curve of sRGB, as version 4 has it: with a formula of five numbers. */
export const formula = (): Buffer =>
	join( 'para\0\0\0\0', u16( 3, 0 ), fixed( 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 ) );

function described( version: 2 | 4, name: string ): Buffer {
	if ( version === 2 ) {
		return join( 'desc\0\0\0\0', u32( name.length + 1 ), name, '\0', Buffer.alloc( 78 ) );
	}
	const wide = Buffer.from( name, 'utf16le' ).swap16();
	return join( 'mluc\0\0\0\0', u32( 1, 12 ), 'enUS', u32( wide.length, 28 ), wide );
}

/** A profile; of grey where there are no primaries. */
export function profile( version: 2 | 4, name: string, trc: Buffer, space?: Space ): Buffer {
	const rights = version === 2 ? text( 'text\0\0\0\0CC0\0' ) : described( 4, 'CC0' );
	const [ a, b, c, d, e, f, g, h, i ] = ( space?.primaries ?? [] ) as number[];
	const tags: [ string, Buffer ][] = [
		[ 'desc', described( version, name ) ],
		[ 'cprt', rights ],
		[ 'wtpt', xyz( ...d50 ) ],
		...( space
			? ( [
					[ 'rXYZ', xyz( a!, d!, g! ) ],
					[ 'gXYZ', xyz( b!, e!, h! ) ],
					[ 'bXYZ', xyz( c!, f!, i! ) ],
					[ 'rTRC', trc ],
					[ 'gTRC', trc ],
					[ 'bTRC', trc ],
				] as [ string, Buffer ][] )
			: ( [ [ 'kTRC', trc ] ] as [ string, Buffer ][] ) ),
	];
	const places = new Map< Buffer, number >();
	let body: Buffer = Buffer.alloc( 0 );
	const start = 132 + 12 * tags.length;
	for ( const [ , data ] of tags ) {
		// The three curves are one.
		if ( ! places.has( data ) ) {
			places.set( data, start + body.length );
			body = join( body, data, Buffer.alloc( -data.length & 3 ) );
		}
	}
	const table = tags.map( ( [ tag, data ] ) => join( tag, u32( places.get( data )!, data.length ) ) );
	return join(
		u32( start + body.length ),
		u32( 0, version === 2 ? 0x02400000 : 0x04200000 ),
		'mntr',
		space ? 'RGB ' : 'GRAY',
		'XYZ ',
		u16( 2026, 1, 1, 0, 0, 0 ),
		'acsp',
		Buffer.alloc( 28 ),
		fixed( ...d50 ),
		Buffer.alloc( 48 ),
		u32( tags.length ),
		...table,
		body
	);
}
