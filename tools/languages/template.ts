import { globSync } from 'node:fs';
import { join as path } from 'node:path';
import { po, type GetTextTranslations } from 'gettext-parser';
import { manifest } from '../manifest.ts';
import { root } from '../paths.ts';
import { callMessages } from './calls.ts';
import { catalogMessages } from './catalog.ts';
import { join, source, type Message } from './messages.ts';

/** Returns everything there is to translate: the plugin's header, the catalog, and the calls in the rooms. */
export function messages(): Message[] {
	const rooms = globSync( 'src/*/**/*.{ts,tsx}', { cwd: root } ).sort();
	return [ ...headerMessages(), ...catalogMessages(), ...rooms.flatMap( roomMessages ) ];
}

/** Returns the template as gettext's table. No dates: the same sources give the same file. */
export function template( of: readonly Message[] = messages() ): GetTextTranslations {
	const headers = {
		'Project-Id-Version': `${ manifest.name } ${ manifest.version }`,
		'MIME-Version': '1.0',
		'Content-Type': 'text/plain; charset=UTF-8',
		'Content-Transfer-Encoding': '8bit',
		'X-Domain': manifest.slug,
	};
	return { charset: 'utf-8', headers, translations: join( of ) };
}

/** Returns the text of the .pot file. */
export const templateFile = (): string => `${ po.compile( template() ) }\n`;

function headerMessages(): Message[] {
	const file = 'plugin.json';
	return [
		{ text: manifest.name, comment: 'Plugin Name of the plugin', file },
		{ text: manifest.description, comment: 'Description of the plugin', file },
	];
}

const roomMessages = ( file: string ): Message[] => callMessages( source( path( root, file ) ), manifest.slug );
