// Runs before `npm start` and `npm test`, with whatever Node the machine has: installs the npm
// packages when they are missing or when package-lock.json has changed since. One of them is the
// Node that everything else runs with, so nothing here may need a package or a newer Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname( dirname( fileURLToPath( import.meta.url ) ) );
const modules = join( repository, 'node_modules' );
const stamp = join( modules, '.slashimage-setup' );

try {
	if ( ! isInstalled() ) {
		console.log( 'Installing npm packages. The first time this takes a minute or two.' );
		install();
		writeFileSync( stamp, wanted() );
		console.log( 'npm packages are installed.' );
	}
	assertNode();
} catch ( error ) {
	console.error( error.message );
	process.exit( 1 );
}

/** Times of files say nothing after a checkout, so what was installed is remembered by content. */
function isInstalled() {
	return (
		existsSync( join( modules, '.package-lock.json' ) ) &&
		existsSync( stamp ) &&
		readFileSync( stamp, 'utf8' ) === wanted()
	);
}

function wanted() {
	const lock = readFileSync( join( repository, 'package-lock.json' ) );
	return `${ createHash( 'sha256' ).update( lock ).digest( 'hex' ) } ${ process.platform } ${ process.arch }\n`;
}

function install() {
	const options = [ 'install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error' ];
	const npm = process.env.npm_execpath;
	const { status, error } = npm
		? spawnSync( process.execPath, [ npm, ...options ], { cwd: repository, stdio: 'inherit' } )
		: spawnSync( 'npm', options, { cwd: repository, stdio: 'inherit', shell: process.platform === 'win32' } );
	if ( error || status !== 0 ) {
		throw new Error( 'npm install failed; its own words are above. Run it by hand once that is solved.' );
	}
}

/** The package `node` fetches its program in an install script, which some machines forbid. */
function assertNode() {
	const names = [ 'node', 'node.exe' ].map( ( name ) => join( modules, 'node/bin', name ) );
	const current = Number( process.versions.node.split( '.' )[ 0 ] );
	if ( current < 24 && ! names.some( existsSync ) ) {
		throw new Error(
			`WordPress Playground needs Node 24; this is Node ${ process.versions.node }, and npm did not ` +
				'install the package "node" completely. Run "npm rebuild node", or use Node 24 yourself.'
		);
	}
}
