import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostRequestSentences } from '../../src/validation/host-sentences.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';

// Which image, which action, which check a request is about stands in its address. What is sent along says nothing of it.

describe( 'the parameters of an address', () => {
	let ids: [ number, number ];

	beforeAll( async () => {
		const { reset, upload } = await site();
		await reset();
		ids = ( await upload( 2 ) ) as [ number, number ];
		await connect();
		await until( ( rows ) => rows.length === 2 && rows.every( ( { state } ) => state === 'optimized' ) );
	} );

	const states = async () =>
		( await site() ).wp.evaluate(
			`return array_values( array_map( fn( $row ) => $row->state, SlashImage\\Queue::rows( [ ${ ids } ] ) ) );`
		);

	it.each( [
		[ 'in the body', '', true ],
		[ 'in the query', '?id=', false ],
	] )( "another image's id %s changes nothing about which image it is", async ( _, query, inBody ) => {
		const { admin } = await site();
		const path = `/images/${ ids[ 0 ] }/restore${ query ? query + ids[ 1 ] : '' }`;
		const { status, body } = await admin.rest( 'POST', path, inBody ? { id: ids[ 1 ] } : undefined );
		expect( [ status, body[ 'id' ] ] ).toEqual( [ 200, ids[ 0 ] ] );
		expect( await states() ).toEqual( [ 'not_optimized', 'optimized' ] );
		await admin.rest( 'POST', `/images/${ ids[ 0 ] }/optimize` );
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
	} );

	it( 'another action in the body or the query is not done', async () => {
		const { admin } = await site();
		for ( const [ path, body ] of [
			[ `/images/${ ids[ 0 ] }/optimize`, { action: 'restore' } ],
			[ `/images/${ ids[ 0 ] }/optimize?action=restore`, undefined ],
		] as const ) {
			// It is optimized already.
			expect( ( await admin.rest( 'POST', path, body ) ).status ).toBe( 409 );
		}
		expect( await states() ).toEqual( [ 'optimized', 'optimized' ] );
		expect( ( await admin.rest( 'GET', `/images/${ ids[ 0 ] }?id=${ ids[ 1 ] }` ) ).body ).toMatchObject( {
			id: ids[ 0 ],
		} );
		await admin.rest( 'POST', '/images/retry', { action: 'optimize' } );
		expect( await states() ).toEqual( [ 'optimized', 'optimized' ] );
	} );

	it.each( [ 'explode', 'RESTORE', 'Optimize', 'restore%20', '1' ] )(
		'an unknown action, %s: 400',
		async ( name ) => {
			const { admin } = await site();
			for ( const path of [
				`/images/${ ids[ 0 ] }/${ name }`,
				`/images/999999/${ name }`,
				`/images/${ name }`,
			] ) {
				const { status, body } = await admin.rest( 'POST', path );
				expect( [ path, status, body.code, body.message ] ).toEqual( [
					path,
					400,
					'action_unknown',
					hostRequestSentences.action_unknown,
				] );
			}
			expect( await states() ).toEqual( [ 'optimized', 'optimized' ] );
		}
	);

	it( 'what cannot be done with all images at once is an unknown action there', async () => {
		const { admin } = await site();
		expect( ( await admin.rest( 'POST', '/images/restore' ) ).status ).toBe( 400 );
		expect( await states() ).toEqual( [ 'optimized', 'optimized' ] );
	} );

	it.each( [ 'nothing', 'KEY', 'Queue' ] )( 'an unknown check of the doctor, %s: 400', async ( name ) => {
		const { admin } = await site();
		expect( ( await admin.rest( 'POST', `/doctor/${ name }` ) ).status ).toBe( 400 );
		expect( ( await admin.rest( 'POST', `/doctor/${ name }`, { check: 'key' } ) ).status ).toBe( 400 );
		expect( ( await admin.rest( 'POST', '/doctor/key', { check: name } ) ).body ).toMatchObject( { check: 'key' } );
	} );

	it.each( [ '0', '99999999999999999999', '18446744073709551617' ] )(
		'a number that is no id, %s: 404, also where an attachment is at hand',
		async ( id ) => {
			const { admin } = await site();
			// WordPress takes a 0 for the post at hand.
			await addMuPlugin(
				'00-at-hand',
				`add_action( 'rest_api_init', fn() => $GLOBALS['post'] = get_post( ${ ids[ 0 ] } ) );`
			);
			for ( const [ method, path ] of [
				[ 'GET', '' ],
				[ 'POST', '/restore' ],
			] as const ) {
				expect( ( await admin.rest( method, `/images/${ id }${ path }` ) ).status ).toBe( 404 );
			}
			await removeMuPlugin( '00-at-hand' );
			expect( await states() ).toEqual( [ 'optimized', 'optimized' ] );
		}
	);

	it.each( [ 'post', 'page' ] )( 'a %s is no image', async ( type ) => {
		const { admin, wp } = await site();
		const id = await wp.evaluate( `return wp_insert_post( [ 'post_type' => '${ type }', 'post_title' => 'x' ] );` );
		expect( ( await admin.rest( 'GET', `/images/${ String( id ) }` ) ).status ).toBe( 404 );
		expect( ( await admin.rest( 'POST', `/images/${ String( id ) }/optimize`, { id: ids[ 0 ] } ) ).status ).toBe(
			404
		);
		expect( ( await admin.rest( 'GET', `/images/-1` ) ).status ).toBe( 404 );
	} );

	beforeEach( async () => {
		expect( await ( await site() ).log() ).toBe( '' );
	} );
} );
