import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { run } from '../wordpress/run.ts';
import { findPhpFpm, findProgram } from './find.ts';

/** What the site runs on, and the PHP extensions it uses, each with the Debian package it comes in. */
const programs = {
	mariadbd: 'mariadb-server-core',
	'mariadb-install-db': 'mariadb-server-core',
	// The installer of the database is a shell script that asks this one for its settings.
	my_print_defaults: 'mariadb-client-core',
	nginx: 'nginx',
	// What a file's metadata say, by somebody else's reader.
	exiftool: 'libimage-exiftool-perl',
	// The tests' servers have certificates of their own.
	openssl: 'openssl',
	php: 'php-cli',
	// Tests kill a worker at each call to the system.
	strace: 'strace',
	unzip: 'unzip',
};
const extensions = {
	mysqli: 'php-mysql',
	dom: 'php-xml',
	gd: 'php-gd',
	curl: 'php-curl',
	mbstring: 'php-mbstring',
	zip: 'php-zip',
	intl: 'php-intl',
};

/** Debian's switch against services: whoever installs a server there gets it started at once. */
const servicePolicy = '/usr/sbin/policy-rc.d';

/**
 * Makes sure that PHP, nginx and MariaDB are there. Says what it installs and installs it where
 * it may (root on a Debian machine); elsewhere it throws a sentence with the command to run.
 * Only programs are installed: the system's own web server and database are not started.
 */
export async function ensurePackages( say: ( sentence: string ) => void ): Promise< void > {
	const missing = await missingPackages();
	if ( missing.length === 0 ) {
		return;
	}
	if ( process.getuid?.() !== 0 || ! findProgram( 'apt-get' ) ) {
		throw new Error(
			`A native WordPress needs PHP with FPM, nginx and MariaDB. Install them first, on Debian with:\n` +
				`  sudo apt-get install --no-install-recommends ${ missing.join( ' ' ) }`
		);
	}
	say( `Installing ${ missing.join( ', ' ) } with apt-get. This takes a minute.` );
	await withoutServices( () => install( missing ) );
	const still = await missingPackages();
	if ( still.length > 0 ) {
		throw new Error(
			`apt-get installed everything it was asked for, and yet this is missing: ${ still.join( ', ' ) }`
		);
	}
}

async function missingPackages(): Promise< string[] > {
	const missing = Object.entries( programs ).filter( ( [ name ] ) => ! findProgram( name ) );
	const loaded = findProgram( 'php' ) ? ( await run( 'php', [ '-m' ] ) ).split( '\n' ) : [];
	const unloaded = Object.entries( extensions ).filter( ( [ name ] ) => ! loaded.includes( name ) );
	const fpm = findPhpFpm() ? [] : [ 'php-fpm' ];
	return [ ...new Set( [ ...missing, ...unloaded ].map( ( [ , name ] ) => name ).concat( fpm ) ) ];
}

/** A fresh machine has no package lists, or old ones that name files the mirror has replaced. */
async function install( packages: string[] ): Promise< void > {
	const command = [ 'install', '--yes', '--no-install-recommends', ...packages ];
	try {
		await run( 'apt-get', command );
	} catch {
		await run( 'apt-get', [ 'update' ] );
		await run( 'apt-get', command );
	}
}

async function withoutServices( task: () => Promise< void > ): Promise< void > {
	if ( existsSync( servicePolicy ) ) {
		return await task();
	}
	await writeFile( servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 } );
	try {
		await task();
	} finally {
		await rm( servicePolicy, { force: true } );
	}
}
