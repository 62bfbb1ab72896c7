// What the network screen is told over REST.
import * as z from 'zod/mini';
import { connectionSchema, keySources, linksSchema, settingsSchema } from './schemas.ts';

/** The network screen: the key of the network, whether sites may use their own, and the sites, a page at a time. */
export const networkSchema = z.object( {
	revision: z.int(),
	key: connectionSchema.shape.key,
	// The outcome that makes the key dead without asking anybody.
	problem: z.nullable( z.string() ),
	// The network's key was accepted then; null: there is none, or it is set in the configuration.
	verified_at: z.nullable( z.int() ),
	// The domain of the main site, for which the service is asked.
	domain: z.string(),
	own_keys: z.boolean(),
	settings: settingsSchema,
	sites: z.object( {
		total: z.int(),
		page: z.int(),
		per_page: z.int(),
		rows: z.array(
			z.object( {
				id: z.int(),
				name: z.string(),
				address: z.string(),
				settings_url: z.string(),
				// none: no key, or nothing known of the site yet.
				source: z.enum( keySources ),
				state: connectionSchema.shape.state,
				since: z.nullable( z.int() ),
				waiting: z.int(),
			} )
		),
	} ),
} );

export const networkPageSchema = z.object( {
	network: networkSchema,
	namespace: z.string(),
	links: linksSchema,
} );

export type Network = z.infer< typeof networkSchema >;
export type NetworkPage = z.infer< typeof networkPageSchema >;
