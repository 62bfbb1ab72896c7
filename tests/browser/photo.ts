import sharp from 'sharp';
import type { Site } from '../wordpress/site.ts';

export interface Photo {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

/** A photo of the theme, as it would come from a camera: the theme's own files are small already. */
export async function photo( { wp }: Pick< Site, 'wp' >, theme: string, name = `${ theme }.jpg` ): Promise< Photo > {
	const path = `/wp-content/themes/twentytwentyfive/assets/images/${ theme }.webp`;
	const original = await ( await fetch( wp.url + path ) ).arrayBuffer();
	return {
		name,
		mimeType: 'image/jpeg',
		buffer: await sharp( original ).resize( { width: 1400 } ).jpeg( { quality: 95 } ).toBuffer(),
	};
}
