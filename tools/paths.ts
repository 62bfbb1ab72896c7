import { dirname, join } from 'node:path';
import plugin from '../plugin.json' with { type: 'json' };

export const root = dirname( import.meta.dirname );

/** The finished plugin: mounted, linked or zipped as wp-content/plugins/<slug>. */
export const buildFolder = join( root, 'build', plugin.slug );
