import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunCLIServer } from '@wp-playground/cli';
import { runCLI } from '@wp-playground/cli';
import { ownConstants, prepare } from './activate.ts';
import type { SiteClient } from './client.ts';
import { siteClient } from './client.ts';
import type { Constant } from './config.ts';
import { onFreePort } from './port.ts';
import type { SiteTree } from './site.ts';
import { placeMuPlugins, sharedFolders, siteTree, writeConfig } from './site.ts';

export interface WordPressOptions {
	/** WordPress files, as wordpressFiles() answers them. Never written to. */
	files: string;
	/** The built plugin, mounted as wp-content/plugins/slashimage and activated. */
	plugin: string;
	/** The folder that keeps the site: database, uploads, debug.log. Made when missing. */
	site: string;
	/** Another port is taken when this one is not free. */
	port?: number;
	/** The constant SLASHIMAGE_API_URL. */
	serviceUrl?: string;
	constants?: Record< string, Constant >;
	/** A folder of further mu-plugins. */
	muPlugins?: string;
	/** Such as de_DE; its language files are looked for where WordPress looks for them. */
	locale?: string;
	php?: '7.4' | '8.0' | '8.1' | '8.2' | '8.3' | '8.4' | '8.5';
	/** How many requests are answered side by side; a loopback request needs one of its own. */
	workers?: number;
	/** Only the native one: environment variables that PHP answers from getenv(). */
	env?: Record< string, string >;
	/** Only the native one: further settings of the PHP that answers requests, each value as in php.ini. */
	ini?: Record< string, string >;
	/**
	 * Only the native one: lines for nginx, for what stands before a site (a password, a firewall, a cache): those of its
	 * server, and those around it. `CACHE` is a folder for a cache.
	 */
	front?: { server: string; http?: string };
	/** Only the native one: a network of three sites; see native/network.ts. */
	multisite?: true;
}

export interface WordPress extends SiteClient {
	url: string;
	adminUser: string;
	adminPassword: string;
	/** What the doors of the sandbox's mu-plugin ask for. */
	token: string;
	/** PHP's notices, warnings and errors land here; no file means there were none. */
	debugLog: string;
	uploads: string;
	close: () => Promise< void >;
}

/**
 * Starts WordPress in this process: PHP as WebAssembly in worker threads, the database in
 * SQLite, no network needed. A second start with the same `site` goes on with its data.
 * Threads, unlike a program of its own, cannot outlive whoever started them.
 */
export async function startWordPress( options: WordPressOptions ): Promise< WordPress > {
	const tree = await siteTree( resolve( options.site ), options.files );
	await placeMuPlugins( tree, options.muPlugins );
	const { server, url } = await onFreePort( options.port, async ( port ) => {
		const address = `http://127.0.0.1:${ port }`;
		await writeConfig( tree, address, ownConstants( options ) );
		return { server: await boot( options, tree, port, address ), url: address };
	} );
	const close = () => server[ Symbol.asyncDispose ]();
	const client = siteClient( url, tree.token );
	try {
		// WordPress' installer leaves notices of its own; what comes later is ours.
		await rm( tree.debugLog, { force: true } );
		// Playground redirects the first request to itself, which would lose what is posted.
		await fetch( url, { redirect: 'manual' } );
		await client.evaluate( prepare( tree.password ) );
	} catch ( error ) {
		await close();
		throw error;
	}
	const { token, debugLog, uploads, password } = tree;
	return { url, token, debugLog, uploads, adminUser: 'admin', adminPassword: password, close, ...client };
}

async function boot( options: WordPressOptions, tree: SiteTree, port: number, url: string ): Promise< RunCLIServer > {
	const shared = sharedFolders.map( ( name ) => ( {
		hostPath: resolve( options.files, name ),
		vfsPath: `/wordpress/${ name }`,
	} ) );
	return await runCLI( {
		command: 'server',
		port,
		'site-url': url,
		php: options.php ?? '8.3',
		workers: options.workers ?? 4,
		verbosity: 'quiet',
		// Neither is used, and each is one more thing to load.
		redis: false,
		memcached: false,
		wordpressInstallMode: 'install-from-existing-files-if-needed',
		'mount-before-install': [
			{ hostPath: tree.root, vfsPath: '/wordpress' },
			...shared,
			{
				hostPath: resolve( options.plugin ),
				vfsPath: '/wordpress/wp-content/plugins/slashimage',
			},
		],
	} );
}
