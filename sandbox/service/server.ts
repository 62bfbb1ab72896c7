import type { RequestListener } from 'node:http';
import { accountMethods } from './account-methods.ts';
import { createApi } from './api.ts';
import { Contents } from './contents.ts';
import type { ReceivedFile } from './contents.ts';
import type { ErrorCode } from './errors.ts';
import { createDashboard } from './dashboard/routes.ts';
import { openDoor } from './door.ts';
import { activeFault } from './faults.ts';
import type { Fault, FaultOptions } from './faults.ts';
import { FaultSwitch } from './fault-switch.ts';
import { createFront } from './front.ts';
import type { KeyKind } from './keys.ts';
import { RequestLog } from './record.ts';
import type { RecordedRequest } from './record.ts';
import { send } from './send.ts';
import { planAnswer } from './success.ts';
import { Store } from './store.ts';
import type { KeySettings } from './store.ts';

export type { ReceivedFile } from './contents.ts';
export type { Fault, FaultOptions } from './faults.ts';
export type { RecordedRequest } from './record.ts';

export interface Service {
	/** Of the API, without a slash at the end. */
	readonly url: string;
	readonly dashboardUrl: string;
	readonly masterKey: string;
	readonly fault: Fault;
	readonly credits: { limit: number | null; used: number };
	/** What came to the API, oldest first. */
	readonly requests: readonly RecordedRequest[];
	/** What came to the address that the `redirect` fault leads to: nothing, from a good client. */
	readonly redirectedRequests: readonly RecordedRequest[];
	/** The files that came to be optimized, oldest first. */
	readonly files: readonly ReceivedFile[];
	/** Has a content (SHA-256) always answered with an error; with null no longer. */
	refuseFile: ( hash: string, code: ErrorCode | null ) => void;
	/** Requests and files. */
	forgetRequests: () => void;
	/** A sub-key unless told; a live one is one more beside the master key. Returns the key. */
	issueKey: ( options?: { kind?: KeyKind } & KeySettings ) => string;
	/** Returns the new master key. The old one is refused from now on. */
	regenerate: () => string;
	deleteKey: ( key: string ) => void;
	setDomains: ( key: string, domains: readonly string[] ) => void;
	setBlocked: ( key: string, domains: readonly string[] ) => void;
	setCredits: ( credits: { limit: number | null; used: number } ) => void;
	/** On `free`, files over 3 MB are refused. */
	setPlan: ( plan: 'free' | 'paid' ) => void;
	setFault: ( fault: Fault, options?: FaultOptions ) => void;
	close: () => Promise< void >;
}

export interface ServiceOptions {
	/** Of the API; the dashboard takes the next one. 0 or a taken one: a free one. */
	port?: number;
	/** A file, created if missing, or `:memory:`. */
	database?: string;
}

/**
 * Takes the port and the database; returns the running service. API and dashboard have a port each,
 * so that a person can still switch `refuse_connections` off while the API's port is closed.
 */
export async function startService( options: ServiceOptions = {} ): Promise< Service > {
	const { port = 0, database = ':memory:' } = options;
	const parts: Parts = {
		store: new Store( database ),
		contents: new Contents(),
		log: new RequestLog(),
		redirected: new RequestLog(),
		faults: new FaultSwitch(),
	};
	const elsewhere = await openDoor( believable( parts.redirected ), 0 );
	const front = createFront( createApi( parts.store, parts.contents ), parts.log, parts.faults, elsewhere.url );
	const door = await openDoor( front.listener, port );
	parts.faults.connect( door );
	const dashboard = createDashboard( { ...parts, apiUrl: door.url } );
	const dashboardDoor = await openDoor( dashboard, port === 0 || port === 65_535 ? 0 : port + 1 );

	return serviceOf( parts, door.url, dashboardDoor.url, async () => {
		parts.faults.close();
		elsewhere.shut();
		dashboardDoor.shut();
		await front.idle();
		parts.store.close();
	} );
}

interface Parts {
	store: Store;
	contents: Contents;
	log: RequestLog;
	redirected: RequestLog;
	faults: FaultSwitch;
}

function serviceOf( parts: Parts, url: string, dashboard: string, close: () => Promise< void > ): Service {
	const { store, contents, log, redirected, faults } = parts;
	return {
		url,
		dashboardUrl: `${ dashboard }/dashboard`,
		get masterKey() {
			return store.master().key;
		},
		get fault() {
			return faults.active.fault;
		},
		get credits() {
			const { limit, used } = store.account();
			return { limit, used };
		},
		requests: log.requests,
		redirectedRequests: redirected.requests,
		files: contents.received,
		refuseFile: ( hash, code ) => contents.refuse( hash, code ),
		forgetRequests() {
			log.clear();
			redirected.clear();
			contents.forget();
		},
		...accountMethods( store ),
		setFault: ( fault, options ) => faults.set( activeFault( fault, options ) ),
		close,
	};
}

/** Answers a redirected request as the service would: a client that follows must be found out. */
function believable( log: RequestLog ): RequestListener {
	return ( request, response ) => {
		log.begin( request )( 200 );
		send( request, response, planAnswer( { limit: null, used: 0, isFree: false } ) );
	};
}
