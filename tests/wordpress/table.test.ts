import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ours, measured } from './measured.ts';
import { addMuPlugin } from './mu-plugin.ts';
import { connect } from './queue.ts';
import { site } from './site.ts';

// The table of the queue: gone, half there, or another version's.

const evaluate = async ( code: string ) => ( await site() ).wp.evaluate( code );
const columns = () =>
	evaluate(
		`$GLOBALS['wpdb']->suppress_errors(); return count( $GLOBALS['wpdb']->get_col( 'DESCRIBE ' . SlashImage\\Queue::table() ) );`
	);
const installed = () => evaluate( `return get_option( 'slashimage_connection' )['installed'];` );
const setInstalled = ( version: number ) =>
	evaluate(
		`update_option( 'slashimage_connection', [ 'installed' => ${ version } ] + get_option( 'slashimage_connection' ) );`
	);
/** Without a look at the table: this plugin would heal it at the end of the request. */
const query = ( sql: string ) =>
	evaluate( `$table = SlashImage\\Queue::table(); $GLOBALS['wpdb']->query( "${ sql }" );` );
const visit = async () => ( await site() ).admin.page( '/wp-admin/index.php' );
/** A database that makes no tables; counts how often it was asked to. */
const refuseTables = () =>
	addMuPlugin(
		'00-no-tables',
		`add_filter( 'dbdelta_queries', function ( $queries ) { update_option( 'test_asked', 1 + (int) get_option( 'test_asked', 0 ), false ); return get_option( 'test_refuses' ) ? [] : $queries; } );`
	);
const asked = async ( refuses: boolean ) => {
	await evaluate(
		`update_option( 'test_asked', 0, false ); update_option( 'test_refuses', ${ refuses ? 1 : 0 }, false );`
	);
};
const count = () => evaluate( `wp_cache_flush(); return (int) get_option( 'test_asked' );` );

const whole = 15;

describe( 'the table of the queue', () => {
	let version: number;

	beforeAll( async () => {
		await ( await site() ).reset();
		await connect();
		await visit();
		version = Number( await installed() );
		await refuseTables();
	} );

	beforeEach( () => asked( false ) );

	afterEach( async () => {
		await asked( false );
		await evaluate( `delete_option( 'slashimage_install_tried' );` );
		await setInstalled( 0 );
		await visit();
		expect( await columns() ).toBe( whole );
		// A query that finds no table is logged; that is how it is missed.
		await ( await site() ).forgetLog();
	} );

	it( 'that could not be made is not marked installed; it is tried again once a minute, and made when it can be', async () => {
		await query( 'DROP TABLE $table' );
		await setInstalled( 0 );
		await asked( true );
		await visit();
		await visit();
		await visit();
		expect( await installed() ).toBe( 0 );
		expect( await columns() ).toBe( 0 );
		expect( await count() ).toBe( 1 );
		await asked( false );
		await visit();
		expect( await count() ).toBe( 0 );
		await evaluate( `update_option( 'slashimage_install_tried', time() - 61 );` );
		await visit();
		expect( await columns() ).toBe( whole );
		expect( await installed() ).toBe( version );
	} );

	it( 'that is half there after an update is not marked, either', async () => {
		await query( 'ALTER TABLE $table DROP COLUMN path' );
		await setInstalled( version - 1 );
		await asked( true );
		await visit();
		expect( await installed() ).toBe( version - 1 );
		await asked( false );
		await evaluate( `delete_option( 'slashimage_install_tried' );` );
		await visit();
		expect( await installed() ).toBe( version );
		expect( await columns() ).toBe( whole );
	} );

	it.each( [
		[ 'dropped', 'DROP TABLE $table' ],
		[ 'cut', 'ALTER TABLE $table DROP COLUMN priority' ],
	] )( 'that somebody has %s heals once it is missed, with every image in it', async ( _, sql ) => {
		const { upload, admin } = await site();
		const [ id ] = await upload( 1 );
		await query( sql );
		// Whatever misses it: here the worker's plan and a person's look.
		await evaluate( `SlashImage\\Schedule::plan();` );
		await admin.rest( 'GET', '/images/summary' );
		await evaluate( `SlashImage\\Library::index( 10 );` );
		expect( await columns() ).toBe( whole );
		expect( await evaluate( `return count( SlashImage\\Queue::rows( [ ${ id } ] ) );` ) ).toBe( 1 );
		expect( await installed() ).toBe( version );
	} );

	it( 'that is whole costs a page nothing, also of a later version of the plugin', async () => {
		await setInstalled( version + 1 );
		await visit();
		await visit();
		expect( await count() ).toBe( 0 );
		const { queries } = await measured( '/wp-admin/users.php' );
		expect( ours( queries ) ).toEqual( [] );
		expect( await installed() ).toBe( version + 1 );
	} );
} );
