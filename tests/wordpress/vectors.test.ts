import { describe, expect, it } from 'vitest';
import { imageStates } from '../../src/validation/image-state.ts';
import { answerVectors, comparisonVectors, imageVectors, keyVectors } from '../validation/vectors.ts';
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

it( 'refuses an answer as TypeScript does', async () => {
	const { wp } = await site();
	const refused = await wp.evaluate(
		`return array_map( fn( $v ) => SlashImage\\Files\\Comparison::outcome( $v[0] ), ${ php( comparisonVectors ) } );`
	);
	expect( refused ).toEqual( comparisonVectors.map( ( [ , outcome ] ) => outcome ?? '' ) );
} );

describe( 'an image', () => {
	const connections = [ 'connected', 'reconnect', 'disconnected', 'unchecked' ] as const;

	/** Puts the vectors into the table, their ids their numbers, and answers what PHP makes of them. */
	const look = async ( code: string ) => {
		const { wp, reset } = await site();
		await reset();
		const seen = await wp.evaluate(
			`$table = SlashImage\\Queue::table();
			foreach ( ${ php( imageVectors ) } as $number => $v ) {
				$GLOBALS['wpdb']->insert( $table, [ 'attachment_id' => $number + 1, 'state' => $v[0], 'cause' => $v[1], 'due_at' => time() + ( isset( $v[3] ) ? -5 : 600 ) ] );
			}
			$seen = [];
			foreach ( ${ php( connections ) } as $connection ) {
				${ code }
			}
			$GLOBALS['wpdb']->query( "DELETE FROM $table" );
			return $seen;`
		);
		return seen as Record< string, unknown >;
	};

	const shown = ( connection: ( typeof connections )[ number ] ) =>
		imageVectors.map( ( vector ) => vector[ 2 ][ connection ] );

	it( 'is shown by PHP as the vectors say', async () => {
		const seen = await look(
			`foreach ( $GLOBALS['wpdb']->get_results( "SELECT * FROM $table ORDER BY attachment_id" ) as $row ) { $seen[ $connection ][] = SlashImage\\Image_View::state( $row, $connection ); }`
		);
		for ( const connection of connections ) {
			expect( seen[ connection ] ).toEqual( shown( connection ) );
		}
	} );

	it( 'is found in the database under the state it shows, and under no other', async () => {
		const seen = await look(
			`SlashImage\\Queue\\Claim::heal();
			foreach ( ${ php( imageStates ) } as $state ) { $seen[ $connection ][ $state ] = array_map( 'intval', $GLOBALS['wpdb']->get_col( "SELECT attachment_id FROM $table WHERE " . SlashImage\\Image_View::where( $state, $connection ) . ' ORDER BY attachment_id' ) ); }`
		);
		for ( const connection of connections ) {
			const found = imageStates.map( ( state ) => [
				state,
				shown( connection ).flatMap( ( its, number ) => ( its === state ? [ number + 1 ] : [] ) ),
			] );
			expect( [ connection, seen[ connection ] ] ).toEqual( [ connection, Object.fromEntries( found ) ] );
		}
	} );
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
