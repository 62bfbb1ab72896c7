// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Connection, Summary } from '../../src/validation/schemas.ts';
import { hostSentences } from '../../src/validation/host-sentences.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { button, draw, field, focused, paste, posts } from './draw.tsx';
import { accepted, connected, disconnected, held, key, keyFrom, reconnect, refusal, summary } from './fixtures.ts';

const states: [ name: string, connection: Connection, counts: Summary, texts: ( string | RegExp )[] ][] = [
	[
		'not configured',
		disconnected(),
		summary( { optimized: 0, bytes_before: 0 } ),
		[ 'Not configured', /Get a free API key/, 'Copy it and paste it here.', 'Press Connect.', 'Connect' ],
	],
	[
		'connected',
		connected(),
		summary( { waiting: 4, optimizing: 2, failed: 1, unsupported: 1 } ),
		[
			'Connected',
			'sk_live_…9f3c',
			/^2 hours ago/,
			'145 of 200 used this month, 55 left',
			'Waiting',
			'Failed',
			'Not supported',
			/75% smaller: 3 MB saved/,
		],
	],
	[
		'connected without limit',
		connected( { plan: { limit: null, used: 1_500, remaining: null } } ),
		summary(),
		[ 'Unlimited, 1,500 images this month' ],
	],
	[ 'connected, plan unknown', connected( { plan: null } ), summary(), [ /Not known/ ] ],
	[
		'out of credits',
		connected( { hold: held( 'credits', { sentence: hostSentences.monthly_limit_reached } ) } ),
		summary( { waiting: 4 } ),
		[
			'Connected',
			'No credits left. Optimizing goes on when there are credits again.',
			/See your credits/,
			/^in (29|30) minutes/,
		],
	],
	[
		'service busy',
		connected( { hold: held( 'service', { sentence: hostSentences.service_busy } ) } ),
		summary( { waiting: 4 } ),
		[ 'The service is busy. It is tried again shortly.' ],
	],
	[
		'uploads not writable',
		connected( { hold: held( 'storage' ) } ),
		summary(),
		[ 'Connected', 'Optimization is on hold.', 'Held: storage.', /^in (29|30) minutes/ ],
	],
	[
		'another site',
		connected( { hold: held( 'site', { outcome: 'another_site' } ) } ),
		summary( { waiting: 4 } ),
		[ 'Connected', 'Optimization is on hold.', 'Held: site.', 'Optimize on this site too', 'Paused' ],
	],
	[
		'switched off',
		connected( { hold: held( 'off', { outcome: 'switched_off', since: 0 } ) } ),
		summary( { waiting: 4 } ),
		[ 'Connected', 'Optimization is on hold.', 'Held: off.', 'Paused' ],
	],
	[
		'managed by a constant',
		connected( { key: keyFrom( 'constant' ) } ),
		summary(),
		[ /^The key comes from the constant SLASHIMAGE_API_KEY, so it can not be changed here\.$/ ],
	],
	[
		'managed by the environment',
		reconnect( { key: keyFrom( 'env' ) } ),
		summary(),
		[ 'Reconnect needed', /environment variable SLASHIMAGE_API_KEY/ ],
	],
	[
		'managed by the network',
		disconnected( { key: keyFrom( 'network' ) } ),
		summary(),
		[ 'Not configured', /network administrator/ ],
	],
	[
		'reconnect needed',
		reconnect(),
		summary( { waiting: 4 } ),
		[
			'Reconnect needed',
			'API key is invalid or has been revoked.',
			'sk_live_…9f3c',
			/^1 hour ago/,
			/4 images wait and go on by themselves/,
			'Paused',
			'Reconnect',
			/Find your key/,
			/How domains are allowed/,
		],
	],
	[
		'reconnect needed for the domain',
		reconnect( { reason: 'domain', outcome: 'domain_not_allowed' } ),
		summary(),
		[
			'Reconnect needed',
			'The key is locked to other domains.',
			/The service sees this site as example.com. Allow this domain/,
		],
	],
	[
		'salts changed',
		reconnect( { outcome: 'key_unreadable' } ),
		summary(),
		[ /security salts of this site changed/ ],
	],
];

