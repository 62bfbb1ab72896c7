import sharp from 'sharp';
import { site } from './site.ts';

/** A picture nobody has had before: noise, so that every one has contents of its own. */
export const noise = ( width = 900, height = 600 ): Promise< Buffer > =>
	sharp( {
		create: {
			width,
			height,
			channels: 3,
			background: { r: 120, g: 130, b: 140 },
			noise: { type: 'gaussian', mean: 128, sigma: 20 },
		},
	} )
		.jpeg( { quality: 95 } )
		.toBuffer();

/** Uploads a picture as a person does, under this name. Returns its id. */
export async function uploadPicture( bytes: Buffer, name: string ): Promise< number > {
	const { wp } = await site();
	return ( await wp.evaluate( `
		require_once ABSPATH . 'wp-admin/includes/admin.php';
		$copy = wp_tempnam();
		file_put_contents( $copy, base64_decode( '${ bytes.toString( 'base64' ) }' ) );
		return media_handle_sideload( [ 'name' => '${ name }', 'tmp_name' => $copy ], 0 );` ) ) as number;
}

/** Uploads pictures of contents of their own. */
export async function uploadNoise( count: number, width = 900, height = 600 ): Promise< number[] > {
	const ids: number[] = [];
	for ( let number = 0; number < count; number++ ) {
		ids.push( await uploadPicture( await noise( width, height ), `noise-${ Date.now() }-${ number }.jpg` ) );
	}
	return ids;
}
