import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passTime, planned } from './clock.ts';
import { examine, finding, troubles } from './doctor.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { connect, states, until } from './queue.ts';
import { site } from './site.ts';

const native = process.env[ 'SLASHIMAGE_NATIVE' ];
const minute = 60;
const hour = 3600;

interface Hold {
	reason: string;
	outcome: string;
	since: number;
	until: number | null;
}

/** Runs PHP in which `Connection`, `Hold` and `Key_Store` need no namespace. */
const run = async ( code: string ) =>
	( await site() ).wp.evaluate(
		code.replace( /\b(Connection|Hold|Key_Store|Schedule|Queue)::/g, 'SlashImage\\$1::' )
	);
const hold = ( ...outcomes: string[] ) =>
	run( outcomes.map( ( code ) => `Connection::hold( '${ code }' );` ).join( '' ) );
const all = async () => ( await run( 'return Hold::all( Connection::fresh() );' ) ) as Hold[];
const reasons = async () => ( await all() ).map( ( { reason } ) => reason );
const seconds = async ( reason: string ) =>
	run( `$hold = Connection::fresh()['holds']['${ reason }']; return $hold['until'] - time();` );
const apply = ( remaining: number ) =>
	run(
		`Connection::apply( 'accepted', Key_Store::current(), [ 'limit' => 200, 'used' => 200 - ${ remaining }, 'remaining' => ${ remaining } ] );`
	);
const anotherSite = () => addMuPlugin( 'moved', `add_filter( 'option_home', fn() => 'http://copy.example', 20 );` );
const writable = ( is: boolean ) =>
	run( `$uploads = wp_upload_dir(); chmod( $uploads['path'], ${ is ? '0755' : '0555' } ); clearstatcache();` );
const connection = async () => ( await ( await site() ).admin.rest( 'GET', '/connection' ) ).body;
const sent = async () =>
	( await site() ).service.requests.filter( ( { contentType } ) => contentType?.startsWith( 'multipart' ) );

beforeEach( async () => {
	await ( await site() ).reset();
} );
afterEach( async () => {
	await removeMuPlugin( 'moved' );
	await removeMuPlugin( 'optimizing' );
	await writable( true );
} );

describe.runIf( native )( 'holds', () => {
	it( 'are kept one a reason, and the gravest is shown, in whatever order they come', async () => {
		await connect();
		expect( await reasons() ).toEqual( [] );
		await hold( 'service_busy' );
		expect( await reasons() ).toEqual( [ 'service' ] );
		await hold( 'not_writable', 'monthly_limit_reached', 'another_site', 'disk_full' );
		expect( ( await all() ).map( ( { reason, outcome } ) => [ reason, outcome ] ) ).toEqual( [
			[ 'site', 'another_site' ],
			[ 'storage', 'disk_full' ],
			[ 'credits', 'monthly_limit_reached' ],
			[ 'service', 'service_busy' ],
		] );
		expect( await run( 'return Hold::shown( Connection::fresh() )["reason"];' ) ).toBe( 'site' );
	} );

	it( 'of the service and of credits are lifted by an accepted check; of the disk and of the site are not', async () => {
		await connect();
		await hold( 'service_busy', 'monthly_limit_reached', 'not_writable', 'another_site' );
		await apply( 0 );
		expect( await reasons() ).toEqual( [ 'site', 'storage', 'credits' ] );
		await apply( 5 );
		expect( await reasons() ).toEqual( [ 'site', 'storage' ] );
		await run( `Connection::lift( 'storage' );` );
		expect( await reasons() ).toEqual( [ 'site' ] );
		await run( 'Connection::answered();' );
		expect( await reasons() ).toEqual( [ 'site' ] );
	} );

	it( 'wait each for itself: a second reason neither lengthens nor shortens the first one', async () => {
		await connect();
		await hold( 'server_error', 'server_error', 'server_error' );
		await hold( 'not_writable' );
		expect( await seconds( 'service' ) ).toBeGreaterThan( 3 * minute );
		expect( await seconds( 'service' ) ).toBeLessThanOrEqual( 4 * minute );
		expect( await seconds( 'storage' ) ).toBeLessThanOrEqual( minute );
		const since = ( await all() ).map( ( one ) => one.since );
		await hold( 'not_writable' );
		expect( await seconds( 'storage' ) ).toBeGreaterThan( minute );
		expect( ( await all() ).map( ( one ) => one.since ) ).toEqual( since );
		expect( await seconds( 'service' ) ).toBeLessThanOrEqual( 4 * minute );
	} );

	it( 'that end further away than any ever set come from a clock that jumped, and are over', async () => {
		await connect();
		const set = ( ahead: number ) =>
			run(
				`$state = Connection::fresh(); $state['holds'] = [ 'credits' => [ 'outcome' => 'monthly_limit_reached', 'since' => time(), 'until' => time() + ${ ahead }, 'tries' => 1 ] ]; update_option( 'slashimage_connection', $state );`
			);
		await set( hour );
		expect( await reasons() ).toEqual( [ 'credits' ] );
		await set( hour + 60 );
		expect( await reasons() ).toEqual( [] );
		await set( -1 );
		expect( await reasons() ).toEqual( [] );
	} );

	it( 'decide when the queue is looked at: after the longest; not at all while a person has to lift one', async () => {
		const { upload } = await site();
		await connect();
		await hold( 'monthly_limit_reached', 'not_writable' );
		await upload( 1 );
		await run( 'Schedule::plan();' );
		expect( await planned( 'slashimage_work' ) ).toBeGreaterThan( 50 * minute );
		await hold( 'another_site' );
		await run( 'Schedule::plan();' );
		expect( await planned( 'slashimage_work' ) ).toBeNull();
		await run( `Connection::lift( 'site' );Schedule::plan();` );
		expect( await planned( 'slashimage_work' ) ).toBeGreaterThan( 50 * minute );
		expect( await sent() ).toEqual( [] );
		await run( `Connection::lift( 'storage', 'credits' );` );
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
	} );

	it( 'are not put on by outcomes about a file, or about the memory for one', async () => {
		await connect();
		await hold( 'no_image', 'invalid_params', 'file_unreadable', 'memory_short', 'size_exceeded_server' );
		expect( await reasons() ).toEqual( [] );
	} );

	it( 'of an older version, or of none that there is, are nothing', async () => {
		await connect();
		await run(
			`$state = Connection::fresh(); $state['hold'] = [ 'outcome' => 'service_busy', 'until' => time() + 600 ]; $state['tries'] = 3; $state['holds'] = [ 'else' => [ 'outcome' => 'x', 'until' => null ], 'service' => 'x', 'credits' => null ]; update_option( 'slashimage_connection', $state );`
		);
		expect( await reasons() ).toEqual( [] );
		expect( await connection() ).toMatchObject( { state: 'connected', hold: null } );
		await hold( 'service_busy' );
		expect( await run( 'return array_keys( get_option( "slashimage_connection" ) );' ) ).not.toContain( 'tries' );
	} );

	it( 'for the disk stay where another key is connected; those of the other key go', async () => {
		await connect();
		await hold( 'not_writable', 'monthly_limit_reached', 'service_busy' );
		await connect();
		expect( await reasons() ).toEqual( [ 'storage' ] );
	} );
} );

