import sharp from 'sharp';
import { add } from './collect.ts';
import { avif, gif, palette, png, webp } from './encode.ts';
import { filled, flattened, map, picture, withAlpha, type Pixels } from './picture.ts';
import { noisyFor } from './stills.ts';
import type { Type } from './encode.ts';

// Pictures with transparency, and what becomes of it.

/** Black under all of it that is not opaque, and opaque. */
const blackened = ( pixels: Pixels ): Pixels =>
	filled(
		map( pixels, ( colour, x, y ) =>
			pixels.data[ ( y * pixels.width + x ) * 4 + 3 ]! > 127 ? colour : [ 0, 0, 0 ]
		)
	);

export async function transparencies(): Promise< void > {
	const encoders = { png, palette, webp, gif, avif };
	for ( const [ name, encode ] of Object.entries( encoders ) ) {
		const type = ( name === 'palette' ? 'png' : name ) as Type;
		const edge = name === 'gif' ? 'hard' : 'soft';
		const it = withAlpha( picture(), edge );
		const black = await encode( blackened( it ) );
		// Where a format has no place for a channel that says nothing, the file is that of a picture laid on black.
		const hasChannel = name !== 'gif' && ( await sharp( black ).metadata() ).hasAlpha;
		add( `transparent-${ name }`, type, {
			before: await encode( withAlpha( noisyFor( name === 'palette' ? 'gif' : type ), edge ), true ),
			right: await encode( it ),
			wrong: {
				black: [ 'transparency', await encode( flattened( it, 0 ) ) ],
				white: [ 'transparency', await encode( flattened( it, 255 ) ) ],
				...( hasChannel && { filled: [ 'transparency', black ] } ),
			},
		} );
	}
	// A channel that says nothing may be left out.
	for ( const [ type, encode ] of [
		[ 'png', png ],
		[ 'avif', avif ],
	] as const ) {
		add( `opaque-${ type }`, type, {
			before: await encode( withAlpha( noisyFor( type ), 'none' ), true ),
			right: { without: await encode( picture() ), kept: await encode( withAlpha( picture(), 'none' ) ) },
		} );
	}
}
