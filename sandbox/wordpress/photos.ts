import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import sharp from 'sharp';
import { photoFolder } from './complete.ts';
import type { WordPress } from './playground.ts';

/**
 * Photos of the theme Twenty Twenty-Five, as they would come from a camera or a designer: the
 * theme ships them as small WebP files, which leave a compression service little to do.
 */
const photos = [
	'coming-soon-bg-image.jpg',
	'northern-buttercups-flowers.jpg',
	'botany-flowers.jpg',
	'poster-image-background.jpg',
	'link-in-bio-background.jpg',
	'grid-flower-1.jpg',
	'botany-flowers-closeup.jpg',
	'hero-podcast.jpg',
	'location.png',
	'typewriter.png',
	'book-image-landing.webp',
	'woman-splashing-water.webp',
];

/**
 * Uploads the sample photos that this site has not had yet, through WordPress' own handling of
 * media, so that thumbnails are made and the plugin's upload hooks see them. Each photo is
 * remembered once uploaded: one that somebody deletes does not come back at the next start.
 */
export async function uploadPhotos(
	wordpress: WordPress,
	files: string,
	uploaded: ( count: number, total: number ) => void
): Promise< void > {
	const done = await wordpress.evaluate( `return get_option( 'slashimage_sandbox_photos', array() );` );
	const missing = photos
		.filter( ( name ) => ! ( Array.isArray( done ) && done.includes( name ) ) )
		// A WORDPRESS_DIR may come without the theme.
		.filter( ( name ) => existsSync( original( files, name ) ) );
	for ( const [ index, name ] of missing.entries() ) {
		await writeFile( join( wordpress.uploads, name ), await photo( files, name ) );
		await wordpress.evaluate( sideload( name ) );
		uploaded( index + 1, missing.length );
	}
}

async function photo( files: string, name: string ): Promise< Buffer > {
	const picture = sharp( original( files, name ) );
	switch ( extname( name ) ) {
		case '.jpg':
			return await picture.jpeg( { quality: 95 } ).toBuffer();
		case '.png':
			return await picture.png().toBuffer();
		default:
			return await picture.webp( { quality: 95 } ).toBuffer();
	}
}

function original( files: string, name: string ): string {
	return join( files, photoFolder, `${ parse( name ).name }.webp` );
}

/** The file waits in the uploads folder under its own name; WordPress moves it to its place. */
function sideload( name: string ): string {
	return `
		require_once ABSPATH . 'wp-admin/includes/admin.php';
		$file = wp_upload_dir()['basedir'] . '/${ name }';
		$id = media_handle_sideload( array( 'name' => '${ name }', 'tmp_name' => $file ), 0 );
		if ( is_wp_error( $id ) ) {
			throw new Exception( $id->get_error_message() );
		}
		$done = get_option( 'slashimage_sandbox_photos', array() );
		update_option( 'slashimage_sandbox_photos', array_merge( $done, array( '${ name }' ) ), false );
	`;
}
