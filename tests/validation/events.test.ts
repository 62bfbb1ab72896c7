import { describe, expect, it } from 'vitest';
import { events, standingRows, standings, type EventName } from '../../src/validation/events.ts';

const names = Object.keys( events ) as EventName[];

describe( 'the table of events', () => {
	it( 'spends no credit on what nobody asked for, and leaves out what a person took out', () => {
		const spent = names.flatMap( ( name ) =>
			( [ 'never', 'stopped', 'restored' ] as const ).filter(
				( standing ) => events[ name ][ standing ] === 'wait'
			)
		);
		expect( spent ).toEqual( [] );
	} );

	it( 'takes no image from its worker unless a person does', () => {
		expect( names.filter( ( name ) => events[ name ].optimizing ) ).toEqual( [ 'stop', 'restore', 'trash' ] );
	} );

	it( 'can be read from the rows: no two standings are stored alike', () => {
		const rows = standings.map( ( standing ) => Object.values( standingRows[ standing ] ).join() );
		expect( new Set( rows ).size ).toBe( standings.length );
	} );
} );
