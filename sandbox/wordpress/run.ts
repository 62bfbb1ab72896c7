import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify( execFile );

/**
 * Runs a program without a shell and answers what it printed. A failure becomes one sentence
 * with the program's last words, because apt says on its last lines what was wrong.
 */
export async function run( program: string, parameters: string[], options: { cwd?: string } = {} ): Promise< string > {
	try {
		const { stdout } = await execute( program, parameters, {
			...options,
			env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
			maxBuffer: 64 * 1024 * 1024,
		} );
		return stdout;
	} catch ( error ) {
		const { stderr, message } = error as { stderr?: string; message: string };
		const words = ( stderr || message ).trim().split( '\n' ).slice( -3 ).join( ' ' );
		throw new Error( `${ program } failed: ${ words }` );
	}
}
