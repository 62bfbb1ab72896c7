import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sourcesFor } from './apt-sources.ts';
import { copyFollowingLinks } from './copy.ts';
import { run } from './run.ts';
import type { Source } from './source.ts';

const suites: Record< string, string > = { '7.1': 'forky', '6.8': 'trixie' };

/** The package itself, its default theme, and the packages that its symbolic links lead to. */
const packages = [
	'wordpress',
	'wordpress-theme-twentytwentyfive',
	'libphp-phpmailer',
	'php-getid3',
	'libjs-underscore',
	'libjs-jquery-ui',
	'libjs-lodash',
	'libjs-cropper',
];

/**
 * Fills the folder from Debian's `wordpress` package of a newer suite than the machine's own.
 * Build machines often reach a Debian mirror and nothing else. Nothing is installed: apt gets
 * lists and a cache of its own, and the packages are unpacked into a folder.
 */
export async function debianPackage( source: Source ): Promise< void > {
	const { version, folder, scratch, say } = source;
	const suite = suites[ version ];
	if ( ! suite ) {
		throw new Error( `Debian has no package of WordPress ${ version } that is known here.` );
	}
	const codename = await debianCodename();
	say( `Downloading WordPress ${ version } as Debian's package (suite ${ suite }).` );
	const unpacked = join( scratch, 'unpacked' );
	const downloads = await downloadPackages( join( scratch, 'apt' ), codename, suite );
	for ( const file of await readdir( downloads ) ) {
		await run( 'dpkg', [ '-x', join( downloads, file ), unpacked ] );
	}
	await copyFollowingLinks( unpacked, '/usr/share/wordpress', folder );
}

async function downloadPackages( apt: string, codename: string, suite: string ): Promise< string > {
	const lists = join( apt, 'lists' );
	const cache = join( apt, 'cache' );
	const downloads = join( apt, 'downloads' );
	for ( const needed of [ join( lists, 'partial' ), join( cache, 'archives/partial' ), downloads ] ) {
		await mkdir( needed, { recursive: true } );
	}
	const { name, text } = await sourcesFor( codename, suite );
	await writeFile( join( apt, name ), text );
	const options = [
		`Dir::Etc::sourcelist=${ join( apt, name ) }`,
		'Dir::Etc::sourceparts=/dev/null',
		`Dir::State::lists=${ lists }`,
		`Dir::Cache=${ cache }`,
		// apt's own user may not write below a project folder.
		'APT::Sandbox::User=',
		'Acquire::Languages=none',
	].flatMap( ( option ) => [ '-o', option ] );
	await run( 'apt-get', [ ...options, 'update' ] );
	await run( 'apt-get', [ ...options, 'download', ...packages ], { cwd: downloads } );
	return downloads;
}

async function debianCodename(): Promise< string > {
	const release = await readFile( '/etc/os-release', 'utf8' ).catch( () => '' );
	const codename = /^VERSION_CODENAME=(.+)$/m.exec( release )?.[ 1 ];
	if ( ! /^ID="?debian"?$/m.test( release ) || ! codename ) {
		throw new Error( 'This is not a Debian machine, so there is no package to take.' );
	}
	return codename.replaceAll( '"', '' );
}
