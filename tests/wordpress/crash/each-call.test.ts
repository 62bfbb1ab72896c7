import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadNoise } from '../photos.ts';
import { states } from '../queue.ts';
import { askedAgain, site } from '../site.ts';
import { expectNothingKept, expectSwept, expectTrue, expectWhole, filesOf, type Sums } from './disk.ts';
import { callsOf, killedAt, restore, run, work, type Call } from './process.ts';
import { again, ask, beAlive, beStill, expectSentOnce, fresh, later } from './queue.ts';

// Processes that are killed, and the system calls they were killed at.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const isWhole = process.env[ 'SLASHIMAGE_LONG' ] === '1';

/** How many of each kind are tried unless all are: of what a file is put in place with, every one. */
const some: Record< string, number > = { rename: 100, unlink: 100, chmod: 2, openat: 3, write: 3 };

/** As on a site that has no folder of originals yet. */
const makesFolder = 'SlashImage\\Files\\Vault::delete_all();';

/** The kills are one before each call: after the last call is before the next one. */
function chosen( calls: Call[] ): Call[] {
	if ( isWhole ) {
		return calls;
	}
	return [ ...new Set( calls.map( ( { name } ) => name ) ) ].flatMap( ( name ) => {
		const all = calls.filter( ( call ) => call.name === name );
		const most = Math.min( all.length, some[ name ] ?? 2 );
		return Array.from(
			{ length: most },
			( _, index ) => all[ Math.floor( ( index * all.length ) / most ) ] as Call
		);
	} );
}

describe.runIf( native )( 'killed at each call that changes a disk', () => {
	let id = 0;
	let originals: Sums = {};
	let results: Sums = {};
	let calls: Record< 'first' | 'work' | 'restore', Call[] > = { first: [], work: [], restore: [] };

	beforeAll( async () => {
		await beStill();
		await fresh();
		// Of five files: one more than a group.
		[ id = 0 ] = await uploadNoise( 1, 1100, 700 );
		originals = await filesOf( [ id ] );
		// The site is not new: other tests have had originals kept.
		await ( await site() ).wp.evaluate( makesFolder );
		const first = await callsOf( work );
		results = await filesOf( [ id ] );
		await run( restore( id ) );
		await ask( [ id ] );
		calls = { first, work: await callsOf( work ), restore: await callsOf( restore( id ) ) };
		expect( await filesOf( [ id ] ) ).toEqual( originals );
	} );

	afterAll( beAlive );

	const rows = async () => states( await ( await site() ).rows() );

	it( 'of a replacement: files are whole, nothing is lost, and it is done in the end', async () => {
		expect( calls.work.filter( ( { name } ) => name === 'rename' ).length ).toBeGreaterThanOrEqual( 15 );
		await replace( chosen( calls.work ) );
	}, 1_800_000 );

	it( 'of the first replacement of all, which makes the folder of the originals', async () => {
		const making = calls.first.filter(
			( { name, text } ) => name === 'mkdir' || /README|htaccess|index\.html/.test( text )
		);
		expect( making.length ).toBeGreaterThan( 6 );
		await replace( making, makesFolder );
	}, 1_800_000 );

	async function replace( at: Call[], before = '' ): Promise< void > {
		for ( const call of at ) {
			await ask( [ id ] );
			await ( await site() ).wp.evaluate( before );
			expect( ( await killedAt( work, call ) ).killed, call.text ).toBe( true );
			await expectWhole( originals, results, call.text );
			await later();
			await run( work );
			expect( await rows(), call.text ).toEqual( [ [ 'optimized', '' ] ] );
			expect( await filesOf( [ id ] ), call.text ).toEqual( results );
			await expectSentOnce( 1, call.text );
			await expectSwept( call.text );
			await expectTrue( [ id ], call.text );
			expect( await run( restore( id ) ), call.text ).toEqual( { killed: false, output: '' } );
			expect( await filesOf( [ id ] ), call.text ).toEqual( originals );
			await expectTrue( [ id ], call.text );
		}
	}

	it( 'and again at the same one: what was sent twice in vain is sent again only where a person asks for it', async () => {
		await ask( [ id ] );
		// The answers are there, and the original of the first is about to be kept.
		// Not the ones that find out whether the folders can do that.
		const first = calls.work.find(
			( { name, text } ) => name === 'rename' && /, "[^"]*\/noise-/.test( text )
		) as Call;
		for ( const claims of [ '1', '2' ] ) {
			expect( ( await killedAt( work, first ) ).killed ).toBe( true );
			expect( ( await ( await site() ).rows() )[ 0 ] ).toMatchObject( { state: 'optimizing', claims } );
			await later();
		}
		await run( work );
		expect( await rows() ).toEqual( [ [ 'failed', 'interrupted' ] ] );
		expect( [ ...( await again() ).values() ] ).toEqual( [ 2, 2, 2, 2 ] );
		await askedAgain();
		expect( await filesOf( [ id ] ) ).toEqual( originals );
		await ask( [ id ] );
		await run( work );
		expect( await rows() ).toEqual( [ [ 'optimized', '' ] ] );
		expect( await again() ).toEqual( new Map() );
		expect( await run( restore( id ) ) ).toEqual( { killed: false, output: '' } );
		expect( await filesOf( [ id ] ) ).toEqual( originals );
	}, 120_000 );

	it( 'of a restore: files are whole, no original is lost, and it goes on when asked again', async () => {
		expect( calls.restore.filter( ( { name } ) => name === 'rename' ).length ).toBeGreaterThanOrEqual( 5 );
		for ( const call of chosen( calls.restore ) ) {
			await ask( [ id ] );
			await run( work );
			expect( await rows(), call.text ).toEqual( [ [ 'optimized', '' ] ] );
			expect( ( await killedAt( restore( id ), call ) ).killed, call.text ).toBe( true );
			await expectWhole( originals, results, call.text );
			expect( await rows(), call.text ).toEqual( [ [ 'not_optimized', 'restore_interrupted' ] ] );
			expect( await run( restore( id ) ), call.text ).toEqual( { killed: false, output: '' } );
			expect( await rows(), call.text ).toEqual( [ [ 'not_optimized', 'restored' ] ] );
			expect( await filesOf( [ id ] ), call.text ).toEqual( originals );
			await expectNothingKept( originals, call.text );
			await expectSwept( call.text );
			await expectTrue( [ id ], call.text );
		}
	}, 1_800_000 );
} );
