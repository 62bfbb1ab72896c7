// Brings languages/*.po up to date with the sources: new texts come in empty, texts that are gone go.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { po } from 'gettext-parser';
import { manifest } from '../manifest.ts';
import { root } from '../paths.ts';
import { template } from './template.ts';
import { entries, languages, untranslated } from './translations.ts';

for ( const language of languages() ) {
	const fresh = template();
	for ( const entry of entries( fresh ) ) {
		const known = language.table.translations[ entry.msgctxt ?? '' ]?.[ entry.msgid ];
		if ( known && known.msgstr.length >= entry.msgstr.length ) {
			entry.msgstr = known.msgstr;
		}
	}
	const headers = { ...language.table.headers, 'Project-Id-Version': fresh.headers[ 'Project-Id-Version' ] ?? '' };
	const name = `languages/${ manifest.slug }-${ language.locale }.po`;
	writeFileSync( join( root, name ), `${ po.compile( { ...fresh, headers } ) }\n` );
	console.log( `${ name }: ${ untranslated( language, fresh ).length } not translated` );
}
