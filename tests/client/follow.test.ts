// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { follow, type Look } from '../../src/client/follow.ts';
import { pace } from '../../src/notices/pace.ts';

interface Watched {
	looks: number[];
	came: Look;
	needed: boolean;
}

// One for each test: what an earlier one began still listens to the page.
let watched: Watched;

beforeEach( () => {
	vi.useFakeTimers( { now: 0 } );
	watched = { looks: [], came: 'same', needed: true };
} );
afterEach( () => {
	watched.needed = false;
	show( true );
	vi.useRealTimers();
} );

function begin( took = 0 ): () => void {
	const mine = watched;
	const look = async () => {
		mine.looks.push( Date.now() );
		if ( took ) {
			await new Promise( ( resolve ) => setTimeout( resolve, took ) );
		}
		return mine.came;
	};
	return follow( look, { every: () => ( mine.needed ? pace.first : null ), slow: pace.slow } ).soon;
}

function show( visible: boolean ): void {
	Object.defineProperty( document, 'hidden', { value: ! visible, configurable: true } );
	document.dispatchEvent( new Event( 'visibilitychange' ) );
}

const pauses = () => watched.looks.map( ( at, index ) => at - ( watched.looks[ index - 1 ] ?? 0 ) );

test( 'looks slower and slower while nothing changes, and never less than every four seconds', async () => {
	begin();
	await vi.advanceTimersByTimeAsync( 20_000 );
	expect( pauses() ).toEqual( [ 1000, 1500, 2250, 3375, 4000, 4000 ] );
} );

test( 'looks quickly again after a change', async () => {
	begin();
	await vi.advanceTimersByTimeAsync( 2500 );
	watched.came = 'changed';
	await vi.advanceTimersByTimeAsync( 2250 );
	watched.came = 'same';
	await vi.advanceTimersByTimeAsync( 1000 );
	expect( pauses() ).toEqual( [ 1000, 1500, 2250, 1000 ] );
} );

test( 'one look at a time', async () => {
	const nudge = begin( 60_000 );
	await vi.advanceTimersByTimeAsync( 10_000 );
	nudge();
	show( true );
	await vi.advanceTimersByTimeAsync( 10_000 );
	expect( watched.looks ).toHaveLength( 1 );
} );

test( 'does not look while the tab is hidden, and at once when it is shown again', async () => {
	begin();
	show( false );
	await vi.advanceTimersByTimeAsync( 600_000 );
	expect( watched.looks ).toEqual( [] );
	show( true );
	await vi.advanceTimersByTimeAsync( 0 );
	expect( watched.looks ).toEqual( [ 600_000 ] );
} );

test( 'a tab hidden while an answer is on its way does not look on', async () => {
	begin( 500 );
	await vi.advanceTimersByTimeAsync( 1200 );
	show( false );
	await vi.advanceTimersByTimeAsync( 60_000 );
	expect( watched.looks ).toHaveLength( 1 );
} );

test( 'does nothing while it is not needed; told that something happened, it looks', async () => {
	watched.needed = false;
	const nudge = begin();
	await vi.advanceTimersByTimeAsync( 60_000 );
	expect( vi.getTimerCount() ).toBe( 0 );
	watched.needed = true;
	nudge();
	await vi.advanceTimersByTimeAsync( 1000 );
	expect( watched.looks ).toEqual( [ 61_000 ] );
} );

test( 'never looks again after it has ended', async () => {
	const nudge = begin();
	watched.came = 'ended';
	await vi.advanceTimersByTimeAsync( 1000 );
	nudge();
	show( false );
	show( true );
	await vi.advanceTimersByTimeAsync( 60_000 );
	expect( watched.looks ).toHaveLength( 1 );
} );

test( 'coming back looks once in every state, and not again within a quarter of a minute', async () => {
	watched.needed = false;
	begin();
	await vi.advanceTimersByTimeAsync( 20_000 );
	window.dispatchEvent( new Event( 'focus' ) );
	show( true );
	await vi.advanceTimersByTimeAsync( 5_000 );
	window.dispatchEvent( new Event( 'focus' ) );
	await vi.advanceTimersByTimeAsync( 60_000 );
	expect( watched.looks ).toEqual( [ 20_000 ] );
} );

test( "coming back by the browser's Back looks at once", async () => {
	watched.needed = false;
	begin();
	await vi.advanceTimersByTimeAsync( 1_000 );
	window.dispatchEvent( Object.assign( new Event( 'pageshow' ), { persisted: true } ) );
	await vi.advanceTimersByTimeAsync( 0 );
	expect( watched.looks ).toEqual( [ 1_000 ] );
} );

test( 'a look that throws is one that failed', async () => {
	const mine = watched;
	follow(
		async () => {
			mine.looks.push( Date.now() );
			throw new Error( 'oops' );
		},
		{ every: () => ( mine.needed ? 1_000 : null ), slow: 4_000 }
	);
	await vi.advanceTimersByTimeAsync( 3_000 );
	expect( pauses() ).toEqual( [ 1_000, 1_500 ] );
} );
