import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import apiFetch from '@wordpress/api-fetch';
import * as i18n from '@wordpress/i18n';
import { buildFolder } from '../../tools/paths.ts';

/** Runs a built script as WordPress's page would, with WordPress's own packages as globals. */
export function runBuilt( room: string ): void {
	Object.assign( window, { wp: { apiFetch, i18n } } );
	new Function( readFileSync( join( buildFolder, `${ room }.js` ), 'utf8' ) )();
}