describe.runIf( native )( 'uploads that can not be written to', () => {
	it( 'hold the queue before anything is sent, fail no image, and are tried again by themselves', async () => {
		const { upload, admin } = await site();
		await upload( 2 );
		await writable( false );
		await connect();
		await until( ( rows ) => rows.some( ( { cause } ) => cause === 'not_writable' ) );
		expect( await sent() ).toEqual( [] );
		const shown = await connection();
		expect( shown ).toMatchObject( {
			state: 'connected',
			hold: { reason: 'storage', outcome: 'not_writable' },
			bubble: { text: '!', label: "Images can't be saved" },
		} );
		expect( ( shown[ 'hold' ] as unknown as { sentence: string } ).sentence ).toMatch( /isn't writable/ );
		// It is the disk, whatever the service says.
		await admin.rest( 'POST', '/connection/check' );
		expect( await connection() ).toMatchObject( { hold: { reason: 'storage' } } );
		const { body } = await admin.rest( 'GET', `/images?ids=${ ( await ids() ).join() }` );
		expect( ( body[ 'images' ] as unknown as { state: string; sentence: string }[] ).map( said ) ).toEqual( [
			[ 'waiting', "Your uploads folder isn't writable" ],
			[ 'waiting', "Your uploads folder isn't writable" ],
		] );
		const results = await examine( admin );
		expect( troubles( results ) ).toMatchObject( { queue: [ 'hold_storage' ], files: [ 'files_read_only' ] } );
		expect( finding( results, 'hold_storage' ).seen ).toMatch( /^On hold since .*Images waiting: 2\.$/ );

		await writable( true );
		await passTime( hour );
		expect( states( await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) ) ) ).toEqual( [
			[ 'optimized', '' ],
			[ 'optimized', '' ],
		] );
		expect( await connection() ).toMatchObject( { hold: null, bubble: null } );
	} );
} );

const ids = async () => ( await ( await site() ).rows() ).map( ( row ) => row.attachment_id );
const said = ( { state, sentence }: { state: string; sentence: string } ) => [ state, sentence.split( ',' )[ 0 ] ];

