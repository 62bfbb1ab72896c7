import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decisionsAsPhp, phpFile } from '../src/validation/php.ts';
import { templateFile } from './languages/template.ts';
import { builtScripts, compiled, languages } from './languages/translations.ts';
import { mainFile, readme, uninstallFile } from './main-file.ts';
import { manifest } from './manifest.ts';
import { buildFolder, root } from './paths.ts';

/** The files of the plugin by their path inside its folder, all but what webpack writes. */
export type PluginFiles = Map< string, string | Buffer >;

/**
 * Returns every file the build adds to webpack's, as the sources say now. The same list writes the build and tells
 * whether a build is stale, so that the two can't disagree. `folder` has the scripts, because a script's translations
 * are those of the texts that are left in it.
 */
export function pluginFiles( folder = buildFolder ): PluginFiles {
	const files: PluginFiles = new Map();
	files.set( `${ manifest.slug }.php`, mainFile( manifest ) );
	files.set( 'readme.txt', readme( manifest ) );
	for ( const path of globSync( 'host/**/*.php', { cwd: join( root, 'src' ) } ) ) {
		files.set( path.replaceAll( '\\', '/' ), readFileSync( join( root, 'src', path ), 'utf8' ) );
	}
	if ( files.has( 'host/uninstall.php' ) ) {
		files.set( 'uninstall.php', uninstallFile() );
	}
	files.set( 'host/generated/decisions.php', decisionsAsPhp() );
	files.set( 'host/generated/manifest.php', phpFile( manifest ) );
	translations( folder ).forEach( ( content, name ) => files.set( `languages/${ name }`, content ) );
	return files;
}

function translations( folder: string ): PluginFiles {
	const scripts = builtScripts( folder );
	const files = languages().flatMap( ( language ) => [ ...compiled( language, scripts ) ] );
	return new Map( [ [ `${ manifest.slug }.pot`, templateFile() ], ...files ] );
}

/** Brings a folder up to date: writes what differs, removes what no source gives any more. */
export function writeFiles( folder: string, files: PluginFiles ): void {
	for ( const [ path, content ] of files ) {
		const target = join( folder, path );
		// An unchanged file keeps its time, so that a running site's opcache keeps it too.
		if ( ! isSame( target, content ) ) {
			mkdirSync( dirname( target ), { recursive: true } );
			writeFileSync( target, content );
		}
	}
	leftOvers( folder, files ).forEach( ( path ) => rmSync( join( folder, path ) ) );
}

/**
 * Compares a build with what the sources would give now. Returns the paths that are missing, differ, or are left over
 * from an earlier build: a stale table in PHP would decide otherwise than the screens say.
 */
export function staleFiles( folder: string, files: PluginFiles = pluginFiles( folder ) ): string[] {
	const wrong = [ ...files ]
		.filter( ( [ path, content ] ) => ! isSame( join( folder, path ), content ) )
		.map( ( [ path ] ) => path );
	return [ ...wrong, ...leftOvers( folder, files ) ].sort();
}

// Only below the top of the folder, which is webpack's.
function leftOvers( folder: string, files: PluginFiles ): string[] {
	return globSync( '{host,languages}/**/*.*', { cwd: folder } )
		.map( ( path ) => path.replaceAll( '\\', '/' ) )
		.filter( ( path ) => ! files.has( path ) );
}

function isSame( path: string, content: string | Buffer ): boolean {
	return existsSync( path ) && readFileSync( path ).equals( Buffer.from( content ) );
}
