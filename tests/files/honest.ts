import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { globSync } from 'node:fs';
import sharp from 'sharp';
import { optimize } from '../../sandbox/service/optimize.ts';
import { wordpressFiles } from '../../sandbox/wordpress/files.ts';
import { encoders, type Case } from './cases.ts';

const modes = [ 'lossy', 'glossy', 'lossless' ] as const;

/** Forty photos: parts of the theme's, as files of each type and quality, and what an honest service makes of them. */
export async function honest(): Promise< Case[] > {
	const version = process.env[ 'WORDPRESS_VERSION' ] ?? '7.1';
	const folder = join(
		await wordpressFiles( { version, say: () => {} } ),
		'wp-content/themes/twentytwentyfive/assets/images'
	);
	const photos = globSync( join( folder, '*.webp' ) ).sort();
	const all: Case[] = [];
	for ( let number = 0; number < 40; number++ ) {
		const photo = photos[ number % photos.length ] ?? '';
		const [ type, encode ] = Object.entries( encoders )[ number % 5 ] as [ string, ( typeof encoders )[ string ] ];
		const { width, height } = await sharp( photo ).metadata();
		const part = await sharp( await readFile( photo ) )
			.extract( { left: number, top: number, width: Math.floor( width / 2 ), height: Math.floor( height / 3 ) } )
			.png()
			.toBuffer();
		const before = await ( encode as ( typeof encoders )[ string ] & object )(
			sharp( part ),
			80 + ( number % 16 )
		);
		const mode = modes[ Math.floor( number / 5 ) % 3 ] ?? 'lossy';
		const made = await optimize( before, {
			mode,
			webp: false,
			avif: false,
			pngToJpeg: false,
			keepMetadata: false,
		} );
		const after = made.kind === 'optimized' ? made.result.main.bytes : Buffer.alloc( 0 );
		all.push( { name: `${ basename( photo ) }, ${ type }, ${ mode }`, before, after, refused: null } );
	}
	return all;
}
