import { describe, expect, it } from 'vitest';
import { fromFirst, isOutdated, keyWorks, placeToResume, verdictOf } from '../../src/doctor/run.ts';
import { connected, now, problem, reconnect, result, results } from '../admin/fixtures.ts';

const bad = result( 'answer', [ problem( { steps: [ 'fix_reach', 'ask_support' ] } ) ] );
const attention = result( 'site', [ { status: 'attention', advice: 'Wait.', steps: [ 'ask_support' ] } ] );

describe( 'placeToResume', () => {
	it.each( [
		[ 'nothing yet', [], 0 ],
		[ 'all good', results(), 0 ],
		[ 'stopped, though something was wrong', results( attention ).slice( 0, 6 ), 6 ],
		[ 'a bad one, after one that needs attention', results( attention, bad ), 4 ],
		[ 'one that needs attention', results( attention ), 3 ],
		[ 'ended', [ ...results().slice( 0, 2 ), { ...result( 'reach', [ problem() ] ), ends: true } ], 2 ],
	] )( '%s', ( _, given, place ) => {
		expect( placeToResume( given ) ).toBe( place );
	} );
} );

describe( 'fromFirst', () => {
	const old = { at: now - 1 };
	it.each( [
		[ 'a whole run', results(), 10 ],
		[ 'a gap', [ result( 'key' ), result( 'reach' ) ], 1 ],
		[ 'not from the first', [ result( 'address' ) ], 0 ],
		[ 'kept from an earlier run, before', results( result( 'key', [ {} ], old ) ), 10 ],
		[ 'left over from an earlier run, after', results( result( 'site', [ {} ], old ) ), 3 ],
		[ 'left over after one that ended the run', results( result( 'reach', [ problem() ], { ends: true } ) ), 3 ],
	] )( '%s', ( _, given, count ) => {
		expect( fromFirst( given ) ).toEqual( given.slice( 0, count ) );
	} );
} );

describe( 'verdictOf', () => {
	it( 'names a bad one before one that needs attention, and does not repeat its advice', () => {
		const { tag, first, next } = verdictOf( results( attention, bad ) );
		expect( [ tag, first?.seen, next ] ).toEqual( [ 'bad', 'The certificate ended.', [ 'ask_support' ] ] );
	} );

	it( 'keeps support where the advice is only to wait', () => {
		expect( verdictOf( results( attention ) ) ).toMatchObject( { tag: 'attention', next: [ 'ask_support' ] } );
	} );

	it( 'promises nothing before the last check', () => {
		expect( verdictOf( results().slice( 0, 9 ) ).tag ).toBe( 'unfinished' );
		expect( verdictOf( results() ).tag ).toBe( 'good' );
	} );
} );

describe( 'isOutdated', () => {
	it.each( [
		[ 'refused since', results(), reconnect( { since: now + 1 } ), true ],
		[ 'reconnected since', results( bad ), connected( { since: now + 1 } ), true ],
		[ 'reconnected since, and good before', results(), connected( { since: now + 1 } ), false ],
		[ 'the same as then', results( bad ), reconnect( { since: now } ), false ],
		[ 'nothing to be outdated', [], reconnect( { since: now + 1 } ), false ],
	] )( '%s', ( _, given, connection, outdated ) => {
		expect( isOutdated( given, connection ) ).toBe( outdated );
	} );
} );

describe( 'keyWorks', () => {
	it.each( [
		[ 'accepted and allowed', results( result( 'plan', [ problem() ] ) ), true ],
		[ 'accepted only', results( result( 'allowed', [ { status: 'attention' } ] ) ), false ],
		[ 'not asked yet', results().slice( 0, 6 ), false ],
	] )( '%s', ( _, given, works ) => {
		expect( keyWorks( given ) ).toBe( works );
	} );
} );
