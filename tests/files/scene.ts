import sharp, { type Sharp } from 'sharp';

// A picture that looks different turned, mirrored, halved or with other colours.

type Colour = readonly [ number, number, number ];

interface Wanted {
	width?: number;
	height?: number;
	/** Whether all but a circle in the middle is transparent. */
	clear?: boolean;
	/** Another one, for each number. */
	seed?: number;
	/** The colour of the first corner, 0 to 255. */
	corner?: Colour;
}

/** Draws it: a gradient with noise, and a block of another colour in each of three corners. */
export function scene( {
	width = 160,
	height = 120,
	clear = false,
	seed = 0,
	corner = [ 230, 30, 20 ],
}: Wanted = {} ): Sharp {
	const data = Buffer.alloc( width * height * 4 );
	let state = 7 + seed;
	const noise = () => ( ( state = ( state * 1103515245 + 12345 ) % 2147483648 ) / 2147483648 - 0.5 ) * 20;
	for ( let at = 0; at < width * height; at++ ) {
		const x = ( at % width ) / width;
		const y = Math.floor( at / width ) / height;
		const [ red, green, blue ] = colourAt( x, y, seed, corner );
		const isInside = ( ( x - 0.5 ) * width ) ** 2 + ( ( y - 0.5 ) * height ) ** 2 < ( height / 2.2 ) ** 2;
		data.set(
			[ red, green, blue ].map( ( one ) => Math.max( 0, Math.min( 255, one + noise() ) ) ),
			at * 4
		);
		data[ at * 4 + 3 ] = ! clear || isInside ? 255 : 0;
	}
	return sharp( data, { raw: { width, height, channels: 4 } } );
}

function colourAt( x: number, y: number, seed: number, corner: Colour ): Colour {
	if ( x < 0.33 && y < 0.33 ) {
		return corner;
	}
	if ( x > 0.66 && y < 0.25 ) {
		return [ 20, 200, 40 ];
	}
	if ( x < 0.25 && y > 0.75 ) {
		return [ 20, 40, 220 ];
	}
	const shifted = ( one: number ) => ( one + 40 * seed ) % 256;
	return [ shifted( 60 + 150 * x ), shifted( 40 + 160 * y ), shifted( 200 - 150 * x + 17 * seed ) ];
}

export const opaque = ( wanted?: Wanted ): Sharp => scene( wanted ).removeAlpha();
