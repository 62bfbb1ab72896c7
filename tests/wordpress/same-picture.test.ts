import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carried, damaged, harmless } from '../files/carried.ts';
import { cases } from '../files/cases.ts';
import { cases as made } from '../files/made.ts';
import { honest } from '../files/honest.ts';
import { site } from './site.ts';

// The reader of files, and what makes an answer the same picture, on files of each kind.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

let folder: string;

beforeAll( async () => {
	folder = await mkdtemp( join( tmpdir(), 'pictures-' ) );
	// The web server's PHP is another user.
	await chmod( folder, 0o755 );
} );

afterAll( () => rm( folder, { recursive: true } ) );

/** Writes files into the folder and has PHP look at them, `$paths` by `$path`. Returns what it answers, by their names. */
async function look( files: Map< string, Buffer >, code: string ): Promise< Record< string, unknown > > {
	const paths: Record< string, string > = {};
	for ( const [ name, file ] of files ) {
		paths[ name ] = join( folder, `${ Object.keys( paths ).length }` );
		await writeFile( paths[ name ] ?? '', file );
	}
	const { wp } = await site();
	return ( await wp.evaluate(
		`$paths = json_decode( base64_decode( '${ Buffer.from( JSON.stringify( paths ) ).toString( 'base64' ) }' ), true );
		return array_map( function ( $path ) { if ( ! is_readable( $path ) ) { return 'not there'; } ${ code } }, $paths );`
	) ) as Record< string, unknown >;
}

describe.runIf( native )( 'an answer', () => {
	it( 'is the same picture, or it is said how it is not', async () => {
		const all = [ ...( await cases() ), ...( await honest() ) ];
		const befores = await look(
			new Map( all.map( ( { name, before } ) => [ `${ name } before`, before ] ) ),
			'return $path;'
		);
		const { wp } = await site();
		const afters: Record< string, [ unknown, string ] > = {};
		for ( const [ number, { name, after } ] of all.entries() ) {
			const path = join( folder, `after-${ number }` );
			await writeFile( path, after );
			afters[ name ] = [ befores[ `${ name } before` ], path ];
		}
		const refused = ( await wp.evaluate(
			`$pairs = json_decode( base64_decode( '${ Buffer.from( JSON.stringify( afters ) ).toString( 'base64' ) }' ), true );
			return array_map( fn( $pair ) => SlashImage\\Files\\Comparison::refuse( SlashImage\\Files\\Picture::read( $pair[0] ), SlashImage\\Files\\Picture::read( $pair[1] ), true ), $pairs );`
		) ) as Record< string, string >;
		const wrong = all.flatMap( ( { name, refused: wanted } ) => {
			const seen = refused[ name ] ?? '';
			const isRight = wanted === null ? seen === '' : ( wanted as readonly string[] ).includes( seen );
			return isRight ? [] : [ `${ name }: ${ seen || 'taken' }` ];
		} );
		expect( all.length ).toBeGreaterThan( 150 );
		expect( wrong ).toEqual( [] );
	} );
} );

describe.runIf( native )( 'a file', () => {
	it( 'says what would be lost of it, and nothing that would not', async () => {
		const all = [ ...( await carried() ), ...( await harmless() ) ];
		const seen = await look(
			new Map( all.map( ( { name, file } ) => [ name, file ] ) ),
			'$picture = SlashImage\\Files\\Picture::read( $path ); return [ $picture->complete, $picture->carries ];'
		);
		expect( seen ).toEqual( Object.fromEntries( all.map( ( { name, carries } ) => [ name, [ true, carries ] ] ) ) );
	} );

	it( 'that is damaged is not complete, and PHP has nothing to log', async () => {
		const all = await damaged();
		const seen = await look(
			new Map( all.map( ( { name, file } ) => [ name, file ] ) ),
			'$picture = SlashImage\\Files\\Picture::read( $path ); SlashImage\\Files\\Thumbnail::of( $picture ); return $picture->complete;'
		);
		expect( seen ).toEqual( Object.fromEntries( all.map( ( { name } ) => [ name, false ] ) ) );
		expect( await ( await site() ).log() ).toBe( '' );
	} );
} );

const folderOf = ( name: string ) => join( import.meta.dirname, '../files', name );

// By exiftool, ffmpeg, avifenc and the like: tests/files/make.ts.
describe.runIf( native )( 'files that other programs have made', () => {
	/** What lies otherwise looks otherwise: which of the two is said first does not matter. */
	const lies = [ 'broken_sides', 'broken_turned', 'broken_look' ];
	const codes = ( differences: string | string[] ) =>
		[ differences ].flat().flatMap( ( one ) => {
			const code = `broken_${ one === 'loop' ? 'loops' : one }`;
			return lies.includes( code ) ? lies : [ code ];
		} );

	it( 'are told apart, and what hangs on them is seen', async () => {
		const files = new Map< string, Buffer >();
		for ( const { before, right, wrong } of made ) {
			for ( const name of [ before, ...( right ? [ right ] : [] ), ...wrong.map( ( { file } ) => file ) ] ) {
				files.set( name, await readFile( join( folderOf( 'pictures' ), name ) ) );
			}
		}
		const paths = await look( files, 'return $path;' );
		const pairs = made.flatMap( ( { before, right, wrong } ) => [
			...( right ? [ { name: right, before, wanted: [ '' ] } ] : [] ),
			...wrong.map( ( { file, difference } ) => ( {
				name: file,
				before,
				wanted: codes( difference as string | string[] ),
			} ) ),
		] );
		const asked = pairs.map( ( { name, before } ) => [ paths[ before ], paths[ name ] ] );
		const { wp } = await site();
		const refused = ( await wp.evaluate(
			`return array_map( fn( $pair ) => SlashImage\\Files\\Comparison::refuse( SlashImage\\Files\\Picture::read( $pair[0] ), SlashImage\\Files\\Picture::read( $pair[1] ), true ), json_decode( base64_decode( '${ Buffer.from( JSON.stringify( asked ) ).toString( 'base64' ) }' ), true ) );`
		) ) as string[];
		expect(
			pairs.flatMap( ( { name, wanted }, index ) => {
				const seen = refused[ index ] ?? 'nothing';
				return wanted.includes( seen ) ? [] : [ `${ name }: ${ seen || 'taken' }` ];
			} )
		).toEqual( [] );
		expect( pairs.length ).toBeGreaterThan( 240 );
		const loaded = made.flatMap( ( { before, carries } ) =>
			carries ? [ [ before, [ ...carries ].sort() ] as const ] : []
		);
		const carries = await look(
			new Map( loaded.map( ( [ name ] ) => [ name, files.get( name ) as Buffer ] ) ),
			'$carries = SlashImage\\Files\\Picture::read( $path )->carries; sort( $carries ); return $carries;'
		);
		expect( carries ).toEqual( Object.fromEntries( loaded ) );
	} );

	it( 'and damaged are read without a word', async () => {
		const names = await readdir( folderOf( 'damaged' ) );
		const files = new Map< string, Buffer >();
		for ( const name of names ) {
			files.set( name, await readFile( join( folderOf( 'damaged' ), name ) ) );
		}
		const seen = await look(
			files,
			'$picture = SlashImage\\Files\\Picture::read( $path ); SlashImage\\Files\\Thumbnail::of( $picture ); SlashImage\\Files\\Place::hidden( file_get_contents( $path ) ); return true;'
		);
		expect( seen ).toEqual( Object.fromEntries( names.map( ( name ) => [ name, true ] ) ) );
	} );
} );
