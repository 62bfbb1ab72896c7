import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../src/validation/answer-rules.ts';
import { readAnswer } from '../../src/validation/answer.ts';
import { outcomes, outcome, type OutcomeCode } from '../../src/validation/outcomes.ts';
import { hostSentences } from '../../src/validation/host-sentences.ts';
import { outcomeSentences } from '../../src/validation/sentences.ts';
import { answerVectors } from './vectors.ts';

describe( 'readAnswer', () => {
	it.each( answerVectors )( 'reads %s %i %s as %s', ( endpoint, status, body, expected ) => {
		expect( readAnswer( { endpoint, status, body } ) ).toBe( expected );
	} );

	it( 'has a vector for every rule', () => {
		const seen = new Set( answerVectors.map( ( vector ) => vector[ 3 ] ) );
		expect( rules.filter( ( rule ) => ! seen.has( rule.outcome ) ) ).toEqual( [] );
	} );

	const codes = fc.oneof( fc.constantFrom( ...Object.keys( outcomes ) ), fc.string(), fc.constant( undefined ) );
	const envelopes = fc
		.record( {
			success: fc.oneof( fc.boolean(), fc.string() ),
			error: fc.oneof( fc.string(), fc.constant( null ) ),
			code: codes,
		} )
		.map( ( body ) => JSON.stringify( body ) );
	const bodies = fc.oneof( envelopes, fc.string( { unit: 'binary' } ), fc.json(), fc.constant( '<html>' ) );
	const answers = fc.record( {
		endpoint: fc.constantFrom( 'check', 'optimize', 'probe' ),
		status: fc.oneof( fc.integer( { min: 0, max: 999 } ), fc.constantFrom( 200, 401, 402, 403, 429, 500, 503 ) ),
		body: bodies,
	} as const );

	it( 'gives any status and body exactly one outcome of the table', () => {
		fc.assert(
			fc.property( answers, ( answer ) => readAnswer( answer ) in outcomes ),
			{ numRuns: 2000 }
		);
	} );

	it( 'reconnects for the documented refusals only', () => {
		fc.assert(
			fc.property( answers, ( answer ) => {
				if ( outcome( readAnswer( answer ) ).connection === 'reconnect' ) {
					const body = JSON.parse( answer.body ) as Record< string, unknown >;
					expect( answer.status ).toBe( 401 );
					expect( body[ 'success' ] ).toBe( false );
					expect( body[ 'error' ] ).toBeTypeOf( 'string' );
				}
			} ),
			{ numRuns: 5000 }
		);
	} );
} );

describe( 'outcomes', () => {
	const rows = Object.entries( outcomes ).map(
		( [ code ] ) => [ code as OutcomeCode, outcome( code as OutcomeCode ) ] as const
	);

	it( 'reconnects exactly where a check is refused, with a reason and a notice', () => {
		for ( const [ code, row ] of rows ) {
			expect( [ code, row.connection === 'reconnect' ] ).toEqual( [ code, row.check === 'refused' ] );
			expect( [ code, Boolean( row.reason && row.notice ) ] ).toEqual( [ code, row.check === 'refused' ] );
		}
	} );

	it( 'keeps every image that is not finished waiting for something', () => {
		for ( const [ code, row ] of rows.filter( ( [ , { check } ] ) => check !== 'accepted' ) ) {
			expect( [ code, row.retry === 'never' ] ).toEqual( [ code, row.image !== 'waiting' ] );
		}
	} );

	it( 'never fails an image for an outage', () => {
		for ( const code of [ 'no_answer', 'redirected', 'unexpected', 'server_error', 'service_busy' ] as const ) {
			expect( outcome( code ) ).toMatchObject( { connection: 'unchanged', image: 'waiting' } );
		}
	} );

	it( 'has a sentence for each', () => {
		expect( Object.keys( { ...outcomeSentences, ...hostSentences } ).sort() ).toEqual(
			Object.keys( outcomes ).sort()
		);
	} );
} );
