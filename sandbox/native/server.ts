import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from './account.ts';
import { as } from './account.ts';

export interface ServerOptions {
	owner: Account;
	command: string[];
	/** Takes what the program prints, and its own log where it can be told. */
	log: string;
	/** Where it listens: a socket's path, or a port of 127.0.0.1. */
	listens: string | number;
	env?: Record< string, string >;
}

export interface Server {
	pid: number;
	/** Ends it, and resolves when it is gone. */
	stop: () => Promise< void >;
}

const startTime = 60_000;
const stopTime = 15_000;

/**
 * Starts a server in the foreground and resolves when it takes connections. It has a session of
 * its own, so that Ctrl+C reaches us alone, and it cannot outlive us: the kernel sends it SIGTERM
 * when this process ends, also one that was killed and could not tidy up any more.
 */
export async function startServer( options: ServerOptions ): Promise< Server > {
	const log = await open( options.log, 'w' );
	const [ file, parameters ] = as( options.owner, options.command, [ '--pdeathsig', 'TERM' ] );
	const child = spawn( file, parameters, {
		detached: true,
		stdio: [ 'ignore', log.fd, log.fd ],
		env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC', ...options.env },
	} );
	const ended = new Promise< void >( ( resolve ) => {
		child.once( 'error', () => resolve() );
		child.once( 'exit', () => resolve() );
	} );
	await log.close();
	const stop = () => end( child, ended );
	if ( ! ( await listening( options.listens, child ) ) ) {
		await stop();
		throw await failure( options );
	}
	return { pid: child.pid ?? 0, stop };
}

async function listening( where: string | number, child: ChildProcess ): Promise< boolean > {
	for ( const until = Date.now() + startTime; Date.now() < until && isRunning( child ); await wait( 50 ) ) {
		if ( await accepts( where ) ) {
			// Whoever answers on the port may be another program that has taken it.
			await wait( typeof where === 'number' ? 50 : 0 );
			return isRunning( child );
		}
	}
	return false;
}

function accepts( where: string | number ): Promise< boolean > {
	return new Promise( ( resolve ) => {
		const socket = typeof where === 'number' ? connect( where, '127.0.0.1' ) : connect( where );
		socket.once( 'connect', () => resolve( true ) ).once( 'error', () => resolve( false ) );
		socket.once( 'connect', () => socket.destroy() );
	} );
}

function isRunning( child: ChildProcess ): boolean {
	return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function end( child: ChildProcess, ended: Promise< void > ): Promise< void > {
	if ( isRunning( child ) ) {
		child.kill( 'SIGTERM' );
		const impatience = setTimeout( () => child.kill( 'SIGKILL' ), stopTime );
		await ended;
		clearTimeout( impatience );
	}
}

/** With the code of a taken port, so that onFreePort() tries another one. */
async function failure( { command, log }: ServerOptions ): Promise< Error > {
	const text = ( await readFile( log, 'utf8' ) ).trim();
	const error = new Error( `${ command[ 0 ] } did not start:\n${ text.split( '\n' ).slice( -5 ).join( '\n' ) }` );
	return /address already in use/i.test( text ) ? Object.assign( error, { code: 'EADDRINUSE' } ) : error;
}