describe.runIf( native )( 'what is said of a hold', () => {
	const health = async () =>
		( await run( 'return SlashImage\\Health::test();' ) ) as { status: string; label: string; description: string };
	const fact = async () => run( `return SlashImage\\Report::facts()['hold'] ?? '';` );
	const found = async () => troubles( await examine( ( await site() ).admin, 'queue' ) );

	it( 'another site: in the bubble, Site Health, the report, and by the doctor', async () => {
		const { admin } = await site();
		await connect();
		await anotherSite();
		await admin.page( '/wp-admin/options-general.php' );
		expect( await connection() ).toMatchObject( { bubble: { text: '!', label: 'Confirm this site' } } );
		expect( await health() ).toMatchObject( {
			status: 'recommended',
			label: 'SlashImage is on hold on this site',
			description: expect.stringContaining( 'connected on 127.0.0.1, but this site is copy.example' ),
		} );
		expect( await fact() ).toBe( 'another_site until somebody lifts it' );
		expect( await found() ).toMatchObject( { queue: expect.arrayContaining( [ 'hold_site' ] ) } );
	} );

	it( 'switched off: in Site Health, the report, and by the doctor; nobody is called for', async () => {
		await connect();
		await addMuPlugin( 'optimizing', `define( 'SLASHIMAGE_OPTIMIZING', false );` );
		expect( await connection() ).toMatchObject( { hold: { reason: 'off' }, bubble: null } );
		expect( await health() ).toMatchObject( {
			status: 'recommended',
			label: 'SlashImage is turned off on this site',
			description: expect.stringContaining( 'by the constant SLASHIMAGE_OPTIMIZING' ),
		} );
		expect( await fact() ).toBe( 'switched_off until the configuration changes' );
		expect( await found() ).toEqual( { queue: [ 'hold_off' ] } );
	} );

	it.each( [
		[ 'disk_full', "SlashImage can't save optimized images", [ 'hold_storage' ], "Images can't be saved" ],
		[ 'monthly_limit_reached', 'SlashImage has no credits left', undefined, 'Out of credits' ],
		[ 'credit_limit_reached', 'SlashImage is connected', undefined, null ],
		[ 'server_error', 'SlashImage is connected', [ 'hold_service' ], null ],
	] )( '%s', async ( outcome, label, queue, bubble ) => {
		await connect();
		await hold( outcome );
		expect( await health() ).toMatchObject( { label } );
		expect( await fact() ).toMatch( new RegExp( `^${ outcome } until \\d{4}-` ) );
		expect( ( await found() )[ 'queue' ] ).toEqual( queue );
		expect( await connection() ).toMatchObject( { bubble: bubble && { text: '!', label: bubble } } );
	} );

	it( 'several: the report has all of them', async () => {
		await connect();
		await hold( 'server_error', 'disk_full' );
		expect( await fact() ).toMatch( /^disk_full until .*, server_error until / );
		expect( await found() ).toMatchObject( {
			queue: expect.arrayContaining( [ 'hold_storage', 'hold_service' ] ),
		} );
	} );
} );

describe.runIf( native )( 'deleting the plugin', () => {
	const leave = async () =>
		run(
			`$meta = fn() => (int) $GLOBALS['wpdb']->get_var( "SELECT COUNT(*) FROM {$GLOBALS['wpdb']->postmeta} WHERE meta_key = '_slashimage'" );
			$backups = fn() => count( glob( wp_upload_dir()['basedir'] . '/slashimage-backup*', GLOB_ONLYDIR ) );
			$before = [ $meta(), $backups() ];
			SlashImage\\Lifecycle::leave();
			$after = [ $meta(), $backups() ];
			SlashImage\\Lifecycle::install();
			return [ $before, $after ];`
		);
	const optimized = async () => {
		await ( await site() ).upload( 1 );
		await connect();
		await until( ( rows ) => rows[ 0 ]?.state === 'optimized' );
	};

	it( 'takes what is noted of the files along, and leaves the originals', async () => {
		await optimized();
		expect( await leave() ).toEqual( [
			[ 1, 1 ],
			[ 0, 1 ],
		] );
	} );

	it( 'deletes the originals where somebody said so, without changing what else is decided', async () => {
		const { admin } = await site();
		await optimized();
		expect( ( await admin.rest( 'POST', '/settings', { emails: false } ) ).body ).toMatchObject( {
			emails: false,
			keep_backups: true,
		} );
		expect( ( await admin.rest( 'POST', '/settings', { keep_backups: false } ) ).body ).toMatchObject( {
			emails: false,
			keep_backups: false,
			backup_folder: expect.stringMatching( /uploads\/slashimage-backup-/ ),
		} );
		expect( await leave() ).toEqual( [
			[ 1, 1 ],
			[ 0, 0 ],
		] );
	} );
} );

it.runIf( native )( 'has left nothing in the log', async () => {
	expect( await ( await site() ).log() ).toBe( '' );
} );
