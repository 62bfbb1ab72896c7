import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanKey, fingerprint, readKey } from '../../src/validation/key.ts';
import { keyVectors, live, sub } from './vectors.ts';

describe( 'readKey', () => {
	const named = keyVectors.map( ( [ pasted, cause, key ] ) => ( { pasted, cause, key } ) );
	it.each( named )( 'reads $pasted as $cause', ( { pasted, cause, key } ) => {
		const reading = readKey( pasted );
		expect( reading.ok ? null : reading.cause ).toBe( cause );
		if ( key ) {
			expect( reading.key ).toBe( key );
		}
	} );

	it( 'counts what is missing and what is too many', () => {
		expect( readKey( live.slice( 0, -4 ) ) ).toMatchObject( { cause: 'key_cut_off', count: 4 } );
		expect( readKey( 'sk_sub_' ) ).toMatchObject( { cause: 'key_cut_off', count: 48 } );
		expect( readKey( `${ sub }abc` ) ).toMatchObject( { cause: 'key_too_long', count: 3 } );
	} );

	it( 'names the first character that can not be in a key, whole', () => {
		expect( readKey( `${ live.slice( 0, -2 ) }g!` ) ).toMatchObject( { character: 'g' } );
		expect( readKey( `${ sub.slice( 0, -1 ) }😀` ) ).toMatchObject( { character: '😀' } );
	} );

	it( 'says what cleaning took away', () => {
		expect( readKey( `"\u200b ${ live.toUpperCase() }"` ).removed ).toEqual( [
			'hidden',
			'wrapping',
			'upper_case',
		] );
		expect( readKey( ` Bearer ${ live }` ).removed ).toEqual( [ 'wrapping' ] );
		expect( readKey( `${ live }\n` ).removed ).toEqual( [ 'spaces' ] );
		expect( readKey( live ).removed ).toEqual( [] );
	} );

	it( 'never throws, whatever is pasted', () => {
		fc.assert(
			fc.property( fc.string( { unit: 'binary', maxLength: 200 } ), ( text ) => {
				const reading = readKey( text );
				return reading.ok || reading.cause.startsWith( 'key_' );
			} )
		);
	} );

	it( 'is quick with a whole book', () => {
		const book = ' '.repeat( 1_000_000 );
		const start = performance.now();
		expect( readKey( book ) ).toMatchObject( { cause: 'key_empty' } );
		expect( readKey( `"${ book }` ).ok ).toBe( false );
		expect( performance.now() - start ).toBeLessThan( 1000 );
	} );

	it( 'takes nothing but keys', () => {
		fc.assert( fc.property( fc.string( { unit: 'grapheme' } ), ( text ) => ! readKey( text ).ok ) );
	} );
} );

const keys = fc
	.tuple( fc.constantFrom( 'sk_live_', 'sk_sub_' ), fc.stringMatching( /^[0-9a-f]{48}$/ ) )
	.map( ( [ prefix, body ] ) => prefix + body );
const wraps = fc
	.array( fc.constantFrom( ' ', '\n', '\u00a0', '\u200b', '\ufeff', '"', '“', '`', '\t', '\u2028' ), {
		maxLength: 6,
	} )
	.map( ( parts ) => parts.join( '' ) );

describe( 'cleanKey', () => {
	it( 'is the same twice as once', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string( { unit: 'binary' } ),
					fc.tuple( wraps, keys, wraps ).map( ( parts ) => parts.join( '' ) )
				),
				( text ) => {
					const { key } = cleanKey( text );
					expect( cleanKey( key ).key ).toBe( key );
				}
			),
			{ numRuns: 1000 }
		);
	} );

	it( 'lets a valid key survive any wrapping', () => {
		fc.assert(
			fc.property(
				keys,
				wraps,
				wraps,
				fc.boolean(),
				fc.boolean(),
				fc.nat( 55 ),
				( key, before, after, bearer, upper, at ) => {
					const shown = upper ? key.toUpperCase() : key;
					const broken = `${ shown.slice( 0, at ) }\u200b\n${ shown.slice( at ) }`;
					expect( readKey( `${ before }${ bearer ? 'Bearer ' : '' }${ broken }${ after }` ) ).toMatchObject( {
						ok: true,
						key,
					} );
				}
			)
		);
	} );
} );

describe( 'fingerprint', () => {
	it( 'shows the prefix and the last four characters', () => {
		expect( fingerprint( live ) ).toBe( 'sk_live_…cdef' );
		expect( fingerprint( sub ) ).toBe( 'sk_sub_…cdef' );
	} );

	it( 'shows nothing of what is not a key', () => {
		expect( fingerprint( 'my password' ) ).toBe( '' );
		expect( fingerprint( `${ live }0` ) ).toBe( '' );
	} );
} );
