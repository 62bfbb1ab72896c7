import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/service/server.ts';
import { checks } from '../../src/validation/doctor.ts';
import { examine, finding, forms, troubles } from './doctor.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';
import { visitor } from './visitor.ts';

// What can be broken on the service's side and in the plugin's own state. What is broken on the server around it is in
// doctor-server.test.ts. In WebAssembly each request takes half a second, and a run has a dozen: the main cases only.

const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';

beforeEach( async () => ( await site() ).reset() );

const examined = async () => examine( ( await site() ).admin );

describe( 'on a healthy site', () => {
	it( 'every check is good, nothing is changed and nothing costs a credit', async () => {
		const { admin, wp, service } = await site();
		await connect();
		const before = await wp.evaluate(
			'return [ get_option( "slashimage_key" ), get_option( "slashimage_connection" ) ];'
		);
		const from = Date.now();
		const results = await examine( admin );
		const took = Date.now() - from;
		expect( troubles( results ) ).toEqual( {} );
		expect( results.map( ( { check } ) => check ) ).toEqual( checks );
		expect(
			await wp.evaluate( 'return [ get_option( "slashimage_key" ), get_option( "slashimage_connection" ) ];' )
		).toEqual( before );
		expect( service.credits.used ).toBe( 5 );
		// In WebAssembly each request alone takes half a second.
		if ( native ) {
			expect( took ).toBeLessThan( 5_000 );
		}
		expect( ( await admin.rest( 'GET', '/doctor' ) ).body ).toMatchObject( { results } );
	} );

	it( 'is only for those who may change the connection', async () => {
		const { wp } = await site();
		const nobody = await visitor( wp.url );
		expect( ( await nobody.rest( 'POST', '/doctor/key' ) ).status ).toBe( 401 );
		expect( ( await nobody.rest( 'GET', '/doctor' ) ).status ).toBe( 401 );
		expect( ( await nobody.rest( 'GET', '/report' ) ).status ).toBe( 401 );
	} );

	it( 'forgets what another version of the plugin has found', async () => {
		const { admin, wp } = await site();
		await connect();
		await admin.rest( 'POST', '/doctor/key' );
		expect( ( await admin.rest( 'GET', '/doctor' ) ).body[ 'results' ] ).toHaveLength( 1 );
		await wp.evaluate( `
			$old = get_option( 'slashimage_doctor' );
			$old['key'] = [ 'version' => '0.0.1', 'findings' => [ [ 'a_code_of_old' ] ] ] + $old['key'];
			update_option( 'slashimage_doctor', $old );` );
		expect( ( await admin.rest( 'GET', '/doctor' ) ).body[ 'results' ] ).toEqual( [] );
		expect( ( await admin.rest( 'GET', '/report' ) ).status ).toBe( 200 );
	} );

	it( 'answers 400 to a check there is not', async () => {
		expect( ( await ( await site() ).admin.rest( 'POST', '/doctor/moon' ) ).status ).toBe( 400 );
	} );
} );

describe( 'the key', () => {
	it( 'is missing: says where to get one, and whether the service can be reached', async () => {
		const { service } = await site();
		const results = await examined();
		expect( troubles( results ) ).toEqual( { key: [ 'key_missing' ] } );
		expect( results.at( -1 )?.findings[ 0 ] ).toMatchObject( { code: 'accepted_no_key', status: 'not_needed' } );
		expect( service.requests.filter( ( { authorization } ) => authorization ) ).toEqual( [] );
		expect( finding( results, 'key_missing' ) ).toMatchObject( {
			status: 'bad',
			advice: 'Copy your key from the dashboard, paste it here and press Connect.',
			link: 'dashboard',
		} );
	} );

	it( 'was refused: says which one, to copy it again first, and ends', async () => {
		const { service } = await site();
		const key = await connect();
		service.deleteKey( key );
		const results = await examined();
		expect( troubles( results ) ).toEqual( { accepted: [ 'accepted_refused' ] } );
		expect( finding( results, 'accepted_refused' ) ).toMatchObject( {
			seen: `The service refuses the key sk_sub_…${ key.slice( -4 ) }: it was regenerated, deleted, or never was.`,
			advice: 'Copy the key again from the dashboard, and paste it here.',
			steps: [ 'copy_again', 'new_key', 'ask_support' ],
		} );
		expect( results.at( -1 )?.check ).toBe( 'accepted' );
	} );
} );

