import { request } from '../client/request.ts';
import {
	connectionSchema,
	settingsSchema,
	summarySchema,
	type Connection,
	type Settings,
	type Summary,
} from '../validation/schemas.ts';
import type { Change } from './use-settings.ts';

type Ask< Answer > = ( signal: AbortSignal ) => Promise< Answer >;

export interface Requests {
	connection: Ask< Connection >;
	summary: Ask< Summary >;
	/** `attempt` names it, should it be withdrawn. */
	connect: ( key: string, attempt: string, signal: AbortSignal ) => Promise< Connection >;
	/** Has an attempt to connect store nothing, if it is not too late. */
	withdraw: ( attempt: string, signal: AbortSignal ) => Promise< Connection >;
	check: Ask< Connection >;
	disconnect: Ask< Connection >;
	allowSite: Ask< Connection >;
	/** Works the queue for a moment, where nobody else does. */
	work: Ask< Summary >;
	retry: Ask< Summary >;
	optimize: Ask< Summary >;
	stop: Ask< Summary >;
	save: ( change: Change, signal: AbortSignal ) => Promise< Settings >;
}

/**
 * Returns the calls this screen makes to its own site. Each answers with the complete state of its resource, parsed, so
 * that the screen replaces what it holds and never patches half-known state. Rejects with whatever `request` rejects
 * with, or with zod's error when the answer is not of the agreed shape; `readError` makes sense of both.
 */
export function requestsTo( namespace: string ): Requests {
	const ask = ( path: string, data: object | undefined, signal: AbortSignal ): Promise< unknown > =>
		request( `/${ namespace }${ path }`, data, signal );
	const connection = async ( path: string, data: object | undefined, signal: AbortSignal ): Promise< Connection > =>
		connectionSchema.parse( await ask( path, data, signal ) );
	const summary = async ( path: string, data: object | undefined, signal: AbortSignal ): Promise< Summary > =>
		summarySchema.parse( await ask( `/images/${ path }`, data, signal ) );
	return {
		connection: ( signal ) => connection( '/connection', undefined, signal ),
		summary: ( signal ) => summary( 'summary', undefined, signal ),
		connect: ( key, attempt, signal ) => connection( '/connection', { key, attempt }, signal ),
		withdraw: ( attempt, signal ) => connection( '/connection/withdraw', { attempt }, signal ),
		check: ( signal ) => connection( '/connection/check', {}, signal ),
		disconnect: ( signal ) => connection( '/connection/disconnect', {}, signal ),
		allowSite: ( signal ) => connection( '/connection/allow-site', {}, signal ),
		work: ( signal ) => summary( 'work', {}, signal ),
		retry: ( signal ) => summary( 'retry', {}, signal ),
		optimize: ( signal ) => summary( 'optimize', {}, signal ),
		stop: ( signal ) => summary( 'stop', {}, signal ),
		save: async ( change, signal ) => settingsSchema.parse( await ask( '/settings', change, signal ) ),
	};
}
