import apiFetch, { type APIFetchOptions } from '@wordpress/api-fetch';
import { networkSchema, type Network } from '../validation/network-schemas.ts';

/** What a network decides for its sites, besides the key. */
export interface Policy {
	own_keys: boolean;
	emails: boolean;
}

/** Each answers with the complete state, with the given page of the sites. */
export interface Requests {
	look: ( page: number, signal: AbortSignal ) => Promise< Network >;
	connect: ( key: string, page: number, signal: AbortSignal ) => Promise< Network >;
	disconnect: ( page: number, signal: AbortSignal ) => Promise< Network >;
	save: ( policy: Policy, page: number, signal: AbortSignal ) => Promise< Network >;
}

/** Returns the calls the network screen makes. They reject as the settings screen's do; `readError` reads both. */
export function requestsTo( namespace: string ): Requests {
	const ask = async ( path: string, page: number, options: APIFetchOptions< true > ): Promise< Network > =>
		networkSchema.parse(
			await apiFetch( { path: `/${ namespace }/network${ path }?page=${ page }`, ...options } )
		);
	return {
		look: ( page, signal ) => ask( '', page, { signal } ),
		connect: ( key, page, signal ) => ask( '/key', page, { method: 'POST', data: { key }, signal } ),
		disconnect: ( page, signal ) => ask( '/key', page, { method: 'DELETE', signal } ),
		save: ( policy, page, signal ) => ask( '/settings', page, { method: 'POST', data: policy, signal } ),
	};
}
