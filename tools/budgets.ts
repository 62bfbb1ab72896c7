import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Budget {
	name: string;
	files: readonly string[];
	/** Bytes, gzipped, all files together. */
	limit: number;
}

/** What loads on other people's screens has to be next to nothing; what one person opens on purpose may weigh more. */
export const budgets: readonly Budget[] = [
	{ name: 'notices', files: [ 'notices.js' ], limit: 2000 },
	{ name: 'status', files: [ 'status.js', 'status.css' ], limit: 7000 },
	{ name: 'admin', files: [ 'admin.js', 'admin.css' ], limit: 23000 },
	// Loaded when the checks are unfolded.
	{ name: 'doctor', files: [ 'doctor.js', 'doctor.css' ], limit: 18000 },
	{ name: 'network', files: [ 'network.js', 'network.css' ], limit: 21000 },
];

/** Returns the gzipped weight of a folder's files together; one that is not there weighs nothing. */
export function weigh( folder: string, files: readonly string[] ): number {
	return files
		.map( ( file ) => join( folder, file ) )
		.filter( existsSync )
		.reduce( ( sum, path ) => sum + gzipSync( readFileSync( path ), { level: 9 } ).length, 0 );
}

/** Prints the weights as a table. Throws when something is heavier than it may be, naming it. */
export function checkBudgets( folder: string, of: readonly Budget[] = budgets ): void {
	const weighed = of.map( ( budget ) => ( { ...budget, weight: weigh( folder, budget.files ) } ) );
	for ( const { name, files, weight, limit } of weighed ) {
		const numbers = `${ weight }`.padStart( 7 ) + ' of ' + `${ limit }`.padStart( 6 );
		console.log( `${ name.padEnd( 9 ) }${ numbers } bytes gzipped  (${ files.join( ', ' ) })` );
	}
	const heavy = weighed.filter( ( { weight, limit } ) => weight >= limit );
	if ( heavy.length ) {
		const list = heavy.map(
			( { name, weight, limit } ) => `${ name }: ${ weight } bytes, under ${ limit } allowed`
		);
		throw new Error( `Too heavy: ${ list.join( '; ' ) }` );
	}
}