describe.each( states )( 'the screen, %s', ( _, connection, counts, texts ) => {
	it( 'says what is the case', async () => {
		draw( connection, counts );
		for ( const text of texts ) {
			expect( screen.getAllByText( text ).length ).toBeGreaterThan( 0 );
		}
		const isManaged = [ 'env', 'constant', 'network' ].includes( connection.key.source );
		const hasField = connection.state !== 'connected' && ! isManaged;
		expect( screen.queryAllByRole( 'textbox' ) ).toHaveLength( hasField ? 1 : 0 );
		expect( screen.queryAllByRole( 'button', { name: /Replace key|Disconnect/ } ).length > 0 ).toBe(
			connection.state !== 'disconnected' && ! isManaged
		);
		if ( connection.state === 'reconnect' && hasField ) {
			await focused( () => field() );
		}
	} );

	it( 'is accessible', async () => {
		draw( connection, counts );
		expect( await problems() ).toEqual( [] );
	} );
} );

describe( 'the screen, while something happens, is accessible', () => {
	it( 'with a wrong shape, while checking, and refused', async () => {
		const { site, user } = draw( reconnect() );
		await paste( user, 'sk_li' );
		expect( await problems() ).toEqual( [] );
		await user.clear( field() );
		site.answer( 'POST /connection', { ...refusal( 422, 'domain_blocked' ), after: 1_500 } );
		await paste( user, key );
		await user.keyboard( '{Enter}' );
		expect( await problems() ).toEqual( [] );
		await screen.findByText( 'This domain is on the block list of the key.' );
		expect( await problems() ).toEqual( [] );
	} );

	it( 'with the dialog open, and with the field to replace a key', async () => {
		const { user } = draw( connected() );
		await user.click( button( 'Disconnect' ) );
		await screen.findByRole( 'dialog' );
		expect( await problems() ).toEqual( [] );
		await user.click( button( 'Cancel' ) );
		await waitFor( () => expect( screen.queryByRole( 'dialog' ) ).toBeNull() );
		await user.click( button( 'Replace key' ) );
		expect( await problems() ).toEqual( [] );
	} );
} );

describe( 'the keyboard alone', () => {
	it( 'connects, checks, replaces and disconnects', async () => {
		const { site, user } = draw( disconnected() );
		site.answer( 'POST /connection', { body: accepted() } );
		site.answer( 'POST /connection/check', { body: accepted() } );
		site.answer( 'POST /connection/disconnect', { body: disconnected() } );
		await user.tab();
		expect( document.activeElement?.textContent ).toContain( 'Get a free API key' );
		await user.tab();
		await user.paste( key );
		await user.tab();
		await user.keyboard( '{Enter}' );
		await screen.findByText( 'Connected' );
		await user.tab();
		await user.keyboard( '{Enter}' );
		await screen.findByText( 'The key works.' );
		await user.tab();
		await user.keyboard( ' ' );
		await user.paste( key );
		await user.keyboard( '{Enter}' );
		await waitFor( () => expect( screen.queryByRole( 'textbox' ) ).toBeNull() );
		await user.tab();
		await user.tab();
		await user.tab();
		await user.keyboard( '{Enter}' );
		await screen.findByRole( 'dialog' );
		button( 'Disconnect' ).focus();
		await user.keyboard( '{Enter}' );
		await screen.findByText( 'Not configured' );
		expect( posts( site ).map( ( line ) => line.split( ' {' )[ 0 ] ) ).toEqual( [
			'POST /connection',
			'POST /connection/check',
			'POST /connection',
			'POST /connection/disconnect',
		] );
	} );
} );

const problems = (): Promise< string[] > => accessibilityProblems( document.body );
