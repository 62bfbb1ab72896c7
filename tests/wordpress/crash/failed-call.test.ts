import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadNoise } from '../photos.ts';
import { site } from '../site.ts';
import { expectSwept, expectTrue, expectWhole, filesOf, type Sums } from './disk.ts';
import { callsOf, failedAt, restore, run, work, type Call } from './process.ts';
import { ask, beAlive, beStill, expectSentOnce, fresh, later } from './queue.ts';

// The system says no in the middle: a disk that is full, a folder that is closed.
const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const isWhole = process.env[ 'SLASHIMAGE_LONG' ] === '1';

const errors: Record< string, string > = { rename: 'EACCES', write: 'ENOSPC', openat: 'EROFS', chmod: 'EPERM' };

/** All renames of files, and of the rest a few, unless all are tried. */
const chosen = ( calls: Call[] ) =>
	calls.filter( ( { name }, index ) => name in errors && ( isWhole || name === 'rename' || index % 17 === 0 ) );

describe.runIf( native )( 'a call that fails', () => {
	let id = 0;
	let originals: Sums = {};
	let results: Sums = {};

	beforeAll( async () => {
		await beStill();
		await fresh();
		[ id = 0 ] = await uploadNoise( 1, 1100, 700 );
		originals = await filesOf( [ id ] );
		await run( work );
		results = await filesOf( [ id ] );
		await run( restore( id ) );
	} );

	afterAll( beAlive );

	it( 'in a replacement: nothing is noted that was not done, nothing is lost, and it is done in the end', async () => {
		await ask( [ id ] );
		const calls = await callsOf( work );
		await run( restore( id ) );
		for ( const call of chosen( calls ) ) {
			await ask( [ id ] );
			await failedAt( work, call, errors[ call.name ] ?? 'EIO' );
			await expectWhole( originals, results, call.text );
			const row = ( await ( await site() ).rows() )[ 0 ];
			expect( [ 'waiting', 'optimized' ], call.text ).toContain( row?.state );
			await expectNoted( call.text );
			await later();
			await ( await site() ).wp.evaluate( `SlashImage\\Connection::lift( 'storage' );` );
			await run( work );
			expect( await filesOf( [ id ] ), call.text ).toEqual( results );
			await expectTrue( [ id ], call.text );
			// What could not be stored came once more.
			await expectSentOnce( 1, call.text );
			expect( await run( restore( id ) ), call.text ).toEqual( { killed: false, output: '' } );
			expect( await filesOf( [ id ] ), call.text ).toEqual( originals );
			await expectSwept( call.text );
		}
	}, 1_800_000 );

	/** What is noted of a file is what it is. */
	async function expectNoted( when: string ): Promise< void > {
		const wrong = await (
			await site()
		).wp.evaluate( `
			wp_cache_flush();
			$notes = get_post_meta( ${ id }, '_slashimage', true )['files'] ?? [];
			$folder = dirname( get_attached_file( ${ id } ) );
			return array_keys( array_filter( $notes, fn( $note, $name ) => hash_file( 'sha256', "$folder/$name" ) !== $note['is'], ARRAY_FILTER_USE_BOTH ) );` );
		expect( wrong, when ).toEqual( [] );
	}
} );
