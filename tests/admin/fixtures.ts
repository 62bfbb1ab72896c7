import type { AdminPage, Connection, Seen, Summary } from '../../src/validation/schemas.ts';
import type { Answer } from './site.ts';

export const key = `sk_live_${ '0123456789abcdef'.repeat( 3 ) }`;
export const keyPrint = 'sk_live_…cdef';

const now = Math.floor( Date.now() / 1000 );

export const connected = ( more: Partial< Connection > = {} ): Connection => ( {
	state: 'connected',
	reason: null,
	outcome: 'accepted',
	since: now - 86_400,
	verified_at: now - 7_200,
	checked_at: now - 7_200,
	key: { source: 'database', name: null, fingerprint: 'sk_live_…9f3c' },
	plan: { limit: 200, used: 145, remaining: 55 },
	hold: null,
	domain: 'example.com',
	...more,
} );

export const reconnect = ( more: Partial< Connection > = {} ): Connection =>
	connected( { state: 'reconnect', reason: 'key', outcome: 'invalid_key', since: now - 3_600, ...more } );

export const disconnected = ( more: Partial< Connection > = {} ): Connection =>
	connected( {
		state: 'disconnected',
		outcome: null,
		verified_at: null,
		checked_at: null,
		key: { source: 'none', name: null, fingerprint: '' },
		plan: null,
		...more,
	} );

/** The connection after the key of these tests was accepted. */
export const accepted = ( more: Partial< Connection > = {} ): Connection =>
	connected( { verified_at: now, key: { source: 'database', name: null, fingerprint: keyPrint }, ...more } );

export const summary = ( more: Partial< Summary > = {} ): Summary => ( {
	waiting: 0,
	optimizing: 0,
	optimized: 10,
	failed: 0,
	unsupported: 0,
	bytes_before: 4_000_000,
	bytes_after: 1_000_000,
	...more,
} );

export const page = ( connection: Connection, counts: Summary = summary() ): AdminPage => ( {
	connection,
	summary: counts,
	namespace: 'slashimage/v1',
	links: {
		dashboard: 'https://slashimage.test/dashboard',
		keys: 'https://slashimage.test/keys',
		invalidKey: 'https://slashimage.test/invalid-key',
	},
} );

export const refusal = ( status: number, code: string, seen?: Seen ): Answer => ( {
	status,
	body: { code, message: 'Untrusted <b>text</b>', data: { status, ...( seen && { seen } ) } },
} );
