import { describe, expect, it } from 'vitest';
import { imageState } from '../../src/validation/image-state.ts';

const waiting = { state: 'waiting', cause: null } as const;
const refused = { state: 'waiting', cause: 'invalid_key' } as const;

describe( 'imageState', () => {
	it( 'pauses what waits while the connection needs reconnecting, and nothing else', () => {
		expect( imageState( waiting, 'reconnect' ) ).toBe( 'paused' );
		expect( imageState( { state: 'optimizing', cause: null }, 'reconnect' ) ).toBe( 'optimizing' );
		expect( imageState( { state: 'optimized', cause: null }, 'reconnect' ) ).toBe( 'optimized' );
		expect( imageState( { state: 'failed', cause: 'write_failed' }, 'reconnect' ) ).toBe( 'failed' );
	} );

	it( 'shows the refused image as refused until the connection is back, then as waiting', () => {
		expect( imageState( refused, 'reconnect' ) ).toBe( 'refused' );
		expect( imageState( refused, 'connected' ) ).toBe( 'waiting' );
		expect( imageState( { state: 'waiting', cause: 'domain_blocked' }, 'reconnect' ) ).toBe( 'refused' );
	} );

	it( 'tells a lack of credits from other waiting', () => {
		expect( imageState( { state: 'waiting', cause: 'monthly_limit_reached' }, 'connected' ) ).toBe(
			'out_of_credits'
		);
		expect( imageState( { state: 'waiting', cause: 'service_busy' }, 'connected' ) ).toBe( 'waiting' );
	} );

	it( 'is not upset by a missing row or a cause it does not know', () => {
		expect( imageState( null, 'connected' ) ).toBe( 'not_optimized' );
		expect( imageState( { state: 'waiting', cause: 'from_the_future' }, 'reconnect' ) ).toBe( 'paused' );
	} );
} );
