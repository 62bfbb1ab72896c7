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

/** The same of the originals that were kept. */
export const backups = async () =>
	( await site() ).wp.evaluate(
		`$files = []; $dir = wp_get_upload_dir()['basedir'] . '/slashimage-backup'; if ( is_dir( $dir ) ) { foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $dir, FilesystemIterator::SKIP_DOTS ) ) as $f ) { $files[ $f->getFilename() ] = md5_file( $f ); } } return $files;`
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
