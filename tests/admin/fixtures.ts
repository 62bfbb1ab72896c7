import { checks, type CheckName } from '../../src/validation/doctor.ts';
import type { CheckResult, Report } from '../../src/validation/doctor-schemas.ts';
import type { AdminPage, Connection, Seen, Settings, Summary } from '../../src/validation/schemas.ts';
import type { Answer } from './site.ts';

export const key = `sk_live_${ '0123456789abcdef'.repeat( 3 ) }`;
export const keyPrint = 'sk_live_…cdef';

type Key = Connection[ 'key' ];

/** A key by where it comes from; the configuration and the network keep theirs to themselves. */
export const keyFrom = ( source: Key[ 'source' ], more: Partial< Key > = {} ): Key => ( {
	source,
	name: source === 'env' || source === 'constant' ? 'SLASHIMAGE_API_KEY' : null,
	fingerprint: source === 'none' ? '' : 'sk_live_…9f3c',
	settable: source === 'database' || source === 'none',
	others: [],
	...more,
} );

export const now = Math.floor( Date.now() / 1000 );

export const connected = ( more: Partial< Connection > = {} ): Connection => ( {
	revision: 1,
	state: 'connected',
	reason: null,
	outcome: 'accepted',
	since: now - 86_400,
	verified_at: now - 7_200,
	checked_at: now - 7_200,
	key: keyFrom( 'database' ),
	plan: { limit: 200, used: 145, remaining: 55 },
	hold: null,
	domain: 'example.com',
	bubble: null,
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
		key: keyFrom( 'none' ),
		plan: null,
		...more,
	} );

type Hold = NonNullable< Connection[ 'hold' ] >;

/** Why the queue waits, in the site's words. */
export const held = ( reason: Hold[ 'reason' ], more: Partial< Hold > = {} ): Hold => ( {
	reason,
	outcome: 'service_busy',
	sentence: `Held: ${ reason }.`,
	since: now - 7_200,
	until: reason === 'off' || reason === 'site' ? null : now + 1_800,
	...more,
} );

/** The connection after the key of these tests was accepted. */
export const accepted = ( more: Partial< Connection > = {} ): Connection =>
	connected( { verified_at: now, key: keyFrom( 'database', { fingerprint: keyPrint } ), ...more } );

export const summary = ( more: Partial< Summary > = {} ): Summary => ( {
	revision: 1,
	silent: false,
	not_optimized: 0,
	waiting: 0,
	optimizing: 0,
	optimized: 10,
	failed: 0,
	unsupported: 0,
	elsewhere: 0,
	partly_optimized: 0,
	bytes_before: 4_000_000,
	bytes_after: 1_000_000,
	pace: { images: 0, seconds: 0 },
	...more,
} );

export const settings = ( more: Partial< Settings > = {} ): Settings => ( {
	emails: true,
	keep_backups: true,
	backup_folder: 'wp-content/uploads/slashimage-backup-0123456789abcdef',
	address: 'admin@example.com',
	settable: true,
	...more,
} );

type Finding = CheckResult[ 'findings' ][ number ];

/** What a check found, at the moment the tests began. */
export const result = (
	check: CheckName,
	findings: Partial< Finding >[] = [ {} ],
	more: Partial< CheckResult > = {}
): CheckResult => ( {
	check,
	at: now,
	ms: 12,
	findings: findings.map( ( finding ) => ( {
		code: `${ check }_ok`,
		status: 'good',
		seen: `Seen: ${ check }.`,
		advice: '',
		link: null,
		steps: [],
		...finding,
	} ) ),
	ends: false,
	...more,
} );

/** A finding that is wrong, and what to do about it. */
export const problem = ( more: Partial< Finding > = {} ): Partial< Finding > => ( {
	status: 'bad',
	seen: 'The certificate ended.',
	advice: 'Look at the clock.',
	steps: [ 'fix_reach', 'ask_host', 'ask_support' ],
	...more,
} );

/** The results of all checks, good but for those given. */
export const results = ( ...others: CheckResult[] ): CheckResult[] =>
	checks.map( ( check ) => others.find( ( other ) => other.check === check ) ?? result( check ) );

export const report: Report = {
	sections: [
		{
			title: 'Site',
			rows: [
				{ label: 'Site address', value: 'https://example.com' },
				{ label: 'Last outcome', value: ' Two\n\tlines ' },
			],
		},
		{ title: 'Checks', rows: [ { label: 'Key', value: 'good: seen' } ] },
	],
	request: { url: 'https://api.slashimage.test/v1/me', origin: 'https://example.com' },
};

export const page = (
	connection: Connection,
	counts: Summary = summary(),
	mails: Settings = settings()
): AdminPage => ( {
	connection,
	summary: counts,
	settings: mails,
	guards: '',
	doctor: { script: 'https://example.com/doctor.js', style: 'https://example.com/doctor.css' },
	namespace: 'slashimage/v1',
	links: {
		dashboard: 'https://slashimage.test/dashboard',
		keys: 'https://slashimage.test/keys',
		invalidKey: 'https://slashimage.test/invalid-key',
		support: 'mailto:support@slashimage.test',
	},
} );

export const refusal = ( status: number, code: string, seen?: Seen ): Answer => ( {
	status,
	body: { code, message: 'Untrusted <b>text</b>', data: { status, ...( seen && { seen } ) } },
} );
