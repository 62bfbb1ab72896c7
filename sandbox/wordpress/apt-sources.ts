import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const folder = '/etc/apt';

/**
 * The machine's own apt sources, rewritten for another suite: the same mirror, components and
 * keyring, so that nothing about the network is written down here. Only the entry of the
 * machine's own suite counts; security and update archives name their suites differently.
 */
export async function sourcesFor( codename: string, suite: string ): Promise< { name: string; text: string } > {
	for ( const file of await sourceFiles() ) {
		const text = await readFile( file, 'utf8' );
		const rewritten = file.endsWith( '.sources' ) ? stanza( text, codename, suite ) : line( text, codename, suite );
		if ( rewritten ) {
			const extension = file.endsWith( '.sources' ) ? 'sources' : 'list';
			return { name: `${ suite }.${ extension }`, text: `${ rewritten }\n` };
		}
	}
	throw new Error( `No apt source of this machine names its own suite (${ codename }).` );
}

async function sourceFiles(): Promise< string[] > {
	const parts = join( folder, 'sources.list.d' );
	const names = await readdir( parts ).catch( () => [] );
	const files = names.filter( ( name ) => /\.(list|sources)$/.test( name ) ).sort();
	const main = ( await readdir( folder ) ).filter( ( name ) => name === 'sources.list' );
	return [ ...main.map( ( name ) => join( folder, name ) ), ...files.map( ( name ) => join( parts, name ) ) ];
}

/** The newer format: one stanza a source, fields on lines of their own. */
export function stanza( text: string, codename: string, suite: string ): string | undefined {
	const found = withoutComments( text )
		.split( /\n\s*\n/ )
		.find( ( part ) => {
			const suites = /^Suites:(.*)$/m.exec( part )?.[ 1 ] ?? '';
			return isOn( part ) && suites.trim().split( /\s+/ ).includes( codename );
		} );
	return found
		?.replace( /^Types:.*$/m, 'Types: deb' )
		.replace( /^Suites:.*$/m, `Suites: ${ suite }` )
		.trim();
}

/** The older format: `deb [options] address suite components`. */
export function line( text: string, codename: string, suite: string ): string | undefined {
	const pattern = new RegExp( `^(deb\\s+(?:\\[[^\\]]*\\]\\s+)?\\S+\\s+)${ codename }(\\s.*)$`, 'm' );
	const found = pattern.exec( withoutComments( text ) );
	return found ? `${ found[ 1 ] }${ suite }${ found[ 2 ] }` : undefined;
}

function isOn( part: string ): boolean {
	return /^Types:.*\bdeb\b(?!-)/m.test( part ) && ! /^Enabled:\s*no/m.test( part );
}

function withoutComments( text: string ): string {
	return text.replace( /^#.*\n?/gm, '' );
}
