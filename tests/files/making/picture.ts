// Pictures as raw pixels: drawn, turned, and with their colours converted.

export interface Pixels {
	width: number;
	height: number;
	channels: 3 | 4;
	data: Buffer;
}

interface Wanted {
	width?: number;
	height?: number;
	/** How much each pixel differs from the gradient at most; what makes a file large. */
	noise?: number;
	/** One pixel in so many has noise. */
	sparse?: number;
	/** Another picture, with other colours in other places. */
	isOther?: boolean;
	/** Where a white block stands, from 0 to 1, in a frame of an animation. */
	moved?: number;
}

type Colour = [ red: number, green: number, blue: number ];

const clamp = ( number: number ) => Math.max( 0, Math.min( 255, Math.round( number ) ) );

export function map( pixels: Pixels, change: ( colour: Colour, x: number, y: number ) => number[] ): Pixels {
	const { width, height, channels, data } = pixels;
	const copy = Buffer.from( data );
	for ( let at = 0; at < width * height; at++ ) {
		const [ red = 0, green = 0, blue = 0 ] = data.subarray( at * channels );
		change( [ red, green, blue ], at % width, Math.floor( at / width ) ).forEach( ( value, channel ) => {
			copy[ at * channels + channel ] = clamp( value );
		} );
	}
	return { ...pixels, data: copy };
}

export const blank = ( width: number, height: number, value = 255 ): Pixels => ( {
	width,
	height,
	channels: 3,
	data: Buffer.alloc( width * height * 3, value ),
} );

/** A gradient with a block of another colour in each of three corners: different however it is turned. */
export function picture( wanted: Wanted = {} ): Pixels {
	const { width = 160, height = 120, noise = 0, sparse = 1, isOther = false, moved } = wanted;
	let state = 7;
	const random = () => ( state = ( state * 1103515245 + 12345 ) % 2147483648 ) / 2147483648;
	return map( blank( width, height ), ( _, column, row ) => {
		const x = column / width;
		const y = row / height;
		const more = random() * sparse < 1 ? noise : 0;
		return colourAt( x, y, isOther, moved ).map( ( value ) => value + ( random() * 2 - 1 ) * more );
	} );
}

function colourAt( x: number, y: number, isOther: boolean, moved?: number ): Colour {
	if ( isOther ) {
		const isRound = ( x - 0.5 ) ** 2 + ( y - 0.5 ) ** 2 < 0.1;
		return isRound ? [ 240, 235, 90 ] : [ 40, 20, 110 + 12 * Math.floor( x * 8 ) ];
	}
	if ( moved !== undefined && Math.abs( x - moved ) < 0.1 && Math.abs( y - 0.5 ) < 0.12 ) {
		return [ 255, 255, 255 ];
	}
	if ( x < 0.3 && y < 0.4 ) {
		return [ 225, 25, 20 ];
	}
	if ( x > 0.75 && y < 0.25 ) {
		return [ 15, 170, 50 ];
	}
	if ( x < 0.2 && y > 0.7 ) {
		return [ 25, 35, 195 ];
	}
	// In steps, so that what packs without loss stays small.
	const across = Math.floor( x * 16 ) / 16;
	const down = Math.floor( y * 12 ) / 12;
	return [ 240 - 130 * across, 190 - 90 * down, 40 + 130 * down * across ];
}

/** The lower half grey, as of a picture that did not load to its end. */
export const half = ( pixels: Pixels ): Pixels =>
	map( pixels, ( colour, _, y ) => ( y < pixels.height / 2 ? colour : [ 128, 128, 128 ] ) );

/** Half as wide and half as high. */
export function smaller( { width, height, channels, data }: Pixels ): Pixels {
	const sides = { width: width / 2, height: height / 2 };
	const bytes = Buffer.alloc( sides.width * sides.height * channels );
	for ( let at = 0; at < sides.width * sides.height; at++ ) {
		const from = 2 * ( Math.floor( at / sides.width ) * width + ( at % sides.width ) );
		data.copy( bytes, at * channels, from * channels, ( from + 1 ) * channels );
	}
	return { ...sides, channels, data: bytes };
}

/** How a picture looks to whoever obeys an EXIF orientation from 1 to 8. */
export function shown( pixels: Pixels, orientation: number ): Pixels {
	const { width, height, channels, data } = pixels;
	const sides = orientation > 4 ? { width: height, height: width } : { width, height };
	const bytes = Buffer.alloc( data.length );
	const right = width - 1;
	const bottom = height - 1;
	const ways: Record< number, ( x: number, y: number ) => [ number, number ] > = {
		1: ( x, y ) => [ x, y ],
		2: ( x, y ) => [ right - x, y ],
		3: ( x, y ) => [ right - x, bottom - y ],
		4: ( x, y ) => [ x, bottom - y ],
		5: ( x, y ) => [ y, x ],
		6: ( x, y ) => [ y, bottom - x ],
		7: ( x, y ) => [ right - y, bottom - x ],
		8: ( x, y ) => [ right - y, x ],
	};
	for ( let at = 0; at < width * height; at++ ) {
		const [ x, y ] = ways[ orientation ]!( at % sides.width, Math.floor( at / sides.width ) );
		data.copy( bytes, at * channels, ( y * width + x ) * channels, ( y * width + x + 1 ) * channels );
	}
	return { ...sides, channels, data: bytes };
}

