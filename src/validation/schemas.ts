// What crosses REST. `zod/mini`, because the full namespace weighs fifteen times as much. What the settings screen has no
// use for stands apart (doctor-, network- and request-schemas.ts): a schema is made by calls, and no bundler leaves out a
// call of a file it needs.
import * as z from 'zod/mini';
import { holdReasons } from './holds.ts';
import { imageStates, type ImageAction, type ImageState } from './image-state.ts';
import type { NoticeCode } from './notices.ts';
import { connectionStates } from './outcomes.ts';

const time = z.int();

export const planSchema = z.object( {
	limit: z.nullable( z.int() ),
	used: z.int(),
	remaining: z.nullable( z.int() ),
} );

/** Where a key comes from, the strongest first. */
export const keySources = [ 'env', 'constant', 'network', 'database', 'none' ] as const;

// Grows with each change: a screen does not go back to an older answer.
const revision = z.int();

export const connectionSchema = z.object( {
	revision,
	state: z.enum( connectionStates ),
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
		// Whether this screen can set a key: not while the configuration or the network decides.
		settable: z.boolean(),
		// Keys that are set further down, differ from the one in use, and are not used.
		others: z.array(
			z.object( { source: z.enum( keySources ), name: z.nullable( z.string() ), fingerprint: z.string() } )
		),
	} ),
	// null: unknown.
	plan: z.nullable( planSchema ),
	// Why the queue waits though the key is fine, the gravest reason, in the reader's language; until then, or until a person
	// lifts it.
	hold: z.nullable(
		z.object( {
			reason: z.enum( holdReasons ),
			outcome: z.string(),
			sentence: z.string(),
			since: time,
			until: z.nullable( time ),
		} )
	),
	// The domain the service sees.
	domain: z.string(),
	// The bubble in the menu, a number or a mark, and what it means; null: nothing needs anybody.
	bubble: z.nullable( z.object( { text: z.string(), label: z.string() } ) ),
} );

/** An image as it is shown: its row, seen in the light of the connection. */
export const imageSchema = z.object( {
	id: z.int(),
	state: z.enum( imageStates ),
	// The outcome of the last attempt.
	cause: z.nullable( z.string() ),
	// Why it waits or failed, ready to be shown, in the reader's language; empty where the state says it all.
	sentence: z.string(),
	// Of all its files together.
	bytes_before: z.int(),
	bytes_after: z.int(),
} );

export const summarySchema = z.object( {
	revision,
	// Images are due and nobody works on them but an open screen.
	silent: z.boolean(),
	not_optimized: z.int(),
	waiting: z.int(),
	optimizing: z.int(),
	optimized: z.int(),
	// Some of their files could not be.
	partly_optimized: z.int(),
	failed: z.int(),
	unsupported: z.int(),
	elsewhere: z.int(),
	bytes_before: z.int(),
	bytes_after: z.int(),
	// How many were finished in the last minutes, and in how many seconds: from the first of them to now.
	pace: z.object( { images: z.int(), seconds: z.int() } ),
} );

/** Who hears by e-mail that optimizing is paused, and whether. On a network it is the network that decides. */
export const settingsSchema = z.object( {
	emails: z.boolean(),
	// Whether the originals stay when the plugin is deleted, and the folder they are in, below the site's; empty: none yet.
	keep_backups: z.boolean(),
	backup_folder: z.string(),
	address: z.string(),
	settable: z.boolean(),
} );

/** Addresses by name. `z.record` would say it better, and weighs half a kilobyte more. */
export const linksSchema = z.catchall( z.object( {} ), z.string() );

/** What the connection and the counts look like to the settings screen, and where it asks. Printed into its page. */
export const adminPageSchema = z.object( {
	connection: connectionSchema,
	summary: summarySchema,
	settings: settingsSchema,
	// Whose code decides who may use REST here; empty: nobody's.
	guards: z.string(),
	// What loads when somebody unfolds the checks.
	doctor: z.object( { script: z.string(), style: z.string() } ),
	namespace: z.string(),
	links: linksSchema,
} );

/** What every open tab is told again and again. Typed only: the scripts that ask are too small to carry a parser. */
export interface News {
	/** When it was said, in unix milliseconds. */
	revision: number;
	connection: Connection[ 'state' ];
	/** The notice that is due for this person; null: none, or it was closed. */
	notice: NoticeCode | null;
	bubble: Connection[ 'bubble' ];
}

/** The answer to `GET /images?ids=`: images that are gone, or that are not this person's, are not in it. */
export interface ImagesNews extends News {
	images: Image[];
}

/** One image with its files: `size` is WordPress's name of it, `full` for the main one. */
export interface ImageDetails extends Image {
	/** `sentence`: why a file is not optimized, in the reader's language; empty where it is, or may still be. */
	files: { size: string; before: number; after: number; missing: boolean; sentence: string }[];
}

/** What the scripts on other people's screens are given with the page. */
interface Page {
	/** The domain the service sees. */
	domain: string;
	/** Empty for people who may not open the settings. */
	settings_url: string;
	namespace: string;
}

export interface NoticePage extends Page {
	notice: NoticeCode;
}

export interface StatusPage extends Page, Omit< ImagesNews, 'images' > {
	images: ( Image | ImageDetails )[];
	/** Whether notices belong on this screen. */
	notices: boolean;
	/** What the media list is filtered by; empty: by nothing. */
	filter: ImageState | '';
	/** What a bulk action came to: how many images it changed, and how many it could not. */
	done: { action: ImageAction; changed: number; unchanged: number } | null;
}

export const seenSchema = z.object( {
	kind: z.string(),
	status: z.int(),
} );

export type Connection = z.infer< typeof connectionSchema >;
export type Plan = z.infer< typeof planSchema >;
export type Image = z.infer< typeof imageSchema >;
export type Summary = z.infer< typeof summarySchema >;
export type Seen = z.infer< typeof seenSchema >;
export type Settings = z.infer< typeof settingsSchema >;
export type AdminPage = z.infer< typeof adminPageSchema >;
