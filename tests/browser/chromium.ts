import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

// Not Ubuntu's chromium-browser: it is a snap, which can't read the temporary folders a driven browser is given.
const usual = [
	'/usr/bin/chromium',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/microsoft-edge',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const isRoot = process.getuid?.() === 0;

/** Starts a Chromium; installs one first where there is none. Close it: it is a program of its own. */
export async function startChromium(): Promise< Browser > {
	const executablePath = found() ?? installed();
	const launch = ( chromiumSandbox: boolean ) =>
		chromium.launch( {
			executablePath,
			chromiumSandbox,
			args: [
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		} );
	// Chromium's sandbox refuses to work for root, and where a container forbids user namespaces.
	return launch( ! isRoot ).catch( ( error: unknown ) => {
		if ( ! isRoot && String( error ).includes( 'sandbox' ) ) {
			return launch( false );
		}
		throw error;
	} );
}

function found(): string | undefined {
	const named = process.env[ 'CHROMIUM_PATH' ];
	if ( named && ! existsSync( named ) ) {
		throw new Error( `CHROMIUM_PATH is ${ named }, and there is no such file.` );
	}
	const isThere = ( path: string ) => existsSync( path );
	return named ?? usual.find( isThere ) ?? [ chromium.executablePath() ].find( isThere );
}

function installed(): string {
	const ways = isRoot && isDebian() ? [ byApt, byPlaywright ] : [ byPlaywright ];
	for ( const way of ways ) {
		const path = way() ? found() : undefined;
		if ( path ) {
			return path;
		}
	}
	throw new Error(
		'The browser tests need Chromium, and it could not be installed. Install Chromium or Chrome ' +
			'(on Debian: apt-get install chromium), or set CHROMIUM_PATH to one, and run the tests again.'
	);
}

function byApt(): boolean {
	console.log( 'No Chromium found. Installing the package chromium (apt-get install -y chromium)…' );
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	return [ [ 'update' ], [ 'install', '-y', 'chromium' ] ].every(
		( what ) => spawnSync( 'apt-get', what, { stdio: 'inherit', env } ).status === 0
	);
}

function byPlaywright(): boolean {
	console.log( 'No Chromium found. Installing Playwright’s own (npx playwright-core install chromium)…' );
	const program = join( dirname( createRequire( import.meta.url ).resolve( 'playwright-core' ) ), 'cli.js' );
	return spawnSync( process.execPath, [ program, 'install', 'chromium' ], { stdio: 'inherit' } ).status === 0;
}

function isDebian(): boolean {
	// Not a derivative: Ubuntu's package of that name is the snap.
	return existsSync( '/etc/os-release' ) && /^ID="?debian"?$/m.test( readFileSync( '/etc/os-release', 'utf8' ) );
}
