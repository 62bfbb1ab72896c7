import { beforeEach, describe, expect, it } from 'vitest';
import { visit } from './clock.ts';
import { connect } from './queue.ts';
import { site } from './site.ts';

// What is stored may be anything: other plugins, imports and people write options.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const evaluate = async ( code: string ) => ( await site() ).wp.evaluate( code );

beforeEach( async () => {
	await ( await site() ).reset();
	await connect();
} );

/** Every page and every way in that reads what is stored. */
async function looks(): Promise< void > {
	const { admin } = await site();
	for ( const page of [
		'index.php',
		'upload.php?mode=list',
		'upload.php?page=slashimage',
		'plugins.php',
		'site-health.php?tab=debug',
	] ) {
		expect( await admin.page( `/wp-admin/${ page }` ), page ).toContain( '</html>' );
	}
	for ( const path of [ '/connection', '/images/summary', '/images?ids=1' ] ) {
		expect( ( await admin.rest( 'GET', path ) ).status, path ).toBe( 200 );
	}
	await visit();
	await evaluate(
		`do_action( 'slashimage_check' ); do_action( 'slashimage_work' ); SlashImage\\Health::add_information( [] );`
	);
	expect( await ( await site() ).log() ).toBe( '' );
}

describe.runIf( native )( 'a state of the connection', () => {
	it.each( [
		[ 'that is a list', `[ 'state' => [] ]` ],
		[ 'nobody knows', `[ 'state' => 'other' ]` ],
		[
			'whose hold is a text',
			`[ 'holds' => [ 'service' => 'x', 'credits' => [ 'outcome' => [] ], 'storage' => [ 'outcome' => 'disk_full', 'until' => 'x' ] ] ]`,
		],
		[ 'whose holds are a text', `[ 'holds' => 'x' ]` ],
		[ 'whose times are texts', `[ 'since' => 'abc', 'verified_at' => [], 'checked_at' => 'x' ]` ],
		[ 'whose plan is none', `[ 'plan' => [ 'limit' => 'x', 'used' => [] ] ]` ],
		[ 'whose site is none', `[ 'site' => [ 'hosts' => 'x', 'blog' => [], 'environments' => 1 ] ]` ],
		[
			'whose key is a list',
			`[ 'key_id' => [], 'source' => [], 'fingerprint' => 5, 'origin' => [], 'outcome' => [], 'reason' => 1, 'revision' => 'x', 'installed' => 'x' ]`,
		],
	] )( '%s takes nothing down', async ( _, changes ) => {
		await evaluate( `update_option( 'slashimage_connection', ${ changes } + SlashImage\\Connection::get() );` );
		await looks();
	} );

	it( 'that was lost does not hide a key that is there', async () => {
		const { admin, wp } = await site();
		await evaluate( `delete_option( 'slashimage_connection' );` );
		await admin.page( '/wp-admin/index.php' );
		const planned = await wp.evaluate( `return wp_next_scheduled( 'slashimage_check' ) <= time() + 1;` );
		expect( planned ).toBe( true );
		await evaluate( `do_action( 'slashimage_check' );` );
		expect( ( await admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( { state: 'connected' } );
	} );

	it( 'is loaded with every page again', async () => {
		await evaluate( `wp_set_option_autoload( 'slashimage_connection', false );` );
		await ( await site() ).admin.page( '/wp-admin/index.php' );
		expect(
			await evaluate( `wp_cache_flush(); return isset( wp_load_alloptions()['slashimage_connection'] );` )
		).toBe( true );
	} );
} );

describe.runIf( native )( 'what else is stored', () => {
	it( 'notices that were closed, in any shape', async () => {
		for ( const hidden of [
			`'x'`,
			`[ 'key_refused' => 'x', 'not_configured' => [] ]`,
			`[ 'key_refused' => [ 'until' => 9999999999 ] ]`,
		] ) {
			await evaluate(
				`update_user_meta( 1, SlashImage\\Notice::key(), ${ hidden } ); SlashImage\\Connection::apply( 'invalid_key', SlashImage\\Key_Store::current() );`
			);
			await looks();
		}
	} );

	it( 'a key that is not text can not be read, and is not none', async () => {
		await evaluate( `update_option( 'slashimage_key', [ 'x' ] );` );
		await evaluate( `do_action( 'slashimage_check' );` );
		expect( ( await ( await site() ).admin.rest( 'GET', '/connection' ) ).body ).toMatchObject( {
			state: 'reconnect',
			outcome: 'key_unreadable',
		} );
		await looks();
	} );
} );
