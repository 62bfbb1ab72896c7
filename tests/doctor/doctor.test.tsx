// @vitest-environment jsdom
import '../../src/doctor/index.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/validation/doctor.ts';
import type { CheckResult } from '../../src/validation/doctor-schemas.ts';
import type { Connection } from '../../src/validation/schemas.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { button, draw, focused, heard, paste, posts, spoken, wait, type Drawn } from '../admin/draw.tsx';
import {
	accepted,
	connected,
	disconnected,
	key,
	now,
	problem,
	reconnect,
	refusal,
	result,
	results,
	summary,
} from '../admin/fixtures.ts';

const asked = ( { site }: Drawn ): string[] => posts( site ).map( ( line ) => line.replace( 'POST /doctor/', '' ) );
const row = ( title: string ): HTMLElement => {
	const item = screen.getByRole( 'heading', { level: 3, name: new RegExp( `^${ title } ` ) } ).closest( 'li' );
	expect( item ).not.toBeNull();
	return item as HTMLElement;
};
const says = ( title: string, word: string | RegExp ): void => void within( row( title ) ).getByText( word );
const disclosure = (): HTMLElement => button( 'Checks' );

/** Draws the screen with the checks open. */
async function examined( connection: Connection, answers: CheckResult[] ): Promise< Drawn > {
	const drawn = draw( connection );
	answers.forEach( ( body ) => drawn.site.answer( `POST /doctor/${ body.check }`, { body } ) );
	if ( connection.state !== 'reconnect' ) {
		await drawn.user.click( disclosure() );
	}
	await waitFor( () => expect( drawn.site.requests ).toContain( 'GET /doctor' ) );
	return drawn;
}

const ending = result( 'reach', [ problem() ], { ends: true } );

