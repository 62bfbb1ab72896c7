import { expect } from 'vitest';
import { site, type Row } from './site.ts';

/** Connects with a key, a new one unless given, and returns it. */
export const connect = async ( key?: string ) => {
	const { admin, service } = await site();
	const used = key ?? service.issueKey();
	expect( ( await admin.rest( 'POST', '/connection', { key: used } ) ).status ).toBe( 200 );
	service.forgetRequests();
	return used;
};

/** Every file of these attachments: name and checksum. */
export const files = async ( ids: number[] ) =>
	( await site() ).wp.evaluate(
		`$files = []; foreach ( [ ${ ids } ] as $id ) { $main = get_attached_file( $id ); $names = array_merge( [ basename( $main ) ], array_column( wp_get_attachment_metadata( $id )['sizes'], 'file' ) ); foreach ( glob( dirname( $main ) . '/*' ) as $f ) { if ( in_array( basename( $f ), $names, true ) || strpos( basename( $f ), 'tmp' ) ) { $files[ basename( $f ) ] = md5_file( $f ); } } } return $files;`
	);

/** The same of the originals that were kept: by the name of the file they are of. */
export const backups = async () =>
	( await site() ).wp.evaluate(
		`$files = []; foreach ( SlashImage\\Files\\Vault::all() as $folder ) { foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $folder, FilesystemIterator::SKIP_DOTS ) ) as $f ) { if ( preg_match( '/^(.+)\\.[0-9a-f]{16}\\.(?!json)[a-z]+$/', $f->getFilename(), $match ) ) { $files[ $match[1] ] = md5_file( $f ); } } } return $files;`
	);

/** Polls the queue until it is as wanted: the work is done by the site itself, in its own time. */
export const until = async ( done: ( rows: Row[] ) => boolean ) => {
	const { rows } = await site();
	for ( let tries = 0; tries < 60; tries++ ) {
		const now = await rows();
		if ( done( now ) ) {
			return now;
		}
		await new Promise( ( resolve ) => setTimeout( resolve, 500 ) );
	}
	throw new Error( `Still waiting: ${ JSON.stringify( await rows() ) }` );
};

export const states = ( rows: Row[] ) => rows.map( ( { state, cause } ) => [ state, cause ] );
