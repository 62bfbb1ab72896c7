import { afterAll, beforeAll, expect, it } from 'vitest';
import { place } from './images.ts';
import { site } from './site.ts';

// As version 2 made it.
const table = `
	attachment_id bigint(20) unsigned NOT NULL,
	state varchar(16) NOT NULL,
	cause varchar(32) NOT NULL DEFAULT '',
	due_at bigint(20) unsigned NOT NULL DEFAULT 0,
	added_at bigint(20) unsigned NOT NULL DEFAULT 0,
	lease varchar(32) NOT NULL DEFAULT '',
	claims int(10) unsigned NOT NULL DEFAULT 0,
	tries int(10) unsigned NOT NULL DEFAULT 0,
	bytes_before bigint(20) unsigned NOT NULL DEFAULT 0,
	bytes_after bigint(20) unsigned NOT NULL DEFAULT 0,
	PRIMARY KEY  (attachment_id),
	KEY claim (state,due_at)`;

const columns = async () =>
	(
		( await (
			await site()
		).wp.evaluate(
			`return $GLOBALS['wpdb']->get_col( 'SHOW COLUMNS FROM ' . SlashImage\\Queue::table() );`
		) ) as string[]
	 ).sort();

const indexes = async () => {
	const names = ( await (
		await site()
	).wp.evaluate(
		`return $GLOBALS['wpdb']->get_col( 'SHOW INDEX FROM ' . SlashImage\\Queue::table(), 2 );`
	) ) as string[];
	return [ ...new Set( names.map( ( name ) => name.replace( /^.*__/, '' ) ) ) ].sort();
};

const anew = `$GLOBALS['wpdb']->query( 'DROP TABLE ' . SlashImage\\Queue::table() );`;

beforeAll( async () => ( await site() ).reset() );
afterAll( async () => {
	const { wp, reset } = await site();
	await wp.evaluate( `${ anew } SlashImage\\Queue::install();` );
	await reset();
} );

it( "brings an earlier version's table up to date on the next admin page, its rows kept", async () => {
	const { wp, admin, rows, log } = await site();
	// A worker that was woken by the test before finds no table otherwise, and heals it.
	await new Promise( ( resolve ) => setTimeout( resolve, 2000 ) );
	const now = [ await columns(), await indexes() ];
	const [ done = 0, failed = 0, open = 0 ] = await place( [ { date: '2020-02-02 02:02:02' }, {}, {} ] );
	await wp.evaluate(
		`${ anew }
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		dbDelta( 'CREATE TABLE ' . SlashImage\\Queue::table() . ' (${ table.replaceAll( "'", "\\'" ) } ) ' . $wpdb->get_charset_collate() . ';' );
		$wpdb->insert( SlashImage\\Queue::table(), [ 'attachment_id' => ${ done }, 'state' => 'optimized', 'due_at' => 1700000000, 'bytes_before' => 100, 'bytes_after' => 60 ] );
		$wpdb->insert( SlashImage\\Queue::table(), [ 'attachment_id' => ${ failed }, 'state' => 'failed', 'cause' => 'write_failed' ] );
		$wpdb->query( "DELETE FROM $wpdb->options WHERE option_name IN ( 'slashimage_library', 'slashimage_failed' )" );
		update_option( 'slashimage_connection', [ 'installed' => 2 ] + SlashImage\\Connection::get() );
		wp_cache_flush();
		// That there was no table before is not the earlier version's to know: this one would heal it.
		$GLOBALS['EZSQL_ERROR'] = [];`
	);
	expect( await columns() ).not.toContain( 'dated' );

	await admin.page( '/wp-admin/users.php' );
	expect( [ await columns(), await indexes() ] ).toEqual( now );
	expect(
		await wp.evaluate(
			`return [ SlashImage\\Connection::get()['installed'], get_option( 'slashimage_library' ) ];`
		)
	).toEqual( [ 5, '0' ] );

	await wp.evaluate( `do_action( 'slashimage_library' );` );
	expect( await rows() ).toMatchObject( [
		{
			attachment_id: String( done ),
			state: 'optimized',
			bytes_before: '100',
			bytes_after: '60',
			due_at: '1700000000',
			dated: '2020-02-02 02:02:02',
		},
		{ attachment_id: String( failed ), state: 'failed', cause: 'write_failed', dated: '2024-05-01 12:00:01' },
		{ attachment_id: String( open ), state: 'not_optimized', dated: '2024-05-01 12:00:02' },
	] );
	expect( await log() ).toBe( '' );
} );

it.runIf( process.env[ 'SLASHIMAGE_NATIVE' ] )(
	'does not look through the library again on the page after',
	async () => {
		const { wp, admin } = await site();
		await admin.page( '/wp-admin/users.php' );
		expect( await wp.evaluate( `return get_option( 'slashimage_library' );` ) ).toBe( '-1' );
	}
);
