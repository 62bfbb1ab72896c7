import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startNetwork, type Network, type Place } from './network-sites.ts';
import { uploadPhotos, type Row } from './site.ts';

// What one site of a network does for another: uploads after switch_to_blog(), and what a site may upload.

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';

describe.runIf( native )( 'a site of a network', () => {
	let network: Network;
	let shop: Place;
	let main: Place;

	beforeAll( async () => {
		network = await startNetwork();
		( { shop, main } = network.sites );
	} );

	beforeEach( async () => {
		await network.reset();
		for ( const place of [ main, shop ] ) {
			expect( ( await place.connect( network.service.issueKey() ) ).status ).toBe( 200 );
		}
		network.service.forgetRequests();
	} );

	afterAll( async () => {
		expect( await network.log() ).toBe( '' );
		await network.close();
	} );

	const done = ( place: Place ) =>
		expect
			.poll( async () => ( await place.rows() ).map( ( { state }: Row ) => state ), { timeout: 15_000 } )
			.toEqual( [ 'optimized' ] );
	const shopId = `(int) get_sites( [ 'path' => '/shop/', 'fields' => 'ids' ] )[0]`;

	it( 'wakes the right worker for an upload that another site makes for it', async () => {
		await main.evaluate(
			`switch_to_blog( ${ shopId } ); $count = 1; ( function () use ( $count ) { ${ uploadPhotos } } )(); restore_current_blog();`
		);
		await done( shop );
		expect( await main.rows() ).toEqual( [] );
	} );

	it( 'and both, where a request uploads to both, whichever it ends as', async () => {
		await main.evaluate( `
			$count  = 1;
			$upload = function () use ( $count ) { ${ uploadPhotos } };
			$upload();
			switch_to_blog( ${ shopId } );
			$upload();` );
		await done( main );
		await done( shop );
	} );

	it( 'reads no rows of another site ahead for its own', async () => {
		const [ id ] = await main.upload( 1 );
		await done( main );
		expect(
			await main.evaluate( `
			SlashImage\\Queue::read_ahead( [ ${ id } ] );
			switch_to_blog( ${ shopId } );
			$theirs = SlashImage\\Queue::rows( [ ${ id } ] );
			restore_current_blog();
			return [ count( $theirs ), count( SlashImage\\Queue::rows( [ ${ id } ] ) ) ];` )
		).toEqual( [ 0, 1 ] );
	} );

	it( 'does not lose upload space to its backups', async () => {
		const used = ( before = '' ) =>
			shop.evaluate( `
			${ before }
			delete_transient( 'dirsize_cache' );
			require_once ABSPATH . 'wp-admin/includes/admin.php';
			$files = 0;
			foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( wp_upload_dir()['basedir'], FilesystemIterator::SKIP_DOTS ) ) as $file ) {
				$files += false === strpos( $file->getPathname(), '/slashimage-backup' ) ? $file->getSize() : 0;
			}
			return [ round( get_space_used() * MB_IN_BYTES ), $files, '' !== SlashImage\\Files\\Vault::shown() ];` );
		await shop.upload( 1 );
		await done( shop );
		const [ space, files, hasVault ] = ( await used() ) as [ number, number, boolean ];
		expect( hasVault ).toBe( true );
		expect( files ).toBeGreaterThan( 10_000 );
		expect( space ).toBe( files );
		// It is our doing.
		const [ all ] = ( await used( `remove_all_filters( 'pre_recurse_dirsize' );` ) ) as [ number ];
		expect( all ).toBeGreaterThan( files + 10_000 );
	} );
} );
