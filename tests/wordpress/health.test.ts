import { beforeEach, describe, expect, it } from 'vitest';
import { encodings } from './encodings.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';
import { visitor, type Visitor } from './visitor.ts';

const page = '/wp-admin/site-health.php';
const info = '/wp-admin/site-health.php?tab=debug';

interface Result {
	test: string;
	label: string;
	status: string;
	description: string;
	actions: string;
	badge: { label: string };
}

/** What the page's own script is given: the results of the direct tests. */
const result = async ( who: Visitor ): Promise< Result | undefined > => {
	const html = await who.page( page );
	const given = /var SiteHealth = (\{.*\});/.exec( html )?.[ 1 ];
	expect( given ).toBeDefined();
	const { site_status: status } = JSON.parse( given ?? '' ) as { site_status: { direct: Result[] } };
	expect( status.direct.length ).toBeGreaterThan( 5 );
	return status.direct.find( ( { test } ) => test === 'slashimage_connection' );
};

beforeEach( async () => ( await site() ).reset() );

describe( 'the test of Site Health', () => {
	it( 'is good while the key works', async () => {
		const { admin, service } = await site();
		await connect();
		expect( await result( admin ) ).toMatchObject( {
			status: 'good',
			label: 'SlashImage is connected',
			badge: { label: 'SlashImage' },
			actions: expect.stringContaining( '/wp-admin/upload.php?page=slashimage"' ),
		} );
		expect( service.requests ).toEqual( [] );
	} );

	it( 'is critical while the key is refused, says since when and how many images wait, and asks nobody', async () => {
		const { admin, service, upload, wp } = await site();
		const key = await connect();
		service.deleteKey( key );
		await upload( 3 );
		await until( ( rows ) => rows.some( ( { cause } ) => cause === 'invalid_key' ) );
		const since = ( await wp.evaluate(
			`return wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), SlashImage\\Connection::get()['since'] );`
		) ) as string;
		service.forgetRequests();
		expect( await result( admin ) ).toMatchObject( {
			status: 'critical',
			label: 'SlashImage needs a working API key',
			description: `<p>The service has refused the API key since ${ since }. Optimizing is paused. Images waiting: 3.</p>`,
		} );
		expect( service.requests ).toEqual( [] );
	} );

	it( 'asks nobody either when a service would hang', async () => {
		const { admin, service } = await site();
		await connect();
		service.setFault( 'slow' );
		expect( await result( admin ) ).toMatchObject( { status: 'good' } );
		expect( service.requests ).toEqual( [] );
	} );

	it( 'recommends credits where there are none left', async () => {
		const { admin, service, upload } = await site();
		await connect();
		service.setCredits( { limit: 5, used: 5 } );
		await upload( 1 );
		await until( ( rows ) => rows.some( ( { cause } ) => cause === 'monthly_limit_reached' ) );
		expect( await result( admin ) ).toMatchObject( {
			status: 'recommended',
			label: 'SlashImage has no credits left',
			description: '<p>Optimizing waits for new credits. Images waiting: 1.</p>',
		} );
	} );

	it( 'recommends a key where there is none', async () => {
		const { admin } = await site();
		expect( await result( admin ) ).toMatchObject( {
			status: 'recommended',
			label: 'SlashImage has no API key yet',
		} );
	} );

	it( 'counts when nobody is logged in: WordPress runs the tests once a week', async () => {
		const { wp } = await site();
		const run = ( before: string ) =>
			wp.evaluate(
				`require_once ABSPATH . 'wp-admin/includes/class-wp-site-health.php'; wp_set_current_user( 0 ); ${ before } return array_key_exists( 'slashimage_connection', WP_Site_Health::get_tests()['direct'] );`
			);
		expect( await run( '' ) ).toBe( false );
		expect( await run( `add_filter( 'wp_doing_cron', '__return_true' );` ) ).toBe( true );
	} );
} );

describe( 'the Info tab', () => {
	it( 'has the facts of the report, and the key in no form', async () => {
		const { admin, service } = await site();
		const key = await connect();
		const html = await admin.page( info );
		expect( html ).toContain( 'health-check-accordion-block-slashimage' );
		// A cell of another kind in each WordPress.
		expect( html ).toMatch( /Origin sent to the service<\/t[dh]><td>http:\/\/127\.0\.0\.1</ );
		expect( html ).toMatch( /State<\/t[dh]><td>connected</ );
		expect( html ).toContain( `sk_sub_…${ key.slice( -4 ) }` );
		for ( const form of encodings( key ) ) {
			expect( html ).not.toContain( form );
		}
		expect( service.requests ).toEqual( [] );
	} );
} );

it( 'shows neither to somebody who may see Site Health, but not the settings', async () => {
	const { wp } = await site();
	await wp.evaluate(
		`$id = username_exists( 'nurse' );
		$id = $id ? $id : wp_insert_user( [ 'user_login' => 'nurse', 'user_pass' => 'a long nurse pass', 'role' => 'editor' ] );
		get_user_by( 'id', $id )->add_cap( 'view_site_health_checks' );`
	);
	const nurse = await visitor( wp.url, 'nurse', 'a long nurse pass' );
	expect( await result( nurse ) ).toBeUndefined();
	const html = await nurse.page( info );
	expect( html ).toContain( 'health-check-accordion-block-wp-core' );
	expect( html ).not.toContain( 'block-slashimage' );
} );
