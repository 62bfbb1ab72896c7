import { chmod } from 'node:fs/promises';
import { run } from '../wordpress/run.ts';

/** Who the servers run as; without a name, whoever runs us. */
export interface Account {
	name?: string;
}

/**
 * The account for PHP, the web server and the database. Root hands over to Debian's account for
 * web servers: MariaDB and PHP-FPM refuse to be root, and a plugin that only works where it may
 * write everywhere would not be noticed otherwise.
 */
export function account(): Account {
	return process.getuid?.() === 0 ? { name: 'www-data' } : {};
}

/** The command that runs a program as the account: `[ program, ...parameters ]` of `setpriv`. */
export function as( { name }: Account, command: string[], options: string[] = [] ): [ string, string[] ] {
	const who = name ? [ '--reuid', name, '--regid', name, '--clear-groups' ] : [];
	return [ 'setpriv', [ ...options, ...who, '--', ...command ] ];
}

/**
 * Makes a folder and all that is in it the account's own, and closed to others: it holds the
 * site's passwords. A folder below a home that nobody else may enter can't be handed over.
 */
export async function handOver( owner: Account, folder: string ): Promise< void > {
	if ( ! owner.name ) {
		return;
	}
	await run( 'chown', [ '--recursive', `${ owner.name }:${ owner.name }`, folder ] );
	await chmod( folder, 0o700 );
	await run( ...as( owner, [ 'test', '-w', folder ] ) ).catch( () => {
		throw new Error(
			`The servers run as ${ owner.name }, who may not enter ${ folder }. Put the site in a folder ` +
				'that others may pass through, such as one below /tmp.'
		);
	} );
}
