import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createResource } from '../../src/client/resource.ts';

// What this site said last: rules of order, scope and time, whatever comes late.

interface Data {
	thing: { revision: number; text: string };
	other: { revision: number; text: string };
}

type Problem = { tag: 'slow' | 'session' | 'odd' };

const first: Data = { thing: { revision: 5, text: 'old' }, other: { revision: 1, text: 'other' } };

const make = () =>
	createResource< Data, 'save', Problem >( first, {
		giveUp: 1_000,
		readError: ( error ) => ( { tag: error === 'session' ? 'session' : 'odd' } ),
		tooSlow: () => ( { tag: 'slow' } ),
		ignored: [],
	} );

/** An answer that comes when it is told to. */
function answer< T >() {
	let give = ( _: T ): void => {};
	let fail = ( _: unknown ): void => {};
	let signal: AbortSignal | undefined;
	const ask = ( of: AbortSignal ) => {
		signal = of;
		return new Promise< T >( ( resolve, reject ) => {
			give = resolve;
			fail = reject;
		} );
	};
	return {
		ask,
		give: ( value: T ) => give( value ),
		fail: ( why: unknown ) => fail( why ),
		isCut: () => signal?.aborted,
	};
}

const thing = ( text: string, revision: number ) => ( { thing: { revision, text } } );

beforeEach( () => void vi.useFakeTimers() );
afterEach( () => void vi.useRealTimers() );

test( 'a write wins over a read that was begun before it, whichever answers first', async () => {
	for ( const readFirst of [ true, false ] ) {
		const resource = make();
		const read = answer< Partial< Data > >();
		const write = answer< Partial< Data > >();
		const looked = resource.look( read.ask );
		resource.mutate( 'save', write.ask );
		expect( read.isCut() ).toBe( true );
		if ( readFirst ) {
			read.give( thing( 'read', 9 ) );
		}
		write.give( thing( 'written', 6 ) );
		read.give( thing( 'read', 9 ) );
		expect( await looked ).toBe( 'same' );
		await vi.advanceTimersByTimeAsync( 0 );
		expect( resource.get() ).toMatchObject( { data: { thing: { text: 'written' } }, from: 'action' } );
	}
} );

test( 'a read that is older by its revision is dropped in that part, and taken in the others', async () => {
	const resource = make();
	const came = await resource.look( async () => ( {
		...thing( 'from a cache', 4 ),
		other: { revision: 2, text: 'new' },
	} ) );
	expect( came ).toBe( 'changed' );
	expect( resource.get().data ).toEqual( { ...first, other: { revision: 2, text: 'new' } } );
} );

test( 'what an answer does not name stays', async () => {
	const resource = make();
	resource.mutate( 'save', async () => thing( 'new', 6 ) );
	await vi.advanceTimersByTimeAsync( 0 );
	expect( resource.get().data ).toEqual( { ...first, ...thing( 'new', 6 ) } );
} );

test( 'a request that takes too long is given up, cut off, and dropped when it comes', async () => {
	const resource = make();
	const write = answer< Partial< Data > >();
	resource.mutate( 'save', write.ask );
	await vi.advanceTimersByTimeAsync( 1_000 );
	expect( resource.get().attempt ).toEqual( { tag: 'failed', action: 'save', problem: { tag: 'slow' } } );
	expect( write.isCut() ).toBe( true );
	write.give( thing( 'late', 9 ) );
	await vi.advanceTimersByTimeAsync( 0 );
	expect( resource.get().data ).toEqual( first );
} );

test( 'one attempt at a time; dismissing what was said does not end it, settling does', async () => {
	const resource = make();
	const write = answer< Partial< Data > >();
	resource.mutate( 'save', write.ask );
	resource.mutate( 'save', async () => thing( 'second', 9 ) );
	resource.dismiss();
	expect( write.isCut() ).toBe( false );
	expect( resource.get().attempt.tag ).toBe( 'busy' );
	resource.settle( { tag: 'cancelled', action: 'save' } );
	expect( write.isCut() ).toBe( true );
	write.give( thing( 'first', 9 ) );
	await vi.advanceTimersByTimeAsync( 0 );
	expect( resource.get() ).toMatchObject( { data: first, attempt: { tag: 'cancelled' } } );
	resource.dismiss();
	expect( resource.get().attempt ).toEqual( { tag: 'idle' } );
} );

test( 'a session that is over ends the looking for good; another failure does not', async () => {
	const resource = make();
	expect( await resource.look( () => Promise.reject( new Error( 'no' ) ) ) ).toBe( 'failed' );
	expect( resource.get().ended ).toBeNull();

	expect( await resource.look( () => Promise.reject( 'session' ) ) ).toBe( 'ended' );
	expect( resource.get().ended ).toEqual( { tag: 'session' } );
} );

test( 'a listener that throws stops nobody', async () => {
	const resource = make();
	const heard: string[] = [];
	resource.subscribe( () => {
		throw new Error( 'oops' );
	} );
	const leave = resource.subscribe( () => void heard.push( resource.get().attempt.tag ) );
	resource.mutate( 'save', async () => thing( 'new', 6 ) );
	await expect( vi.advanceTimersByTimeAsync( 0 ) ).rejects.toThrow( 'oops' );
	expect( heard ).toEqual( [ 'busy', 'done' ] );
	leave();
	resource.dismiss();
	expect( heard ).toHaveLength( 2 );
} );
