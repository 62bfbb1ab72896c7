import type { Network } from '../validation/network-schemas.ts';
import type { Connection } from '../validation/schemas.ts';

/** The network's key as the connection of a site, for what the settings screen says about keys. */
export const asConnection = ( { revision, key, problem, verified_at: verifiedAt, domain }: Network ): Connection => ( {
	revision,
	// Each site has a state of its own.
	state: 'disconnected',
	reason: null,
	outcome: problem,
	since: 0,
	verified_at: verifiedAt,
	checked_at: null,
	key,
	plan: null,
	hold: null,
	domain,
	bubble: null,
} );