/** How an upright picture has to lie in a file that says this orientation. */
export const laid = ( pixels: Pixels, orientation: number ): Pixels =>
	shown( pixels, { 6: 8, 8: 6 }[ orientation ] ?? orientation );

/** With a fourth channel: opaque inside a circle that is not in the middle, and where the edge is soft, in between. */
export function withAlpha( pixels: Pixels, edge: 'none' | 'hard' | 'soft' ): Pixels {
	const { width, height, data } = pixels;
	const bytes = Buffer.alloc( width * height * 4, 255 );
	for ( let at = 0; at < width * height; at++ ) {
		data.copy( bytes, at * 4, at * 3, at * 3 + 3 );
		const far = Math.hypot( ( at % width ) - width * 0.4, Math.floor( at / width ) - height * 0.5 );
		const inside = ( height * 0.45 - far ) / ( edge === 'soft' ? 10 : 0.001 );
		if ( edge !== 'none' ) {
			// In steps, too.
			bytes[ at * 4 + 3 ] = clamp( Math.round( inside * 5 ) * 51 );
			if ( ! bytes[ at * 4 + 3 ] ) {
				bytes.fill( 0, at * 4, at * 4 + 3 );
			}
		}
	}
	return { width, height, channels: 4, data: bytes };
}

/** Laid on a ground of one grey. */
export function flattened( pixels: Pixels, ground: number ): Pixels {
	const flat = blank( pixels.width, pixels.height );
	return map( flat, ( _, x, y ) => {
		const at = ( y * pixels.width + x ) * 4;
		const alpha = pixels.data[ at + 3 ]! / 255;
		return [ 0, 1, 2 ].map( ( channel ) => pixels.data[ at + channel ]! * alpha + ground * ( 1 - alpha ) );
	} );
}

/** With the alpha channel there, and opaque. */
export function filled( pixels: Pixels ): Pixels {
	const data = Buffer.from( pixels.data );
	for ( let at = 3; at < data.length; at += 4 ) {
		data[ at ] = 255;
	}
	return { ...pixels, data };
}

/** What the numbers of a picture mean: how they become light, and of which primaries, as XYZ under D50 by rows. */
export interface Space {
	light: ( value: number ) => number;
	primaries: readonly number[];
}

const srgbLight = ( value: number ) => ( value <= 0.04045 ? value / 12.92 : ( ( value + 0.055 ) / 1.055 ) ** 2.4 );
const power = ( exponent: number ) => ( value: number ) => value ** exponent;

export const spaces = {
	srgb: {
		light: srgbLight,
		primaries: [ 0.43607, 0.38506, 0.14308, 0.22249, 0.71687, 0.06061, 0.01393, 0.0971, 0.71417 ],
	},
	p3: {
		light: srgbLight,
		primaries: [ 0.51512, 0.29198, 0.1571, 0.2412, 0.69225, 0.06657, -0.00105, 0.04189, 0.78407 ],
	},
	adobe: {
		light: power( 563 / 256 ),
		primaries: [ 0.60974, 0.20528, 0.14919, 0.31111, 0.62567, 0.06322, 0.01947, 0.06087, 0.74457 ],
	},
	proPhoto: {
		light: power( 1.8 ),
		primaries: [ 0.79767, 0.13519, 0.03135, 0.28804, 0.71188, 0.00009, 0, 0, 0.82491 ],
	},
	linear: {
		light: power( 1 ),
		primaries: [ 0.43607, 0.38506, 0.14308, 0.22249, 0.71687, 0.06061, 0.01393, 0.0971, 0.71417 ],
	},
	grey18: {
		light: power( 1.8 ),
		primaries: [ 0.43607, 0.38506, 0.14308, 0.22249, 0.71687, 0.06061, 0.01393, 0.0971, 0.71417 ],
	},
} satisfies Record< string, Space >;

/** XYZ under D50 to light of sRGB. */
const toSrgb = [ 3.13386, -1.61687, -0.49061, -0.97877, 1.91614, 0.03345, 0.07194, -0.22899, 1.40524 ];

const times = ( matrix: readonly number[], [ a = 0, b = 0, c = 0 ]: number[] ) =>
	[ 0, 3, 6 ].map( ( row ) => matrix[ row ]! * a + matrix[ row + 1 ]! * b + matrix[ row + 2 ]! * c );

/** The same colours, in the numbers of sRGB; what sRGB can't show is cut off. */
export const converted = ( pixels: Pixels, { light, primaries }: Space ): Pixels =>
	map( pixels, ( colour ) => {
		const xyz = times(
			primaries,
			colour.map( ( value ) => light( value / 255 ) )
		);
		return times( toSrgb, xyz ).map( ( value ) => {
			const inside = Math.max( 0, Math.min( 1, value ) );
			return 255 * ( inside <= 0.0031308 ? inside * 12.92 : 1.055 * inside ** ( 1 / 2.4 ) - 0.055 );
		} );
	} );

export const grey = ( pixels: Pixels ): Pixels =>
	map( pixels, ( [ red, green, blue ] ) => Array( 3 ).fill( 0.3 * red + 0.59 * green + 0.11 * blue ) );