describe( 'the checks', () => {
	it( 'are folded away while the key works, and open where it does not', async () => {
		const { site } = draw( connected(), summary( { waiting: 1 } ), { poll: 40, slow: 80 } );
		expect( disclosure().getAttribute( 'aria-expanded' ) ).toBe( 'false' );
		expect( screen.queryByRole( 'button', { name: 'Run checks' } ) ).toBeNull();
		site.answer( 'GET /connection', { body: reconnect() } );
		await screen.findByRole( 'button', { name: 'Run checks' } );
		expect( disclosure().getAttribute( 'aria-expanded' ) ).toBe( 'true' );
	} );

	it( 'can be folded away and opened with the keyboard', async () => {
		const { user } = draw( reconnect() );
		disclosure().focus();
		await user.keyboard( '{Enter}' );
		expect( screen.queryByRole( 'button', { name: 'Run checks' } ) ).toBeNull();
		await user.keyboard( ' ' );
		expect( button( 'Run checks' ) ).toBeTruthy();
	} );

	it( 'are there before a first key: whether the service can be reached is worth knowing', async () => {
		const { user } = draw( disconnected() );
		await user.click( disclosure() );
		await screen.findByRole( 'button', { name: 'Run checks' } );
	} );

	it( 'run one after the other, with progress, and say that all is good', async () => {
		const drawn = await examined( connected(), results() );
		drawn.site.answer( 'POST /doctor/reach', { body: result( 'reach' ), after: 800 } );
		await drawn.user.dblClick( button( 'Run checks' ) );
		await heard( 'Running the checks…' );
		await screen.findByText( 'Check 3 of 10: Reach' );
		says( 'Address', 'Good' );
		says( 'Reach', 'Running…' );
		says( 'Files', 'Not run' );
		// It is said before it is asked.
		await waitFor( () => expect( asked( drawn ) ).toEqual( [ 'key', 'address', 'reach' ] ) );
		await screen.findByText( /^All is good. Verified: the key, the way to the service/ );
		expect( asked( drawn ) ).toEqual( checks );
		says( 'Files', 'Good' );
		await heard( 'All is good.' );
		expect( screen.queryByRole( 'button', { name: 'Stop' } ) ).toBeNull();
		await focused( () => button( 'Run all again' ) );
	} );

	it( 'end where nothing more can be learned, and say what to do first and next', async () => {
		const drawn = await examined( reconnect(), results( ending ) );
		await drawn.user.click( button( 'Run checks' ) );
		await screen.findByText( '1 problem was found.' );
		await heard( 'Reach: The certificate ended. 1 problem was found. First: Look at the clock.' );
		expect( asked( drawn ) ).toEqual( [ 'key', 'address', 'reach' ] );
		says( 'Reach', 'Problem' );
		says( 'Reach', 'The certificate ended.' );
		says( 'Reach', 'Look at the clock.' );
		says( 'Minimal request', 'Not run' );
		const next = screen.getByText( 'If that does not help:' ).nextElementSibling as HTMLElement;
		expect( [ ...next.children ].map( ( item ) => item.textContent ) ).toEqual( [
			'Ask your host, and send the report along. ',
			'Ask SlashImage support, and send the report along. Write to support',
		] );
		expect( within( next ).getByRole( 'link' ).getAttribute( 'href' ) ).toBe( 'mailto:support@slashimage.test' );
	} );

	it( 'say each problem aloud while they go on', async () => {
		const plan = result( 'plan', [ problem( { seen: 'No credits are left.', link: 'dashboard' } ) ] );
		const drawn = await examined( connected(), results( plan ) );
		drawn.site.answer( 'POST /doctor/queue', { body: result( 'queue' ), after: 500 } );
		await drawn.user.click( button( 'Run checks' ) );
		await heard( 'Plan: No credits are left.' );
		expect( spoken() ).not.toContain( 'First:' );
		await screen.findByText( '1 problem was found.' );
		expect( within( row( 'Plan' ) ).getByRole( 'link' ).getAttribute( 'href' ) ).toBe(
			'https://slashimage.test/dashboard'
		);
	} );

	it( 'name what needs attention, and lead to the plugins of this site', async () => {
		const site = result( 'site', [
			{ status: 'attention', seen: 'A plugin.', advice: 'Deactivate it.', link: 'plugins' },
			{ seen: 'The rest is good.' },
		] );
		const drawn = await examined( connected(), results( site, result( 'address', [ { status: 'not_needed' } ] ) ) );
		await drawn.user.click( button( 'Run checks' ) );
		await screen.findByText( 'No problem was found, but something needs attention.' );
		says( 'Blocked by this site', 'Attention' );
		says( 'Blocked by this site', 'The rest is good.' );
		says( 'Address', 'Not needed' );
		expect( within( row( 'Blocked by this site' ) ).getByRole( 'link' ).getAttribute( 'href' ) ).toBe(
			'plugins.php'
		);
		expect( screen.getByText( /^First: Deactivate it/ ) ).toBeTruthy();
	} );

	it( 'are accessible before, during and after a run', async () => {
		const drawn = await examined( reconnect(), results( ending ) );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
		drawn.site.answer( 'POST /doctor/address', { body: result( 'address' ), after: 1_500 } );
		await drawn.user.click( button( 'Run checks' ) );
		await screen.findByText( 'Check 2 of 10: Address' );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
		await screen.findByText( '1 problem was found.' );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );
} );

describe( 'running again', () => {
	it( 'goes on from the failed check, and keeps what was good before it', async () => {
		const drawn = await examined( reconnect(), results( ending ) );
		await drawn.user.click( button( 'Run checks' ) );
		await screen.findByText( '1 problem was found.' );
		drawn.site.answer( 'POST /doctor/reach', { body: result( 'reach', [ {} ], { at: now + 300 } ) } );
		drawn.site.requests.length = 0;
		await drawn.user.click( button( 'Run again' ) );
		await screen.findByText( /^All is good/ );
		expect( asked( drawn ) ).toEqual( checks.slice( 2 ) );
		says( 'Key', 'Good' );
	} );

	it( 'can begin from the first', async () => {
		const drawn = await examined( connected(), results( ending ) );
		await drawn.user.click( button( 'Run checks' ) );
		await screen.findByText( '1 problem was found.' );
		drawn.site.requests.length = 0;
		drawn.site.answer( 'POST /doctor/key' );
		await drawn.user.click( button( 'Run all again' ) );
		await screen.findByText( 'Check 1 of 10: Key' );
		says( 'Reach', 'Not run' );
		await focused( () => button( 'Run checks' ) );
	} );

	it( 'goes on where it was stopped, and drops the answer that comes too late', async () => {
		const drawn = await examined( connected(), results() );
		drawn.site.answer( 'POST /doctor/reach', { body: ending, after: 400 }, { body: result( 'reach' ) } );
		await drawn.user.click( button( 'Run checks' ) );
		await screen.findByText( 'Check 3 of 10: Reach' );
		await waitFor( () => expect( asked( drawn ) ).toHaveLength( 3 ) );
		await drawn.user.click( button( 'Stop' ) );
		await screen.findByText( 'Stopped after 2 of 10 checks.' );
		await heard( 'Stopped after 2 of 10 checks.' );
		await focused( () => button( 'Run again' ) );
		await wait( 500 );
		expect( asked( drawn ) ).toHaveLength( 3 );
		says( 'Reach', 'Not run' );
		await drawn.user.click( button( 'Run again' ) );
		await screen.findByText( /^All is good/ );
		expect( asked( drawn ) ).toEqual( [ 'key', 'address', 'reach', ...checks.slice( 2 ) ] );
	} );

	it( 'may be left in the middle of it', async () => {
		const drawn = await examined( connected(), results() );
		drawn.site.answer( 'POST /doctor/key', { body: result( 'key' ), after: 100 } );
		await drawn.user.click( button( 'Run checks' ) );
		drawn.leave();
		await wait( 200 );
		expect( asked( drawn ).length ).toBeLessThan( 2 );
	} );
} );

describe( 'a check that can not be asked for', () => {
	it.each( [
		[ 'a session that is over', refusal( 403, 'rest_cookie_invalid_nonce' ), /You are logged out/ ],
		[ 'an error of this site', refusal( 500, 'internal_server_error' ), /\(status 500\)/ ],
		[ 'a page', { status: 200, body: '<html>' }, /Something other than WordPress answered/ ],
	] )( '%s: says so, loses nothing, and goes on from there', async ( _, answer, sentence ) => {
		const drawn = await examined( connected(), results() );
		drawn.site.answer( 'GET /nonce', { status: 400, body: '0' } );
		drawn.site.answer( 'POST /doctor/site', answer );
		await drawn.user.click( button( 'Run checks' ) );
		await screen.findByText( sentence );
		says( 'Reach', 'Good' );
		says( 'Blocked by this site', 'Not run' );
		expect( screen.queryByText( /All is good/ ) ).toBeNull();
		drawn.site.answer( 'POST /doctor/site', { body: result( 'site' ) } );
		drawn.site.requests.length = 0;
		await drawn.user.click( button( 'Run again' ) );
		await screen.findByText( /^All is good/ );
		expect( asked( drawn )[ 0 ] ).toBe( 'site' );
		expect( screen.queryByText( sentence ) ).toBeNull();
	} );

	it( 'offline: says so aloud', async () => {
		const drawn = await examined( connected(), results() );
		drawn.site.offline = true;
		await drawn.user.click( button( 'Run checks' ) );
		await screen.findByText( /Your browser could not reach this site/ );
		await heard( 'Your browser could not reach this site' );
	} );
} );

describe( 'results of an earlier run', () => {
	const earlier = ( at: number, ...rest: CheckResult[] ) => results( ...rest ).map( ( one ) => ( { ...one, at } ) );

	it( 'are shown with when they were made, and not said aloud', async () => {
		const { site, user } = draw( connected( { since: now - 90_000 } ) );
		site.answer( 'GET /doctor', { body: { results: earlier( now - 7_200 ) } } );
		await user.click( disclosure() );
		await screen.findByText( /^All is good/ );
		const summaryText = screen.getByText( /^Last check:/ ).textContent;
		expect( summaryText ).toContain( '2 hours ago' );
		expect( spoken().trim() ).toBe( '' );
		expect( button( 'Run all again' ) ).toBeTruthy();
		await user.dblClick( disclosure() );
		expect( site.requests.filter( ( line ) => line === 'GET /doctor' ) ).toHaveLength( 1 );
	} );

	it( 'claim nothing once the connection has changed since', async () => {
		const { site } = draw( reconnect( { since: now - 3_600 } ) );
		site.answer( 'GET /doctor', { body: { results: earlier( now - 7_200 ) } } );
		await screen.findByText( 'The connection has changed since these checks. Run them again.' );
		expect( screen.queryByText( /All is good/ ) ).toBeNull();
		expect( screen.queryByText( /key works again/ ) ).toBeNull();
	} );

	it( 'are shown as far as they follow each other', async () => {
		const { site, user } = draw( connected() );
		site.answer( 'GET /doctor', { body: { results: [ result( 'key' ), result( 'plan' ) ] } } );
		await user.click( disclosure() );
		await screen.findByText( 'Stopped after 1 of 10 checks.' );
		says( 'Plan', 'Not run' );
	} );

	it( 'may be missing', async () => {
		const { site, user } = draw( connected() );
		site.answer( 'GET /doctor', refusal( 500, 'internal_server_error' ) );
		await user.click( disclosure() );
		await wait( 100 );
		expect( button( 'Run checks' ) ).toBeTruthy();
		expect( screen.queryByText( /error of its own/ ) ).toBeNull();
	} );

	it( 'do not come on top of a run that began meanwhile', async () => {
		const { site, user } = draw( connected() );
		site.answer( 'GET /doctor', { body: { results: results() }, after: 150 } );
		await user.click( disclosure() );
		await user.click( button( 'Run checks' ) );
		await wait( 250 );
		expect( screen.getByText( 'Check 1 of 10: Key' ) ).toBeTruthy();
		expect( screen.queryByText( 'Good' ) ).toBeNull();
	} );

	it( 'go when another key is used', async () => {
		const drawn = await examined( reconnect(), results( ending ) );
		await drawn.user.click( button( 'Run checks' ) );
		await screen.findByText( '1 problem was found.' );
		drawn.site.answer( 'POST /connection', { body: accepted() } );
		await paste( drawn.user, key );
		await drawn.user.keyboard( '{Enter}' );
		await screen.findByText( 'Connected' );
		expect( screen.queryByText( 'The certificate ended.' ) ).toBeNull();
		expect( button( 'Run checks' ) ).toBeTruthy();
	} );

	it( 'say how old they are where a later run kept them', async () => {
		const { site, user } = draw( connected() );
		const old = [ result( 'key', [ {} ], { at: now - 7_200 } ), { ...ending, check: 'address', at: now } as const ];
		site.answer( 'GET /doctor', { body: { results: old } } );
		await user.click( disclosure() );
		await screen.findByText( '1 problem was found.' );
		says( 'Key', /^2 hours ago/ );
		expect( within( row( 'Address' ) ).queryByText( /ago|now/ ) ).toBeNull();
	} );
} );

describe( 'a key that works again', () => {
	it( 'offers to check it right there', async () => {
		const drawn = await examined( reconnect(), results() );
		await drawn.user.click( button( 'Run checks' ) );
		const line = await screen.findByText( /The key works again. Press Check now to go on/ );
		await heard( 'The key works again.' );
		const here = within( line.closest( 'div' ) as HTMLElement );
		drawn.site.answer( 'POST /connection/check', refusal( 424, 'no_answer' ), {
			body: connected( { since: now } ),
		} );
		await drawn.user.click( here.getByRole( 'button', { name: 'Check now' } ) );
		await here.findByText( /Could not reach the API/ );
		await drawn.user.click( here.getByRole( 'button', { name: 'Check now' } ) );
		await screen.findByText( 'Connected' );
		expect( screen.queryByText( /The key works again/ ) ).toBeNull();
	} );
} );
