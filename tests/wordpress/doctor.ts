import { expect } from 'vitest';
import { checkResultSchema, type CheckResult } from '../../src/validation/doctor-schemas.ts';
import { checks, type CheckName } from '../../src/validation/doctor.ts';
import type { Visitor } from './visitor.ts';

/** Runs the checks as the settings screen does: one after the other, up to the one that ends the run. */
export async function examine( admin: Visitor, from: CheckName = 'key' ): Promise< CheckResult[] > {
	const results: CheckResult[] = [];
	for ( const check of checks.slice( checks.indexOf( from ) ) ) {
		const answer = await admin.rest( 'POST', `/doctor/${ check }`, {} );
		expect( [ check, answer.status, answer.text ] ).toEqual( [ check, 200, expect.any( String ) ] );
		const result = checkResultSchema.parse( answer.body );
		results.push( result );
		if ( result.ends ) {
			break;
		}
	}
	return results;
}

/** The codes of everything that is not good or not needed, by check. */
export const troubles = ( results: CheckResult[] ): Record< string, string[] > =>
	Object.fromEntries(
		results
			.map(
				( { check, findings } ) => [ check, findings.filter( isTrouble ).map( ( { code } ) => code ) ] as const
			)
			.filter( ( [ , codes ] ) => codes.length > 0 )
	);

const isTrouble = ( { status }: CheckResult[ 'findings' ][ number ] ) => status === 'bad' || status === 'attention';

/** The finding of that code: what was seen, and what to do. */
export function finding( results: CheckResult[], code: string ) {
	const found = results.flatMap( ( { findings } ) => findings ).find( ( one ) => one.code === code );
	if ( ! found ) {
		throw new Error( `No ${ code } in ${ JSON.stringify( results, null, '\t' ) }` );
	}
	return found;
}

/** A secret in every way it may be written. */
export const forms = ( key: string ): string[] => [
	key,
	key.slice( 12, 40 ),
	encodeURIComponent( key ),
	Buffer.from( key ).toString( 'hex' ),
	...[ '', 'x', 'xx' ].map( ( before ) =>
		Buffer.from( before + key )
			.toString( 'base64' )
			.slice( 8, 40 )
	),
	Buffer.from( `Bearer ${ key }` ).toString( 'base64' ).slice( 12, 40 ),
	[ ...key ].map( ( character ) => `\\u${ character.charCodeAt( 0 ).toString( 16 ).padStart( 4, '0' ) }` ).join( '' ),
];
