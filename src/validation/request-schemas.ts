// What is sent over REST. Only PHP checks it.
import * as z from 'zod/mini';
import { longestText } from './key-rules.ts';

export const connectRequestSchema = z.object( { key: z.string().check( z.maxLength( longestText ) ) } );

export const settingsRequestSchema = z.object( { emails: z.boolean() } );

export const networkSettingsRequestSchema = z.object( { own_keys: z.boolean(), emails: z.boolean() } );
