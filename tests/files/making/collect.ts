import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Writes the files, and the list of them.

export type Wrong = [ difference: string | string[], file: Buffer ];

export interface Made {
	before: Buffer;
	/** The only right answer, or several by name. */
	right?: Buffer | Record< string, Buffer >;
	wrong?: Record< string, Wrong >;
	carries?: string[];
}

interface Listed {
	name: string;
	before: string;
	right?: string;
	wrong: { file: string; difference: string | string[] }[];
	carries?: string[];
}

export const folder = join( import.meta.dirname, '..' );
export const listed: Listed[] = [];

rmSync( join( folder, 'pictures' ), { recursive: true, force: true } );
rmSync( join( folder, 'damaged' ), { recursive: true, force: true } );

/** Writes a case; the first of several right answers stands in it, and each further one in a case of its own. */
export function add( name: string, extension: string, { before, right, wrong = {}, carries }: Made ): void {
	mkdirSync( join( folder, 'pictures', name ), { recursive: true } );
	const write = ( as: string, file: Buffer ): string => {
		const path = `${ name }/${ as }.${ extension }`;
		if ( as !== 'before' && file.length >= before.length ) {
			throw new Error( `${ path } is ${ file.length } bytes, and what was before it ${ before.length }.` );
		}
		if ( file.length > 6400 ) {
			process.stdout.write( `${ path } is ${ file.length } bytes.\n` );
		}
		writeFileSync( join( folder, 'pictures', path ), file );
		return path;
	};
	const first = write( 'before', before );
	const rights = Buffer.isBuffer( right ) ? { '': right } : ( right ?? {} );
	const written = Object.entries( rights ).map(
		( [ way, file ] ) => [ way, write( way ? `right-${ way }` : 'right', file ) ] as const
	);
	const wrongs = Object.entries( wrong ).map( ( [ way, [ difference, file ] ] ) => ( {
		file: write( `wrong-${ way }`, file ),
		difference,
	} ) );
	const more = { before: first, ...( carries && { carries } ) };
	listed.push( { name, ...more, ...( written[ 0 ] && { right: written[ 0 ][ 1 ] } ), wrong: wrongs } );
	for ( const [ way, path ] of written.slice( 1 ) ) {
		listed.push( { name: `${ name }, ${ way }`, ...more, right: path, wrong: [] } );
	}
}

export function damage( name: string, file: Buffer | string ): void {
	mkdirSync( join( folder, 'damaged' ), { recursive: true } );
	writeFileSync( join( folder, 'damaged', name ), file );
}
