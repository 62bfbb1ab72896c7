import { rm } from 'node:fs/promises';
import type { Site } from '../wordpress/site.ts';

// WebAssembly's WordPress may not find a file again that another of its workers has deleted and that comes anew: this
// happens to WordPress's own thumbnails, in tests that start over again and again.
const ownTrouble = /^.*imagewebp\(.*\): Failed to open stream: No such file or directory.*\n?/gm;

/** What PHP has logged; empty is the only good answer. Takes the log away, so that the next file has its own. */
export async function takeLog( { wp, log }: Site ): Promise< string > {
	const text = await log();
	await rm( wp.debugLog, { force: true } );
	return process.env[ 'SLASHIMAGE_NATIVE' ] === '1' ? text : text.replace( ownTrouble, '' );
}
