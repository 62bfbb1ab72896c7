import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadNoise } from '../photos.ts';
import { states } from '../queue.ts';
import { site } from '../site.ts';
import { expectSwept, expectTrue, expectWhole, filesOf } from './disk.ts';
import { killedAfter, restore, run, work } from './process.ts';
import { ask, atRest, beAlive, beStill, expectSentOnce, fresh, later } from './queue.ts';

// Processes that are killed.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const isWhole = process.env[ 'SLASHIMAGE_LONG' ] === '1';

const [ IMAGES, KILLS ] = isWhole ? [ 50, 200 ] : [ 6, 15 ];

beforeAll( beStill );

afterAll( beAlive );

const moment = () => 5 + Math.floor( Math.random() * 395 );

describe.runIf( native )( `${ IMAGES } images, and ${ KILLS } kills at random`, () => {
	it(
		'lose nothing, send nothing a third time, and are done in the end',
		async () => {
			const { rows, wp } = await site();
			await fresh();
			const ids = await uploadNoise( IMAGES, 900, 600 );
			const originals = await filesOf( ids );
			// What each becomes is always the same.
			await run( work );
			while ( ! atRest( await rows() ) ) {
				await later();
				await run( work );
			}
			const results = await filesOf( ids );
			for ( const id of ids ) {
				await run( restore( id ) );
			}
			expect( await filesOf( ids ) ).toEqual( originals );
			await ask( ids );

			let killed = 0;
			let since = 0;
			for ( let tries = 0; killed < KILLS; tries++ ) {
				expect( tries ).toBeLessThan( 4 * KILLS );
				if ( atRest( await rows() ) ) {
					// Done too soon: a person has them all put back, is interrupted now and then, and asks for them again.
					await settle( killed, since );
					for ( const id of ids ) {
						killed += ( await killedAfter( restore( id ), moment() / 4 ) ).killed ? 1 : 0;
						await expectWhole( originals, results, 'a restore that was killed' );
						await run( restore( id ) );
					}
					expect( await filesOf( ids ) ).toEqual( originals );
					await ask( ids );
					since = killed;
				}
				killed += ( await killedAfter( work, moment() ) ).killed ? 1 : 0;
				await expectWhole( originals, results, `kill ${ killed }` );
				await later();
			}
			while ( ! atRest( await rows() ) ) {
				await later();
				await run( work );
			}
			await settle( killed, since );
			expect( await filesOf( ids ) ).toEqual( results );
			await expectSwept( 'in the end' );
			await expectTrue( ids, 'in the end' );
			for ( const id of ids ) {
				expect( await run( restore( id ) ) ).toEqual( { killed: false, output: '' } );
			}
			expect( await filesOf( ids ) ).toEqual( originals );

			/** All are done; those that lost an answer twice were given up, and a person asks for them again. */
			async function settle( kills: number, before: number ): Promise< void > {
				await expectSentOnce( kills - before, `after ${ kills } kills` );
				const given = ( await rows() ).filter( ( { state } ) => state === 'failed' );
				expect( given.every( ( { cause } ) => cause === 'interrupted' ) ).toBe( true );
				await wp.evaluate( `SlashImage\\Queue::start( [ 'failed' ] );` );
				await later();
				await run( work );
				expect( states( await rows() ) ).toEqual( ids.map( () => [ 'optimized', '' ] ) );
			}
		},
		isWhole ? 1_800_000 : 180_000
	);
} );
