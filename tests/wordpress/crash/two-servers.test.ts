import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadNoise } from '../photos.ts';
import { states } from '../queue.ts';
import { site } from '../site.ts';
import { expectSwept, expectTrue, expectWhole, filesOf } from './disk.ts';
import { begin, ended, restore, run } from './process.ts';
import { atRest, beAlive, beStill, expectSentOnce, fresh, later } from './queue.ts';

// Two PHP servers: the site's own, and processes on the command line.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const isWhole = process.env[ 'SLASHIMAGE_LONG' ] === '1';

const IMAGES = isWhole ? 500 : 24;

beforeAll( beStill );

afterAll( beAlive );

const pause = ( ms: number ) => new Promise( ( resolve ) => setTimeout( resolve, ms ) );

/** A worker that says so when it begins to send. */
const tellWhenSent = `
	add_filter( 'slashimage_optimize_timeout', function ( $seconds ) { echo "sent\\n"; return $seconds; } );
	SlashImage\\Worker::run( 0.3 );`;

describe.runIf( native )( 'two PHP servers on one database', () => {
	it(
		'work together, and one that is killed half-way costs at most what was under way',
		async () => {
			const { wp, rows, service, log } = await site();
			await fresh();
			const ids = await uploadNoise( IMAGES, 400, 300 );
			const originals = await filesOf( ids );
			const originalFiles = Object.keys( originals ).length;
			await later();

			let stops = false;
			/** The site's own server: one request after the other, as it wakes itself. */
			const here = async () => {
				while ( ! stops ) {
					await wp.evaluate( 'SlashImage\\Worker::run( 0.3 );' );
					await pause( 500 );
				}
			};
			/** The other one. It dies in the second half, while files are on their way; then another process begins. */
			const there = async () => {
				let isDead = false;
				while ( ! stops ) {
					const child = await begin( tellWhenSent );
					child.stdout?.on( 'data', ( text ) => {
						if (
							! isDead &&
							service.files.length > originalFiles / 2 &&
							String( text ).includes( 'sent' )
						) {
							isDead = child.kill( 'SIGKILL' );
						}
					} );
					if ( ( await ended( child ) ).killed ) {
						// Its lock and its lease are not waited for.
						await later();
					}
				}
				return isDead;
			};
			const finished = ( async () => {
				while ( ! atRest( await rows() ) ) {
					await pause( 200 );
				}
				stops = true;
			} )();
			const [ isDead ] = await Promise.all( [ there(), here(), finished ] );
			expect( isDead ).toBe( true );

			expect( states( await rows() ) ).toEqual( ids.map( () => [ 'optimized', '' ] ) );
			await expectSentOnce( 1, 'in the end' );
			await expectWhole( originals, await filesOf( ids ), 'in the end' );
			await expectSwept( 'in the end' );
			await expectTrue( ids, 'in the end' );
			expect( await log() ).toBe( '' );
			for ( const id of ids.slice( 0, 24 ) ) {
				expect( await run( restore( id ) ) ).toEqual( { killed: false, output: '' } );
			}
			expect( await filesOf( ids.slice( 0, 24 ) ) ).toEqual(
				Object.fromEntries( Object.entries( originals ).slice( 0, 24 * 3 ) )
			);
		},
		isWhole ? 1_800_000 : 180_000
	);
} );