describe.runIf( native )( 'the domain and the plan', () => {
	it( 'not allowed: names the domain to add, and goes on', async () => {
		const { service } = await site();
		service.setDomains( await connect(), [ 'example.com' ] );
		const results = await examined();
		expect( troubles( results ) ).toEqual( { allowed: [ 'allowed_not' ] } );
		expect( finding( results, 'allowed_not' ) ).toMatchObject( {
			seen: 'The key is locked to other domains. The service sees this site as 127.0.0.1.',
			advice: 'Add 127.0.0.1 to the domains of the key in the dashboard.',
			link: 'keys',
		} );
		expect( results ).toHaveLength( checks.length );
	} );

	it( 'blocked: names the domain to take off', async () => {
		const { service } = await site();
		service.setBlocked( await connect(), [ '127.0.0.1' ] );
		expect( finding( await examined(), 'allowed_blocked' ).advice ).toBe(
			'Take 127.0.0.1 off the block list of the key in the dashboard.'
		);
	} );

	it( 'no credits: says so, and when the month turns', async () => {
		const { service } = await site();
		await connect();
		service.setCredits( { limit: 200, used: 200 } );
		const results = await examined();
		expect( troubles( results ) ).toEqual( { plan: [ 'plan_empty' ] } );
		expect( finding( results, 'plan_empty' ) ).toMatchObject( {
			seen: expect.stringMatching( /^No credits are left of 200\. The month turns on \w+ 1, \d{4}\.$/ ),
			link: 'dashboard',
		} );
	} );

	it( 'the cap of a sub-key: says so though the account has credits', async () => {
		const { service, upload } = await site();
		const key = await connect();
		service.setFault( 'rate_429', { retryAfter: 600 } );
		await upload( 1 );
		await until( ( rows ) => rows[ 0 ]?.cause === 'credit_limit_reached' );
		service.setFault( 'none' );
		const results = await examined();
		expect( troubles( results ) ).toEqual( { plan: [ 'plan_capped' ] } );
		expect( finding( results, 'plan_capped' ).advice ).toBe(
			`Raise the cap of the key sk_sub_…${ key.slice( -4 ) } in the dashboard.`
		);
	} );

	it( 'few credits: says how many', async () => {
		const { service } = await site();
		await connect();
		service.setCredits( { limit: 200, used: 190 } );
		expect( finding( await examined(), 'plan_low' ).seen ).toContain( 'Credits left: only 10 of 200.' );
	} );
} );

const others: readonly ( readonly [ Fault, string, string ] )[] = [
	[ 'captive_portal', 'answer_page', 'A web page answers in place of the service: “' ],
	[ 'html_403', 'answer_page', '(status 403)' ],
	[ 'html_401', 'answer_page', '(status 401)' ],
	[ 'empty', 'answer_empty', 'An empty answer came (status 200).' ],
	[ 'redirect', 'answer_redirect', 'came in place of an answer (status 302). It was not followed.' ],
	[ 'truncated', 'answer_none', 'The answer broke off half-way.' ],
	[ 'error_500', 'answer_trouble', 'The service answers, but has a problem of its own (status 500).' ],
];

describe.runIf( native )( 'something else answers', () => {
	it.each( others )( '%s', async ( fault, code, seen ) => {
		const { service } = await site();
		await connect();
		service.setFault( fault );
		const results = await examine( ( await site() ).admin, 'answer' );
		expect( finding( results, code ).seen ).toContain( seen );
		expect( results[ 0 ]?.findings.map( ( one ) => one.code ) ).toEqual( [ code ] );
		if ( code !== 'answer_trouble' ) {
			expect( results ).toHaveLength( 1 );
		}
	} );
} );

