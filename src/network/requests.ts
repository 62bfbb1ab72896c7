import { request } from '../client/request.ts';
import { networkSchema, type Network } from '../validation/network-schemas.ts';

/** What a network decides for its sites, besides the key. */
export interface Policy {
	own_keys: boolean;
	emails: boolean;
	keep_backups: boolean;
}

/** Each answers with the complete state, with the given page of the sites. */
export interface Requests {
	look: ( page: number, signal: AbortSignal ) => Promise< Network >;
	connect: ( key: string, attempt: string, page: number, signal: AbortSignal ) => Promise< Network >;
	withdraw: ( attempt: string, page: number, signal: AbortSignal ) => Promise< Network >;
	disconnect: ( page: number, signal: AbortSignal ) => Promise< Network >;
	save: ( policy: Policy, page: number, signal: AbortSignal ) => Promise< Network >;
}

/** Returns the calls the network screen makes. They reject as the settings screen's do; `readError` reads both. */
export function requestsTo( namespace: string ): Requests {
	const ask = async ( path: string, page: number, signal: AbortSignal, data?: object ): Promise< Network > =>
		networkSchema.parse( await request( `/${ namespace }/network${ path }?page=${ page }`, data, signal ) );
	return {
		look: ( page, signal ) => ask( '', page, signal ),
		connect: ( key, attempt, page, signal ) => ask( '/key', page, signal, { key, attempt } ),
		withdraw: ( attempt, page, signal ) => ask( '/key/withdraw', page, signal, { attempt } ),
		disconnect: ( page, signal ) => ask( '/key/disconnect', page, signal, {} ),
		save: ( policy, page, signal ) => ask( '/settings', page, signal, policy ),
	};
}
