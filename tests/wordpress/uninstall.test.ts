import { afterEach, describe, expect, it } from 'vitest';
import { uploadNoise } from './photos.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

/** What is left of the plugin once it is deleted; it is installed anew afterwards. */
const uninstall = async () =>
	( await site() ).wp.evaluate( `
		global $wpdb;
		SlashImage\\Lifecycle::uninstall();
		$left = [
			$wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%slashimage%' AND option_name NOT LIKE '%transient%'" ),
			$wpdb->get_col( "SHOW TABLES LIKE '%slashimage%'" ),
			$wpdb->get_col( "SELECT meta_key FROM {$wpdb->postmeta} WHERE meta_key LIKE '%slashimage%'" ),
			array_filter( array_keys( array_merge( ...array_values( array_filter( _get_cron_array() ) ) ) ), fn( $hook ) => false !== strpos( $hook, 'slashimage' ) ),
		];
		SlashImage\\Lifecycle::install();
		return $left;` );

const originals = async () => {
	const { wp } = await site();
	return ( await wp.evaluate( `
		$files = 0;
		foreach ( glob( wp_get_upload_dir()['basedir'] . '/slashimage-backup*', GLOB_ONLYDIR ) as $folder ) { foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $folder, FilesystemIterator::SKIP_DOTS ) ) as $file ) { $files += preg_match( '/\\.jpg$/', $file ); } }
		return $files;` ) ) as number;
};

const optimized = async () => {
	const { reset } = await site();
	await reset();
	await connect();
	const ids = await uploadNoise( 1 );
	await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
	return ids;
};

afterEach( async () => ( await site() ).reset() );

describe( 'uninstalling', () => {
	it( 'leaves nothing behind but the originals', async () => {
		await optimized();
		const kept = await originals();
		expect( kept ).toBeGreaterThan( 1 );
		expect( await uninstall() ).toEqual( [ [], [], [], [] ] );
		expect( await originals() ).toBe( kept );
	} );

	it.runIf( native )(
		'takes the originals along where somebody said so, and leaves the images as they are',
		async () => {
			const { admin, wp } = await site();
			const [ id ] = await optimized();
			const sum = () => wp.evaluate( `return md5_file( get_attached_file( ${ id } ) );` );
			const before = await sum();
			expect( ( await admin.rest( 'POST', '/settings', { keep_backups: false } ) ).body ).toMatchObject( {
				keep_backups: false,
				emails: true,
				backup_folder: expect.stringMatching(
					/^wp-content\/uploads\/slashimage-backup-[0-9a-f]{32}$/
				) as string,
			} );
			expect( await uninstall() ).toEqual( [ [], [], [], [] ] );
			expect( await originals() ).toBe( 0 );
			expect( await sum() ).toBe( before );
		}
	);
} );