describe.runIf( native )( 'the queue', () => {
	beforeEach( async () => connect() );

	it( 'is paused, and says for how many images, without calling that a fault of the queue', async () => {
		const { service, upload, admin } = await site();
		service.setFault( 'none' );
		const key = await connect();
		service.setBlocked( key, [ '127.0.0.1' ] );
		await admin.rest( 'POST', '/connection/check' );
		await upload( 2 );
		const results = await examined();
		expect( finding( results, 'queue_paused' ).seen ).toContain( 'Images paused until the key works: 2, since ' );
		expect( troubles( results ) ).toEqual( { allowed: [ 'allowed_blocked' ] } );
	} );

	it( 'is stuck when images have been due for long and nothing has worked on them', async () => {
		const { upload, wp, service } = await site();
		service.setFault( 'error_500' );
		await upload( 1 );
		await until( ( rows ) => rows[ 0 ]?.cause === 'server_error' );
		service.setFault( 'none' );
		await wp.evaluate( `
			update_option( 'slashimage_worked', time() - 2000 );
			$state = get_option( 'slashimage_connection' ); $state['holds'] = []; $state['since'] -= 2000; update_option( 'slashimage_connection', $state );
			$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . ' SET due_at = due_at - 3000' );` );
		expect( finding( await examined(), 'queue_stuck' ).seen ).toContain(
			'Images are due and nothing works on them: 1, since '
		);
	} );

	it( 'says when WP-Cron is switched off and nothing runs it', async () => {
		const { wp } = await site();
		await wp.evaluate( `wp_schedule_single_event( time() - 3600, 'something_old' );` );
		const results = await examined();
		await wp.evaluate( `wp_clear_scheduled_hook( 'something_old' );` );
		expect( troubles( results ) ).toEqual( { queue: [ 'cron_off' ] } );
		expect( finding( results, 'cron_off' ) ).toMatchObject( {
			seen: expect.stringContaining(
				'WP-Cron is switched off (DISABLE_WP_CRON), and nothing runs it instead: tasks are due since '
			),
			advice: expect.stringContaining( 'wp-cron.php every five minutes' ),
		} );
	} );
} );

describe.runIf( native )( 'the report', () => {
	it( 'holds the facts and the checks, and the key in no form at all', async () => {
		const { admin, log } = await site();
		const key = await connect();
		await examine( admin );
		const { text, body } = await admin.rest( 'GET', '/report' );
		const doctor = await admin.rest( 'GET', '/doctor' );
		for ( const form of forms( key ) ) {
			expect( text.toLowerCase() ).not.toContain( form.toLowerCase() );
			expect( doctor.text.toLowerCase() ).not.toContain( form.toLowerCase() );
		}
		const rows = (
			body as unknown as { sections: { title: string; rows: { label: string; value: string }[] }[] }
		 ).sections.flatMap( ( section ) =>
			section.rows.map( ( { label, value } ) => `${ section.title }/${ label }: ${ value }` )
		);
		expect( rows ).toEqual(
			expect.arrayContaining( [
				expect.stringMatching( /^Site\/WordPress: \d/ ),
				'Site/Origin sent to the service: http://127.0.0.1',
				'Connection/State: connected',
				`Connection/Key: sk_sub_…${ key.slice( -4 ) }`,
				'Connection/Key source: database',
				expect.stringMatching( /^Checks\/Accepted: good - The service accepts the key sk_sub_…/ ),
				expect.stringMatching(
					/^Requests\/\d+: \d\d:\d\d:\d\d GET http:.*\/v1\/keys\/me → 200, \d+ ms \(Authorization: Bearer …,/
				),
			] )
		);
		expect( text ).not.toMatch( /wordpress_logged_in|"\/(tmp|home|var|root)\// );
		expect( await log() ).toBe( '' );
	} );
} );
