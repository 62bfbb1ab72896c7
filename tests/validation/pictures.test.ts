import { expect, it } from 'vitest';
import { outcomes } from '../../src/validation/outcomes.ts';
import { carried, differenceOf, pictureRules } from '../../src/validation/pictures.ts';
import { comparisonVectors } from './vectors.ts';

it.each( comparisonVectors )( 'of %j: %s', ( comparison, outcome ) => {
	expect( differenceOf( comparison ) ).toBe( outcome );
} );

it( 'has a vector for each outcome that refuses', () => {
	const all = new Set( pictureRules.map( ( { outcome } ) => outcome ) );
	expect(
		[ ...all ].filter( ( code ) => ! comparisonVectors.some( ( [ , outcome ] ) => outcome === code ) )
	).toEqual( [] );
	expect( [ ...all ].map( ( code ) => outcomes[ code ].image ) ).toEqual( [ ...all ].map( () => 'failed' ) );
} );

it( 'has an image not supported that would lose something', () => {
	const codes = Object.values( carried );
	expect( codes.map( ( code ) => outcomes[ code ].image ) ).toEqual( codes.map( () => 'unsupported' ) );
} );
