import { mkdir, rename, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account } from '../../../sandbox/native/account.ts';
import { run as command } from '../../../sandbox/wordpress/run.ts';
import { uploadNoise } from '../photos.ts';
import { states } from '../queue.ts';
import { site } from '../site.ts';
import { disk, expectSwept, expectWhole, filesOf } from './disk.ts';
import { restore, run, work } from './process.ts';
import { again, ask, beAlive, beStill, fresh, later } from './queue.ts';

// Root alone may mount a disk.
const native = process.env[ 'SLASHIMAGE_NATIVE' ] && process.getuid?.() === 0;

beforeAll( beStill );

afterAll( beAlive );

/** Puts a small disk in the place of a folder, with all that is in it, for as long as the work lasts. */
async function onSmallDisk(
	folder: string,
	megabytes: number,
	task: ( grow: () => Promise< string > ) => Promise< void >
) {
	const aside = `${ folder }-aside`;
	const owner = account().name ?? 'root';
	await rename( folder, aside );
	await mkdir( folder );
	const options = `size=${ megabytes }m,uid=${ owner },gid=${ owner },mode=0755`;
	await command( 'mount', [ '-t', 'tmpfs', '-o', options, 'slashimage-test', folder ] );
	try {
		await command( 'cp', [ '-a', `${ aside }/.`, folder ] );
		await task( () => command( 'mount', [ '-o', 'remount,size=256m', folder ] ) );
		await command( 'cp', [ '-a', `${ folder }/.`, aside ] );
	} finally {
		await command( 'umount', [ folder ] );
		await rmdir( folder );
		await rename( aside, folder );
	}
}

/** A disk that says how much is left, and one where a quota, or the host, keeps that a secret. */
const disks: [ string, string[] ][] = [
	[ 'a full disk', [] ],
	[ 'a quota that nobody can ask for', [ '-d', 'disable_functions=disk_free_space' ] ],
];

const places: [ string, string ][] = [
	[ 'the folder of the month', 'dirname( get_attached_file( $id ) )' ],
	[ 'the folder of the originals', 'SlashImage\\Files\\Vault::folder()' ],
];

const cases = disks.flatMap( ( [ kind, options ] ) =>
	places.map( ( [ place, path ] ) => [ kind, place, options, path ] as const )
);

describe.runIf( native )( 'where there is no room', () => {
	it.each( cases )(
		'%s, %s: nothing is sent or torn, no image fails, and it is done when there is room',
		async ( _kind, _place, options, path ) => {
			const { wp, service, rows } = await site();
			await fresh();
			const ids = await uploadNoise( 3, 1100, 700 );
			const originals = await filesOf( ids );
			const folder = ( await wp.evaluate( `$id = ${ ids[ 0 ] }; return ${ path };` ) ) as string;
			expect( dirname( folder ) ).not.toBe( '/' );
			const megabytes = 8;
			await onSmallDisk( folder, megabytes, async ( grow ) => {
				// All but a little: the small answers would still fit.
				await command( 'sh', [
					'-c',
					`head -c ${ megabytes }m /dev/zero > "$0/filler" 2>/dev/null || true; truncate -s -150K "$0/filler"`,
					folder,
				] );
				for ( let tries = 0; tries < 3; tries++ ) {
					await later();
					await run( work, options );
					await expectWhole( originals, {}, 'full' );
					expect( states( await rows() ).map( ( [ state ] ) => state ) ).toEqual( [
						'waiting',
						'waiting',
						'waiting',
					] );
				}
				expect( service.files ).toEqual( [] );
				expect( states( await rows() ).map( ( [ , cause ] ) => cause ) ).toContain( 'disk_full' );
				await grow();
				await command( 'rm', [ `${ folder }/filler` ] );
				await later();
				await run( work, options );
				expect( states( await rows() ) ).toEqual( ids.map( () => [ 'optimized', '' ] ) );
				expect( await again() ).toEqual( new Map() );
				await expectWhole( originals, await filesOf( ids ), 'after' );
				await expectSwept( 'after' );

				// No room to put one back: it stays as it is, and goes on later.
				const results = await filesOf( ids );
				await command( 'mount', [ '-o', `remount,size=${ megabytes }m`, folder ] ).catch( () => '' );
				await command( 'sh', [ '-c', 'head -c 300m /dev/zero > "$0/filler" 2>/dev/null || true', folder ] );
				for ( const id of ids ) {
					await run( restore( id ), options );
					await expectWhole( originals, results, 'full again' );
				}
				await command( 'rm', [ `${ folder }/filler` ] );
				await grow();
				for ( const id of ids ) {
					await run( restore( id ), options );
				}
				expect( await filesOf( ids ) ).toEqual( originals );
				expect( states( await rows() ) ).toEqual( ids.map( () => [ 'not_optimized', 'restored' ] ) );
			} );
			await ask( ids );
			await later();
			await run( work );
			expect( states( await rows() ) ).toEqual( ids.map( () => [ 'optimized', '' ] ) );
			expect( Object.keys( await disk() ).filter( ( name ) => name.includes( 'filler' ) ) ).toEqual( [] );
		},
		180_000
	);
} );
