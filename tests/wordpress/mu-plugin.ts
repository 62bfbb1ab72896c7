import type { At } from './clock.ts';
import { site } from './site.ts';

/** Writes a must-use plugin into the site, in place of an earlier one of that name. `code` goes without the tag. */
export async function addMuPlugin( name: string, code: string, at?: At ): Promise< void > {
	const { wp } = at ?? ( await site() );
	const text = Buffer.from( `<?php\n${ code }\n` ).toString( 'base64' );
	await wp.evaluate( `file_put_contents( ${ file( name ) }, base64_decode( '${ text }' ) );${ readAnew( name ) }` );
}

export async function removeMuPlugin( name: string, at?: At ): Promise< void > {
	const { wp } = at ?? ( await site() );
	await wp.evaluate( `if ( is_file( ${ file( name ) } ) ) { unlink( ${ file( name ) } ); }${ readAnew( name ) }` );
}

const file = ( name: string ) => `WPMU_PLUGIN_DIR . '/${ name }.php'`;

// Two versions of one second look the same to the opcache.
const readAnew = ( name: string ) =>
	`if ( function_exists( 'opcache_invalidate' ) ) { opcache_invalidate( ${ file( name ) }, true ); }`;
