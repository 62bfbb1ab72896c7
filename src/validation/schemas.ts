// Everything that crosses REST. `zod/mini`, because the full namespace weighs fifteen times as much.
import * as z from 'zod/mini';
import { longestText } from './key-rules.ts';
import type { NoticeCode } from './notices.ts';

const time = z.int();

export const planSchema = z.object( {
	limit: z.nullable( z.int() ),
	used: z.int(),
	remaining: z.nullable( z.int() ),
} );

/** Where a key comes from, the strongest first. */
export const keySources = [ 'env', 'constant', 'network', 'database', 'none' ] as const;

export const connectionSchema = z.object( {
	state: z.enum( [ 'disconnected', 'connected', 'reconnect' ] ),
	reason: z.nullable( z.enum( [ 'key', 'domain' ] ) ),
	// The outcome that led to the state.
	outcome: z.nullable( z.string() ),
	since: time,
	verified_at: z.nullable( time ),
	checked_at: z.nullable( time ),
	key: z.object( {
		source: z.enum( keySources ),
		// The variable's or constant's name where the key is managed outside the database.
		name: z.nullable( z.string() ),
		fingerprint: z.string(),
	} ),
	// null: unknown.
	plan: z.nullable( planSchema ),
	// The queue waits for the service or for credits until then, though the key is fine.
	hold: z.nullable( z.object( { outcome: z.string(), until: time } ) ),
	// The domain the service sees.
	domain: z.string(),
} );

export const imageSchema = z.object( {
	id: z.int(),
	state: z.enum( [ 'waiting', 'optimizing', 'optimized', 'failed', 'unsupported' ] ),
	// The outcome of the last attempt.
	cause: z.nullable( z.string() ),
	bytes_before: z.int(),
	bytes_after: z.int(),
} );

export const summarySchema = z.object( {
	waiting: z.int(),
	optimizing: z.int(),
	optimized: z.int(),
	failed: z.int(),
	unsupported: z.int(),
	bytes_before: z.int(),
	bytes_after: z.int(),
} );

/** What the connection and the counts look like to the settings screen, and where it asks. Printed into its page. */
export const adminPageSchema = z.object( {
	connection: connectionSchema,
	summary: summarySchema,
	namespace: z.string(),
	links: z.record( z.string(), z.string() ),
} );

/** What the admin notice needs to know. Typed only: its script is too small to carry a parser. */
export interface NoticePage {
	notice: NoticeCode;
	domain: string;
	settings_url: string;
	namespace: string;
}

/** What the media library's column needs to know. Typed only, as above. */
export interface StatusPage {
	connection: Pick< Connection, 'state' | 'hold' >;
	images: Image[];
	/** Empty for people who may not open the settings. */
	settings_url: string;
	namespace: string;
}

export const seenSchema = z.object( {
	kind: z.string(),
	status: z.int(),
} );

export const errorSchema = z.object( {
	code: z.string(),
	message: z.string(),
	data: z.optional( z.object( { status: z.optional( z.int() ), seen: z.optional( seenSchema ) } ) ),
} );

export const connectRequestSchema = z.object( { key: z.string().check( z.maxLength( longestText ) ) } );

export type Connection = z.infer< typeof connectionSchema >;
export type Plan = z.infer< typeof planSchema >;
export type Image = z.infer< typeof imageSchema >;
export type Summary = z.infer< typeof summarySchema >;
export type Seen = z.infer< typeof seenSchema >;
export type AdminPage = z.infer< typeof adminPageSchema >;
