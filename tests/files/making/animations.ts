import { add, type Made } from './collect.ts';
import { animatedGif, avif, byAvifenc, gif, png, webp } from './encode.ts';
import { played } from './heif.ts';
import { picture, type Pixels } from './picture.ts';
import { animated as animatedPng } from './png.ts';
import { animated as animatedWebp } from './webp.ts';
import { patched, u16le } from './bytes.ts';

// Pictures that move: four frames of a tenth of a second, for ever.

interface Timed {
	pixels: Pixels;
	time: number;
}
type Animate = ( frames: Timed[], loop: number, isLarge?: boolean ) => Promise< Buffer >;

const frame = ( moved: number, noise = 0 ): Pixels => picture( { width: 96, height: 72, moved, noise, sparse: 80 } );

const ways: Record< string, { animate: Animate; still: ( pixels: Pixels ) => Promise< Buffer >; carries?: string[] } > =
	{
		gif: {
			animate: ( frames, loop, isLarge = false ) => animatedGif( frames, loop, isLarge ),
			still: gif,
		},
		png: { animate: async ( frames, loop, isLarge = false ) => animatedPng( frames, loop, ! isLarge ), still: png },
		webp: {
			animate: async ( frames, loop, isLarge ) =>
				animatedWebp(
					await Promise.all(
						frames.map( async ( { pixels, time } ) => ( { webp: await webp( pixels, isLarge ), time } ) )
					),
					loop
				),
			still: webp,
		},
		avif: {
			animate: async ( frames, loop, isLarge ) =>
				played(
					await byAvifenc(
						frames.map( ( { pixels } ) => pixels ),
						...( isLarge ? [ '--min', '12', '--max', '16' ] : [ '--min', '38', '--max', '42' ] ),
						...[ '--timescale', '1000' ],
						...frames.flatMap( ( { time }, at ) => [ '--duration', String( time ), `${ at }.png` ] )
					),
					loop === 0
				),
			still: avif,
			carries: [ 'sequence' ],
		},
	};

/** What the times of a GIF's frames are set to, in hundredths of a second. */
const timed = ( file: Buffer, time: number ): Buffer => {
	let copy = file;
	for (
		let at = file.indexOf( '\x21\xf9\x04', 0, 'latin1' );
		at > 0;
		at = file.indexOf( '\x21\xf9\x04', at + 1, 'latin1' )
	) {
		copy = patched( copy, at + 4, u16le( time ) );
	}
	return copy;
};

export async function animations(): Promise< void > {
	const places = [ 0.35, 0.45, 0.55, 0.65 ];
	const same = [ 0.35, 0.5, 0.5, 0.65 ];
	const of = ( at: number[], time: number, noise = 0 ): Timed[] =>
		at.map( ( moved ) => ( { pixels: frame( moved, noise ), time } ) );
	for ( const [ type, { animate, still, carries } ] of Object.entries( ways ) ) {
		const noise = type === 'png' ? 10 : 30;
		const right = await animate( of( places, 100 ), 0 );
		const made: Made = {
			before: await animate( of( places, 100, noise ), 0, true ),
			right,
			wrong: {
				still: [ 'still', await still( frame( places[ 0 ]! ) ) ],
				fast: [ 'time', await animate( of( places, 50 ), 0 ) ],
				once: [ 'loop', await animate( of( places, 100 ), 1 ) ],
				quarter: [ 'incomplete', right.subarray( 0, right.length / 4 ) ],
			},
			...( carries && { carries } ),
		};
		add( `animated-${ type }`, type, made );
		const merged = of( [ 0.35, 0.5, 0.65 ], 100 );
		merged[ 1 ]!.time = 200;
		add( `animated-${ type }-merged`, type, {
			before: await animate( of( same, 100, noise ), 0, true ),
			right: await animate( merged, 0 ),
			// One of the two left out, and its time with it.
			wrong: { 'left-out': [ 'time', await animate( of( [ 0.35, 0.5, 0.65 ], 100 ), 0 ) ] },
			...( carries && { carries } ),
		} );
	}
	// Browsers show a frame that says no time for a tenth of a second.
	add( 'animated-gif-no-times', 'gif', {
		before: timed( await animatedGif( of( places, 100, 30 ), 0, true ), 0 ),
		right: timed( await animatedGif( of( places, 100 ), 0, false ), 10 ),
	} );
}
