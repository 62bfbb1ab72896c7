import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';

const ownGroup = process.platform !== 'win32';

/**
 * Runs `npm run build` and resolves when the plugin is built; its output is shown only when it
 * fails. npm starts further programs, so they get a process group of their own: `stop`, called
 * half-way, ends all of them.
 */
export function build( folder: string ): { done: Promise< void >; stop: () => void } {
	const child = spawn( 'npm', [ 'run', 'build' ], {
		cwd: folder,
		detached: ownGroup,
		shell: ! ownGroup,
		stdio: [ 'ignore', 'pipe', 'pipe' ],
	} );
	let output = '';
	for ( const stream of [ child.stdout, child.stderr ] ) {
		stream.on( 'data', ( text: Buffer ) => ( output += text.toString() ) );
	}
	const done = new Promise< void >( ( resolve, reject ) => {
		child.once( 'error', reject );
		child.once( 'close', ( code ) =>
			code === 0 ? resolve() : reject( new Error( `${ output.trim() }\n\nThe plugin could not be built.` ) )
		);
	} );
	return { done, stop: () => stop( child ) };
}

function stop( child: ChildProcess ): void {
	if ( child.exitCode !== null || child.signalCode !== null || ! child.pid ) {
		return;
	}
	if ( ownGroup ) {
		process.kill( -child.pid, 'SIGTERM' );
	} else {
		child.kill();
	}
}
