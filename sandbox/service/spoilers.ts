import sharp from 'sharp';
import type { Color, OverlayOptions, Sharp } from 'sharp';
import type { Fault } from './faults.ts';
import { withoutProfile } from './profile-strip.ts';
import type { Encoded } from './optimize.ts';

type Spoiler = ( file: Encoded, originalLength: number ) => Promise< Encoded >;

const GREY = { r: 128, g: 128, b: 128 };

/** Re-encodes a file's first picture after something was done to it; much smaller than it was, as wrecks are. */
const redrawn =
	( draw: ( picture: Sharp, width: number, height: number ) => Sharp ): Spoiler =>
	async ( { format, bytes } ) => {
		const picture = sharp( bytes );
		const { width, height } = await picture.metadata();
		const drawn = draw( picture.keepIccProfile(), width, height );
		const options = format === 'gif' || format === 'png' ? {} : { quality: 40 };
		return { format, bytes: await drawn.toFormat( format, options ).toBuffer() };
	};

const plain = ( width: number, height: number, background: Color ): OverlayOptions => ( {
	input: { create: { width, height, channels: 3, background } },
	gravity: 'south',
} );

/** What a fault makes of each file of an answer. The sizes and savings in the answer still claim a success. */
export const SPOILERS: Partial< Record< Fault, Spoiler > > = {
	async broken_image( { format, bytes } ) {
		return { format, bytes: bytes.map( ( byte ) => byte ^ 0x55 ) as Buffer };
	},
	async wrong_type( { format, bytes } ) {
		const image = sharp( bytes ).resize( 32 );
		return {
			format,
			bytes: await ( format === 'png' ? image.jpeg() : image.png() ).toBuffer(),
		};
	},
	/** Bytes after an image's end are ignored by readers: still the same picture. */
	async larger( { format, bytes }, originalLength ) {
		return { format, bytes: Buffer.concat( [ bytes, Buffer.alloc( originalLength + 1024 ) ] ) };
	},
	async cut_off( { format, bytes } ) {
		return { format, bytes: bytes.subarray( 0, bytes.length / 4 ) };
	},
	first_frame: redrawn( ( picture ) => picture ),
	half: redrawn( ( picture, width, height ) =>
		picture.composite( [ plain( width, Math.ceil( height / 2 ), GREY ) ] )
	),
	white: redrawn( ( picture, width, height ) => picture.composite( [ plain( width, height, 'white' ) ] ) ),
	turned: redrawn( ( picture ) => picture.rotate( 180 ) ),
	flattened: redrawn( ( picture ) => picture.flatten( { background: 'black' } ) ),
	async profile_dropped( { format, bytes } ) {
		return { format, bytes: withoutProfile( bytes, format ) };
	},
};
