import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Takes a site folder for this process; answers how to give it back. Two WordPresses on one
 * database would each write their own address into it, so the second one is turned away. The
 * note of a process that died without tidying up does not count.
 */
export async function onlyOne( site: string ): Promise< () => Promise< void > > {
	const note = `${ site }.running`;
	await mkdir( join( site, '..' ), { recursive: true } );
	const other = Number( await readFile( note, 'utf8' ).catch( () => '' ) );
	if ( other && other !== process.pid && isAlive( other ) ) {
		throw new Error(
			`The sandbox is already running, as process ${ other }. Stop that one first ` +
				`(Ctrl+C in its window), or delete ${ note } if it is something else.`
		);
	}
	await writeFile( note, String( process.pid ) );
	return () => rm( note, { force: true } );
}

function isAlive( pid: number ): boolean {
	try {
		process.kill( pid, 0 );
		return true;
	} catch ( error ) {
		return ( error as NodeJS.ErrnoException ).code === 'EPERM';
	}
}
