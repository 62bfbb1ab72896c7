// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Connection, Summary } from '../../src/validation/schemas.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { button, draw, focused, heard, listen, posts, spoken, wait } from './draw.tsx';
import { connected, disconnected, held, reconnect, refusal, summary } from './fixtures.ts';

const fast = { poll: 40, slow: 80 };
const open = summary( { not_optimized: 1_240 } );
const moving = summary( { optimized: 10, optimizing: 2, waiting: 26, failed: 2 } );
const paced = { ...moving, pace: { images: 10, seconds: 60 } };
const onHold = connected( { hold: held( 'service' ) } );
const queued = 'The images are in the queue.';
const stopped = 'Stopped. What waited is out of the queue, and can be added again.';
const closable = 'You can close this page: optimizing goes on without it.';

const offer = (): HTMLElement | null => screen.queryByRole( 'button', { name: 'Optimize all' } );
const bar = (): HTMLProgressElement | null => screen.queryByRole( 'progressbar', { name: 'Images done' } );
const counts = (): string[] =>
	screen.getAllByRole( 'term' ).flatMap( ( term ) => {
		const isCount = term.parentElement?.tagName === 'DIV';
		return isCount ? `${ term.textContent } ${ term.nextElementSibling?.textContent }` : [];
	} );

describe( 'Optimize all', () => {
	const plan = { limit: 200, used: 145, remaining: 55 };
	const cost = 'An image takes one credit, and one more for every size WordPress made of it.';

	it.each( [
		[ 'a limit', plan, `${ cost } 55 credits are left this month; images beyond that wait for new ones.` ],
		[
			'one credit left, not said by the service',
			{ limit: 200, used: 199, remaining: null },
			`${ cost } 1 credit is left this month; images beyond that wait for new ones.`,
		],
		[ 'no limit', { limit: null, used: 5, remaining: null }, cost ],
		[ 'an unknown plan', null, cost ],
	] )( 'says how many there are and what they cost, with %s', async ( _, of, text ) => {
		draw( connected( { plan: of } ), open );
		expect( screen.getByText( '1,240 images of the library are not optimized yet.' ) ).toBeTruthy();
		expect( screen.getByText( text ) ).toBeTruthy();
		expect( counts() ).toContain( 'Not optimized 1,240' );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	it.each< [ string, Connection, Summary, string[] ] >( [
		[ 'nothing is left to optimize', connected(), summary(), [ 'Optimized 10', 'Waiting 0', 'Failed 0' ] ],
		[
			'it needs reconnecting',
			reconnect(),
			open,
			[ 'Optimized 10', 'Paused 0', 'Failed 0', 'Not optimized 1,240' ],
		],
		[
			'it is not configured',
			disconnected(),
			summary( { optimized: 0, not_optimized: 7 } ),
			[ 'Optimized 0', 'Waiting 0', 'Failed 0', 'Not optimized 7' ],
		],
	] )( 'is not offered while %s', ( _, connection, of, expected ) => {
		draw( connection, of );
		expect( offer() ).toBeNull();
		expect( screen.queryByText( /of the library/ ) ).toBeNull();
		expect( counts() ).toEqual( expected );
	} );

	it( 'of what could not be optimized, or not all of it, leads to why', async () => {
		draw( connected(), summary( { partly_optimized: 2, unsupported: 3 } ) );
		expect( counts() ).toEqual( [
			'Optimized 10',
			'Partly optimized Why? 2',
			'Waiting 0',
			'Failed 0',
			'Not supported Why? 3',
		] );
		expect(
			screen
				.getAllByRole( 'link', { name: /^Why\? (Partly optimized|Not supported)$/ } )
				.map( ( link ) => link.getAttribute( 'href' ) )
		).toEqual( [
			'upload.php?mode=list&slashimage_state=partly_optimized',
			'upload.php?mode=list&slashimage_state=unsupported',
		] );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	it( 'puts them into the queue, once, and says so', async () => {
		const { site, user } = draw( connected(), open );
		site.answer( 'POST /images/optimize', { body: summary( { waiting: 1_240 } ) } );
		await user.dblClick( button( 'Optimize all' ) );
		await screen.findByText( queued );
		await heard( `${ queued } ${ closable }` );
		expect( posts( site ) ).toEqual( [ 'POST /images/optimize' ] );
		expect( offer() ).toBeNull();
		expect( screen.getByText( '10 of 1,250 done' ) ).toBeTruthy();
		await focused( () => screen.getByRole( 'heading', { name: 'Images' } ) );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	it( 'is not taken for a check of the key', async () => {
		const { site, user } = draw( connected(), open );
		site.answer( 'POST /images/optimize', { body: moving } );
		await user.click( button( 'Optimize all' ) );
		await screen.findByText( queued );
		expect( screen.queryByText( 'The key works.' ) ).toBeNull();
	} );

	it( 'says why it did not work, and can be pressed again', async () => {
		const { site, user } = draw( connected(), open );
		site.answer( 'POST /images/optimize', refusal( 500, 'internal_server_error' ), { body: moving } );
		await user.click( button( 'Optimize all' ) );
		await screen.findByText( /This site answered with an error of its own/ );
		await heard( 'This site answered with an error of its own' );
		await user.click( button( 'Optimize all' ) );
		await screen.findByText( queued );
		expect( screen.queryByText( /an error of its own/ ) ).toBeNull();
	} );

	it( 'given up, but done after all: the screen shows it', async () => {
		const { site, user } = draw( connected(), open, { ...fast, giveUp: 50 } );
		await user.click( button( 'Optimize all' ) );
		await screen.findByText( /did not answer in time/ );
		site.answer( 'GET /images/summary', { body: moving } );
		await screen.findByText( '12 of 40 done' );
		expect( screen.queryByText( /did not answer in time/ ) ).toBeNull();
	} );
} );

describe( 'how far the queue is', () => {
	it( 'is a bar, how many are done, and how long it takes', async () => {
		draw( connected(), paced );
		expect( bar()?.value ).toBe( 12 );
		expect( bar()?.max ).toBe( 40 );
		expect( screen.getByText( '12 of 40 done' ) ).toBeTruthy();
		expect( screen.getByText( 'About 3 minutes left' ) ).toBeTruthy();
		expect( screen.getByText( closable ) ).toBeTruthy();
		expect( counts() ).toEqual( [ 'Optimized 10', 'In progress 2', 'Waiting 26', 'Failed 2' ] );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	it.each< [ string, Connection, Summary ] >( [
		[ 'nothing is in it', connected(), open ],
		[ 'not configured', disconnected(), paced ],
	] )( 'is not shown: %s', ( _, connection, of ) => {
		draw( connection, of );
		expect( bar() ).toBeNull();
		expect( screen.queryByText( closable ) ).toBeNull();
	} );

	it( 'can be stopped, and says so', async () => {
		const { site, user } = draw( connected(), paced );
		site.answer( 'POST /images/stop', refusal( 500, 'internal_server_error' ), {
			body: summary( { optimized: 10, failed: 2, not_optimized: 28 } ),
		} );
		await user.click( button( 'Stop' ) );
		await screen.findByText( /This site answered with an error of its own/ );
		await user.click( button( 'Stop' ) );
		await screen.findByText( stopped );
		await heard( stopped );
		expect( bar() ).toBeNull();
		expect( offer() ).toBeTruthy();
		await focused( () => screen.getByRole( 'heading', { name: 'Images' } ) );
	} );

	it.each< [ string, Connection, Summary ] >( [
		[ 'paused', reconnect(), paced ],
		[ 'the last ones are being optimized', connected(), summary( { optimizing: 2 } ) ],
	] )( 'can not be stopped: %s', ( _, connection, of ) => {
		draw( connection, of );
		expect( bar() ).toBeTruthy();
		expect( screen.queryByRole( 'button', { name: 'Stop' } ) ).toBeNull();
	} );

	it( 'on hold: says nothing about how long', () => {
		draw( onHold, paced );
		expect( bar()?.value ).toBe( 12 );
		expect( screen.queryByText( /^(About|Less)/ ) ).toBeNull();
	} );

	it( 'paused: keeps the bar, and says so', async () => {
		draw( reconnect(), paced );
		expect( bar()?.value ).toBe( 12 );
		expect( screen.getByText( '12 of 40 done' ).nextElementSibling?.textContent ).toBe( 'Paused' );
		expect( screen.queryByText( /^(About|Less)/ ) ).toBeNull();
		expect( screen.queryByText( closable ) ).toBeNull();
		expect( counts() ).toContain( 'Paused 26' );
		expect( await accessibilityProblems( document.body ) ).toEqual( [] );
	} );

	it( 'moves on by itself, without a word', async () => {
		const { site } = draw( connected(), paced, fast );
		const said = listen();
		site.answer( 'GET /images/summary', {
			body: summary( { optimized: 36, failed: 2, waiting: 2, pace: { images: 30, seconds: 120 } } ),
		} );
		await screen.findByText( 'Less than a minute left' );
		expect( bar()?.value ).toBe( 38 );
		expect( said ).toEqual( [] );
	} );
} );

describe( 'the end of a run', () => {
	it.each( [
		[ 'all are done', 0, 'Optimizing is done.' ],
		[ 'one failed', 1, 'Optimizing is done. 1 image failed.' ],
		[ 'some failed', 3, 'Optimizing is done. 3 images failed.' ],
	] )( 'is said once: %s', async ( _, failed, text ) => {
		const { site } = draw( connected(), moving, fast );
		const said = listen();
		site.answer(
			'GET /images/summary',
			{ body: summary( { optimized: 38, waiting: 2 } ) },
			{ body: summary( { optimized: 40 - failed, failed } ) }
		);
		await heard( text );
		await wait( 150 );
		expect( said ).toEqual( [ text ] );
		expect( bar() ).toBeNull();
	} );

	it( 'takes away that images are in the queue', async () => {
		const { site, user } = draw( connected(), open, fast );
		site.answer( 'POST /images/optimize', { body: moving } );
		site.answer( 'GET /images/summary', { body: moving }, { body: summary( { optimized: 40 } ) } );
		await user.click( button( 'Optimize all' ) );
		await screen.findByText( queued );
		await heard( 'Optimizing is done.' );
		expect( screen.queryByText( queued ) ).toBeNull();
	} );

	it( 'is not said of images that left the queue while it was paused', async () => {
		const { site } = draw( reconnect(), moving, fast );
		site.answer( 'GET /images/summary', { body: summary() } );
		await waitFor( () => expect( bar() ).toBeNull() );
		expect( spoken().trim() ).toBe( '' );
	} );

	it( 'gives way to what is said about the connection', async () => {
		const { site } = draw( connected(), moving, fast );
		const said = listen();
		site.answer( 'GET /images/summary', { body: summary() } );
		site.answer( 'GET /connection', { body: reconnect() } );
		await heard( 'Reconnect needed. Optimizing is paused.' );
		expect( said ).toHaveLength( 1 );
	} );
} );

describe( 'failed images', () => {
	it( 'are not to be tried again while that can not work', () => {
		draw( reconnect(), summary( { failed: 3 } ) );
		expect( screen.queryByRole( 'button', { name: 'Retry failed' } ) ).toBeNull();
		expect( screen.getByRole( 'link', { name: 'See why in the media library' } ) ).toBeTruthy();
	} );

	it( 'says why they can not be tried again', async () => {
		const { site, user } = draw( connected(), summary( { failed: 3 } ) );
		site.answer( 'POST /images/retry', refusal( 409, 'disconnected' ) );
		await user.click( button( 'Retry failed' ) );
		await screen.findByText( 'Connect SlashImage first.' );
	} );

	it( 'are tried again', async () => {
		const { site, user } = draw( connected(), summary( { failed: 3 } ) );
		site.answer( 'POST /images/retry', { body: summary( { waiting: 3 } ) } );
		expect( screen.getByRole( 'link', { name: /media library/ } ).getAttribute( 'href' ) ).toBe(
			'upload.php?mode=list&slashimage_state=failed'
		);
		await user.click( button( 'Retry failed' ) );
		await screen.findByText( 'The failed images are tried again.' );
		expect( screen.queryByRole( 'button', { name: 'Retry failed' } ) ).toBeNull();
		await heard( 'The failed images are tried again.' );
	} );
} );
