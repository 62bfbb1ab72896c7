import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { account, as } from '../../../sandbox/native/account.ts';
import { findPhpFpm, program } from '../../../sandbox/native/find.ts';
import { site } from '../site.ts';

/** What a process is to do, once WordPress is loaded. */
export const work = 'SlashImage\\Worker::run( 60 );';
export const restore = ( id: number ) =>
	`$error = SlashImage\\Image_Action::run( 'restore', ${ id } ); if ( $error ) { echo $error->get_error_code(); }`;

/** A call to the system, the n-th of its kind in the life of a process. */
export interface Call {
	name: string;
	when: number;
	/** As strace writes it. */
	text: string;
}

export interface Ended {
	killed: boolean;
	output: string;
}

/** What changes a disk, and the fsync between. */
const CALLS =
	'rename,renameat,renameat2,unlink,unlinkat,openat,write,pwrite64,copy_file_range,sendfile,ftruncate,chmod,fchmodat,mkdir,fsync';

/** Nobody may make this folder: in the list of calls it shows where the work begins. */
const MARK = '/slashimage-begins';

/** Runs a process on the command line, as the site's own account, on the site's files and database, to its end. */
export async function run( code: string, options: string[] = [] ): Promise< Ended > {
	return ended( await begin( code, [], options ) );
}

/** The same, killed right before the call: the kernel does not begin it with SIGKILL pending. (Not with --seccomp-bpf: no signal comes then.) */
export async function killedAt( code: string, { name, when }: Pick< Call, 'name' | 'when' > ): Promise< Ended > {
	const inject = [ '-e', `trace=${ name }`, '-e', `inject=${ name }:signal=SIGKILL:when=${ when }` ];
	return ended( await begin( code, [ program( 'strace' ), '-f', '-qq', '-o', '/dev/null', ...inject ] ) );
}

/** The same, where the system refuses the call with an error: `ENOSPC`, `EACCES`. */
export async function failedAt(
	code: string,
	{ name, when }: Pick< Call, 'name' | 'when' >,
	error: string
): Promise< Ended > {
	const inject = [ '-e', `trace=${ name }`, '-e', `inject=${ name }:error=${ error }:when=${ when }` ];
	return ended( await begin( code, [ program( 'strace' ), '-f', '-qq', '-o', '/dev/null', ...inject ] ) );
}

/** The same, killed some milliseconds after its work has begun. */
export async function killedAfter( code: string, milliseconds: number ): Promise< Ended > {
	const child = await begin( code );
	const result = ended( child );
	await begun( child );
	const timer = setTimeout( () => child.kill( 'SIGKILL' ), milliseconds );
	const answer = await result;
	clearTimeout( timer );
	return answer;
}

/** The calls of a whole run that change something among the uploads, in order. */
export async function callsOf( code: string ): Promise< Call[] > {
	const { uploads } = ( await site() ).wp;
	const log = join( resolve( uploads, '../../..' ), 'calls.log' );
	const result = await ended(
		await begin( code, [
			program( 'strace' ),
			'-f',
			'-qq',
			'-y',
			'-s',
			'4096',
			'-o',
			log,
			'-e',
			`trace=${ CALLS }`,
		] )
	);
	if ( result.killed ) {
		throw new Error( 'The process did not come to its end.' );
	}
	const lines = ( await readFile( log, 'utf8' ) ).split( '\n' );
	await rm( log );
	return callsIn( lines, uploads );
}

/** Of one process: each counts its own calls. */
function callsIn( lines: string[], uploads: string ): Call[] {
	const counts = new Map< string, number >();
	const calls: Call[] = [];
	let hasBegun = false;
	for ( const line of lines ) {
		const [ , name = '', rest = '' ] = /^\d+ +(\w+)\((.*)$/.exec( line ) ?? [];
		const when = ( counts.get( name ) ?? 0 ) + 1;
		counts.set( name, when );
		hasBegun ||= rest.includes( MARK );
		const changes = name !== 'openat' || /O_CREAT|O_TRUNC/.test( rest );
		if ( name !== '' && hasBegun && changes && rest.includes( uploads ) ) {
			calls.push( { name, when, text: `${ name }(${ rest.slice( 0, 300 ) }` } );
		}
	}
	return calls;
}

/** Starts PHP; it says so when WordPress is loaded and its work begins. */
export async function begin( code: string, before: string[] = [], options: string[] = [] ): Promise< ChildProcess > {
	const root = resolve( ( await site() ).wp.uploads, '../..' );
	const folder = resolve( root, '..' );
	const file = join( folder, 'process.php' );
	await writeFile( file, script( root ) );
	const php = findPhpFpm()?.cli ?? 'php';
	const [ command, parameters ] = as( account(), [
		php,
		'-c',
		join( folder, 'settings/php.ini' ),
		...options,
		'-f',
		file,
		'--',
		code,
	] );
	const [ first = command, ...rest ] = [ ...before, command, ...parameters ];
	return spawn( first, rest, { stdio: [ 'ignore', 'pipe', 'inherit' ] } );
}

const BEGUN = 'begun\n';

function begun( child: ChildProcess ): Promise< void > {
	return new Promise( ( done ) => {
		child.stdout?.once( 'data', () => done() );
		child.once( 'exit', () => done() );
	} );
}

export function ended( child: ChildProcess ): Promise< Ended > {
	let output = '';
	child.stdout?.on( 'data', ( data ) => ( output += String( data ) ) );
	return new Promise( ( done, fail ) => {
		child.once( 'error', fail );
		// strace ends as the process under it did.
		child.once( 'close', ( code, signal ) =>
			code === 0 || signal === 'SIGKILL'
				? done( { killed: signal === 'SIGKILL', output: output.replace( BEGUN, '' ) } )
				: fail( new Error( `PHP ended with ${ code ?? signal }: ${ output }` ) )
		);
	} );
}

/** It wakes nobody at its end: what goes on is the test's to say. */
const script = ( root: string ) => `<?php
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require '${ root }/wp-load.php';
wp_set_current_user( get_user_by( 'login', 'admin' )->ID );
@mkdir( '${ MARK }' );
echo "${ BEGUN.trim() }\\n";
eval( $argv[1] );
`;
