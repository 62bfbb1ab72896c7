import type { Network, NetworkPage } from '../../src/validation/network-schemas.ts';

export const key = `sk_live_${ '0123456789abcdef'.repeat( 3 ) }`;

const now = Math.floor( Date.now() / 1000 );

type Site = Network[ 'sites' ][ 'rows' ][ number ];

export const row = ( id: number, more: Partial< Site > = {} ): Site => ( {
	id,
	name: `Site ${ id }`,
	address: `https://site${ id }.test/`,
	settings_url: `https://site${ id }.test/wp-admin/upload.php?page=slashimage`,
	source: 'network',
	state: 'connected',
	since: now - 7_200,
	waiting: 0,
	...more,
} );

export const sites = ( rows: Site[], more: Partial< Network[ 'sites' ] > = {} ): Network[ 'sites' ] => ( {
	total: rows.length,
	page: 1,
	per_page: 20,
	rows,
	...more,
} );

/** A network whose key is stored and works. */
export const network = ( more: Partial< Network > = {} ): Network => ( {
	revision: 1,
	key: { source: 'network', name: null, fingerprint: 'sk_live_…9f3c', settable: true, others: [] },
	problem: null,
	verified_at: now - 7_200,
	domain: 'example.com',
	own_keys: true,
	settings: { emails: true, keep_backups: true, backup_folder: '', address: 'boss@example.com', settable: true },
	sites: sites( [ row( 1 ) ] ),
	...more,
} );

/** A network without a key. */
export const keyless = ( more: Partial< Network > = {} ): Network =>
	network( {
		key: { source: 'none', name: null, fingerprint: '', settable: true, others: [] },
		verified_at: null,
		sites: sites( [ row( 1, { source: 'none', state: 'disconnected', since: null } ) ] ),
		...more,
	} );

export const page = ( of: Network ): NetworkPage => ( {
	network: of,
	namespace: 'slashimage/v1',
	links: { keys: 'https://slashimage.test/keys' },
} );
