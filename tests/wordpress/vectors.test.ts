import { expect, it } from 'vitest';
import { answerVectors, keyVectors } from '../validation/vectors.ts';
import { site } from './site.ts';

// Through JSON in base64, so that no quoting stands between a vector and the PHP.
const php = ( value: unknown ) =>
	`json_decode( base64_decode( '${ Buffer.from( JSON.stringify( value ) ).toString( 'base64' ) }' ), true )`;

it( 'reads every pasted key as TypeScript does', async () => {
	const { wp } = await site();
	const read = await wp.evaluate(
		`return array_map( fn( $v ) => SlashImage\\Key_Shape::read( $v[0] ), ${ php( keyVectors ) } );`
	);
	expect( read ).toMatchObject( keyVectors.map( ( [ , cause, key ] ) => ( key ? { cause, key } : { cause } ) ) );
} );

it( 'reads every answer as TypeScript does', async () => {
	const { wp } = await site();
	const read = await wp.evaluate(
		`return array_map( fn( $v ) => [ $v[0], $v[1], $v[2], SlashImage\\Answer::read( $v[0], $v[1], $v[2], new ArrayObject() )->outcome ], ${ php( answerVectors ) } );`
	);
	expect( read ).toEqual( answerVectors );
} );

it( 'takes bytes that are no text for no key', async () => {
	const { wp } = await site();
	expect(
		await wp.evaluate(
			`return SlashImage\\Key_Shape::read( "\\xff\\xfesk_live_" . str_repeat( 'a', 48 ) . "\\xc3" )['cause'];`
		)
	).toBe( 'key_unknown' );
} );

it( 'believes Retry-After up to the hour, in seconds or as a date', async () => {
	const { wp } = await site();
	const seconds = ( header: string ) =>
		`SlashImage\\Hold::seconds( 'service_busy', 0, SlashImage\\Answer::read( 'optimize', 503, '', new ArrayObject( [ 'retry-after' => ${ header } ] ) )->retry_after )`;
	expect(
		await wp.evaluate(
			`return [ ${ [ "'120'", "'999999999999'", 'gmdate( DATE_RFC7231, time() + 300 )', "'soon'", "'-5'", "''" ].map( seconds ).join( ',' ) } ];`
		)
	).toEqual( [ 120, 3600, expect.closeTo( 300, -1 ), 60, 60, 60 ] );
} );
