// What is sent over REST. Only PHP checks it.
import * as z from 'zod/mini';
import { longestText } from './key-rules.ts';

// What an attempt to connect is called by whoever may cancel it.
const attempt = z.string().check( z.minLength( 8 ), z.maxLength( 40 ) );

export const connectRequestSchema = z.object( {
	key: z.string().check( z.maxLength( longestText ) ),
	attempt: z.optional( attempt ),
} );

export const withdrawRequestSchema = z.object( { attempt } );

export const settingsRequestSchema = z.object( { emails: z.boolean(), keep_backups: z.boolean() } );

export const networkSettingsRequestSchema = z.object( {
	own_keys: z.boolean(),
	emails: z.boolean(),
	keep_backups: z.boolean(),
} );
