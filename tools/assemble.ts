// Run by webpack after it has written the scripts: adds PHP, generated files and translations to build/<slug>, which
// then is the plugin, and weighs the scripts.
import { checkBudgets } from './budgets.ts';
import { languages, untranslated } from './languages/translations.ts';
import { buildFolder } from './paths.ts';
import { pluginFiles, writeFiles } from './plugin-files.ts';

try {
	writeFiles( buildFolder, pluginFiles() );
	for ( const language of languages() ) {
		untranslated( language ).forEach( ( text ) =>
			console.warn( `${ language.locale }: not translated: ${ text }` )
		);
	}
	// A development build is not minified and carries its source maps.
	if ( process.env[ 'NODE_ENV' ] === 'production' ) {
		checkBudgets( buildFolder );
	}
} catch ( error ) {
	console.error( error instanceof Error ? error.message : error );
	process.exitCode = 1;
}
