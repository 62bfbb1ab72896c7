import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { site } from '../site.ts';

/** Contents by path. */
export type Sums = Record< string, string >;

const sum = async ( path: string ) =>
	createHash( 'sha256' )
		.update( await readFile( path ) )
		.digest( 'hex' );

/** All that lies among the uploads: what is whole there, whatever any record says of it. */
export async function disk(): Promise< Sums > {
	const { uploads } = ( await site() ).wp;
	const found: Sums = {};
	for ( const entry of await readdir( uploads, { recursive: true, withFileTypes: true } ) ) {
		if ( entry.isFile() ) {
			const path = join( entry.parentPath, entry.name );
			found[ path ] = await sum( path );
		}
	}
	return found;
}

/** The files of these attachments. */
export async function filesOf( ids: number[] ): Promise< Sums > {
	const { wp } = await site();
	const paths = ( await wp.evaluate(
		`$paths = []; foreach ( [ ${ ids } ] as $id ) { $main = get_attached_file( $id ); $paths[] = $main; foreach ( wp_get_attachment_metadata( $id )['sizes'] as $size ) { $paths[] = dirname( $main ) . '/' . $size['file']; } } return array_values( array_unique( $paths ) );`
	) ) as string[];
	return Object.fromEntries(
		await Promise.all( paths.map( async ( path ) => [ path, await sum( path ) ] as const ) )
	);
}

const isKept = ( path: string ) => path.includes( '/slashimage-backup-' );

/** Each file is the whole original or the whole result, and each original is in its place or among the backups. */
export async function expectWhole( originals: Sums, results: Sums, when: string ): Promise< void > {
	const now = await disk();
	const kept = new Set( Object.entries( now ).flatMap( ( [ path, hash ] ) => ( isKept( path ) ? [ hash ] : [] ) ) );
	for ( const [ path, original ] of Object.entries( originals ) ) {
		const is = now[ path ];
		expect( [ original, results[ path ] ], `${ when }: ${ basename( path ) } is whole` ).toContain( is );
		expect(
			is === original || kept.has( original ),
			`${ when }: the original of ${ basename( path ) } is there`
		).toBe( true );
	}
}

/** Nothing is kept of what was put back. */
export async function expectNothingKept( originals: Sums, when: string ): Promise< void > {
	const hashes = Object.values( originals );
	const kept = Object.entries( await disk() ).flatMap( ( [ path, hash ] ) =>
		isKept( path ) && hashes.includes( hash ) ? [ path ] : []
	);
	expect( kept, when ).toEqual( [] );
}

/** What no worker has any more. */
export async function expectSwept( when: string ): Promise< void > {
	const left = Object.keys( await disk() ).filter( ( path ) => path.endsWith( '.slashimage-tmp' ) );
	expect( left, when ).toEqual( [] );
}

/** What WordPress has on record of these attachments is what the files are. */
export async function expectTrue( ids: number[], when: string ): Promise< void > {
	const wrong = await (
		await site()
	).wp.evaluate( `
		$wrong = [];
		foreach ( [ ${ ids } ] as $id ) {
			wp_cache_flush(); clearstatcache();
			$meta = wp_get_attachment_metadata( $id, true ); $main = get_attached_file( $id );
			foreach ( [ [ 'file' => basename( $main ) ] + $meta ] + $meta['sizes'] as $data ) {
				$path = dirname( $main ) . '/' . basename( $data['file'] );
				list( $width, $height ) = getimagesize( $path );
				if ( [ $data['filesize'] ?? 0, $data['width'], $data['height'] ] !== [ filesize( $path ), $width, $height ] ) { $wrong[] = [ basename( $path ), $data['filesize'] ?? 0, filesize( $path ) ]; }
			}
		}
		return $wrong;` );
	expect( wrong, when ).toEqual( [] );
}
