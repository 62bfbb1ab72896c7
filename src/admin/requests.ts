import apiFetch, { type APIFetchOptions } from '@wordpress/api-fetch';
import {
	connectionSchema,
	settingsSchema,
	summarySchema,
	type Connection,
	type Settings,
	type Summary,
} from '../validation/schemas.ts';

export interface Requests {
	connection: ( signal: AbortSignal ) => Promise< Connection >;
	summary: ( signal: AbortSignal ) => Promise< Summary >;
	connect: ( key: string, signal: AbortSignal ) => Promise< Connection >;
	check: ( signal: AbortSignal ) => Promise< Connection >;
	disconnect: ( signal: AbortSignal ) => Promise< Connection >;
	retry: ( signal: AbortSignal ) => Promise< Summary >;
	optimize: ( signal: AbortSignal ) => Promise< Summary >;
	stop: ( signal: AbortSignal ) => Promise< Summary >;
	save: ( emails: boolean, signal: AbortSignal ) => Promise< Settings >;
}

/**
 * Returns the calls this screen makes to its own site. Each answers with the complete state of its resource, parsed, so
 * that the screen replaces what it holds and never patches half-known state. Rejects with whatever `apiFetch` rejects
 * with, or with zod's error when the answer is not of the agreed shape; `readError` makes sense of both.
 */
export function requestsTo( namespace: string ): Requests {
	const ask = ( path: string, options: APIFetchOptions< true > ): Promise< unknown > =>
		apiFetch( { path: `/${ namespace }${ path }`, ...options } );
	const connection = async ( path: string, options: APIFetchOptions< true > ): Promise< Connection > =>
		connectionSchema.parse( await ask( path, options ) );
	const summary = async ( path: string, options: APIFetchOptions< true > ): Promise< Summary > =>
		summarySchema.parse( await ask( path, options ) );
	return {
		connection: ( signal ) => connection( '/connection', { signal } ),
		summary: ( signal ) => summary( '/images/summary', { signal } ),
		connect: ( key, signal ) => connection( '/connection', { method: 'POST', data: { key }, signal } ),
		check: ( signal ) => connection( '/connection/check', { method: 'POST', signal } ),
		disconnect: ( signal ) => connection( '/connection', { method: 'DELETE', signal } ),
		retry: ( signal ) => summary( '/images/retry', { method: 'POST', signal } ),
		optimize: ( signal ) => summary( '/images/optimize', { method: 'POST', signal } ),
		stop: ( signal ) => summary( '/images/stop', { method: 'POST', signal } ),
		save: async ( emails, signal ) =>
			settingsSchema.parse( await ask( '/settings', { method: 'POST', data: { emails }, signal } ) ),
	};
}
