import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isBranch, versionOf } from './cache.ts';

export const photoFolder = 'wp-content/themes/twentytwentyfive/assets/images';

const needed = [
	'wp-load.php',
	'wp-settings.php',
	'wp-config-sample.php',
	'wp-admin/upload.php',
	'wp-admin/css/common.min.css',
	'wp-includes/certificates/ca-bundle.crt',
	'wp-includes/js/dist/components.min.js',
	'wp-includes/js/dist/vendor/react.min.js',
	'wp-includes/js/jquery/jquery.min.js',
	'wp-includes/js/jquery/ui/core.min.js',
	'wp-includes/js/media-views.min.js',
	'wp-includes/js/plupload/plupload.min.js',
	'wp-includes/js/tinymce/tinymce.min.js',
	'wp-includes/js/underscore.min.js',
	'wp-includes/PHPMailer/PHPMailer.php',
	'wp-includes/ID3/getid3.php',
	'wp-content/themes/twentytwentyfive/style.css',
];

/**
 * Throws when a folder is not a whole WordPress of the version asked for. A distribution may
 * leave files out or link them elsewhere, and a site without jQuery fails much later, in a
 * browser, where nobody would look for the download.
 */
export async function assertComplete( folder: string, version: string ): Promise< void > {
	const found = await versionOf( folder );
	if ( ! isBranch( found, version ) ) {
		throw new Error( `The files downloaded are WordPress ${ found }, not ${ version }.` );
	}
	for ( const path of needed ) {
		const size = await stat( join( folder, path ) ).then(
			( file ) => file.size,
			() => 0
		);
		if ( size === 0 ) {
			throw new Error( `The files downloaded lack ${ path }.` );
		}
	}
	const photos = await readdir( join( folder, photoFolder ) ).catch( () => [] );
	if ( photos.length < 12 ) {
		throw new Error( 'The files downloaded lack the photos of the theme Twenty Twenty-Five.' );
	}
}
