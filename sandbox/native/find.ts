import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Servers are in sbin, which is not on everybody's path. */
const folders = () => [
	...( process.env[ 'PATH' ] ?? '' ).split( ':' ).filter( ( folder ) => folder.startsWith( '/' ) ),
	'/usr/local/sbin',
	'/usr/sbin',
	'/sbin',
];

/** The full path of a program, or undefined where the machine has none. */
export function findProgram( name: string ): string | undefined {
	return folders()
		.map( ( folder ) => join( folder, name ) )
		.find( ( file ) => existsSync( file ) );
}

/** The path of a program that ensurePackages() has seen. */
export function program( name: string ): string {
	const file = findProgram( name );
	if ( ! file ) {
		throw new Error( `The program ${ name } is missing.` );
	}
	return file;
}

/**
 * PHP's server, and the command line PHP of the same version: both open the same site, and a
 * machine may have several. Debian names them php-fpm8.2 and php8.2; other systems plainly.
 * Answers the newest, or the version asked for; undefined where there is none.
 */
export function findPhpFpm( version?: string ): { fpm: string; cli: string } | undefined {
	const names = folders()
		.flatMap( ( folder ) => ( existsSync( folder ) ? readdirSync( folder ) : [] ) )
		.filter( ( name ) => ( version ? name === `php-fpm${ version }` : /^php-fpm(\d+\.\d+)?$/.test( name ) ) )
		.sort( ( one, other ) => one.localeCompare( other, 'en', { numeric: true } ) );
	const name = names.at( -1 );
	const cli = name && ( findProgram( name.replace( '-fpm', '' ) ) ?? findProgram( 'php' ) );
	return name && cli ? { fpm: program( name ), cli } : undefined;
}
