import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ownConstants, prepare } from '../wordpress/activate.ts';
import { siteClient } from '../wordpress/client.ts';
import type { WordPress, WordPressOptions } from '../wordpress/playground.ts';
import { onFreePort } from '../wordpress/port.ts';
import type { SiteTree } from '../wordpress/site.ts';
import { placeMuPlugins, siteTree, writeConfig } from '../wordpress/site.ts';
import { database, startDatabase } from './database.ts';
import type { Layout } from './layout.ts';
import { makeLayout } from './layout.ts';
import { createSites, networkConstants } from './network.ts';
import { ensurePackages } from './packages.ts';
import { preparePhp } from './php.ts';
import { placePlugin, placeWordPress } from './place.ts';
import type { Server } from './server.ts';
import { startWeb } from './web.ts';

const installer = resolve( import.meta.dirname, 'install.php' );
const networkInstaller = resolve( import.meta.dirname, 'network.php' );
const nativeMuPlugins = resolve( import.meta.dirname, 'mu-plugins' );

/**
 * Starts WordPress on PHP-FPM, nginx and MariaDB, as servers of its own: for what WebAssembly and
 * SQLite cannot tell, such as locks between processes, real sockets and MySQL's own grammar. Takes
 * and answers the same as startWordPress(); `plugin` may also be a .zip. A second start with the
 * same `site` goes on with its data; with `multisite` it is a network (network.ts). Nothing of the
 * machine's own servers is used or touched.
 */
export async function startNativeWordPress( options: WordPressOptions ): Promise< WordPress > {
	await ensurePackages( ( sentence ) => console.log( sentence ) );
	const site = resolve( options.site );
	const tree = await siteTree( site, options.files );
	await placeMuPlugins( tree, options.muPlugins );
	await cp( nativeMuPlugins, join( tree.root, 'wp-content/mu-plugins' ), { recursive: true } );
	await placeWordPress( resolve( options.files ), tree.root );
	await placePlugin( resolve( options.plugin ), tree.root );
	const layout = await makeLayout( site, tree.root );
	const servers: Server[] = [];
	const close = async () => {
		// The last one first: PHP may still be writing to the database.
		for ( const server of servers.splice( 0 ).reverse() ) {
			await server.stop();
		}
		await rm( layout.run, { recursive: true, force: true } );
	};
	try {
		return await start( options, tree, layout, servers, close );
	} catch ( error ) {
		await close();
		throw error;
	}
}

async function start(
	options: WordPressOptions,
	tree: SiteTree,
	layout: Layout,
	servers: Server[],
	close: () => Promise< void >
): Promise< WordPress > {
	const php = await preparePhp( layout, options );
	servers.push( await startDatabase( layout, tree.password ) );
	const url = await onFreePort( options.port, async ( port ) => {
		servers.push( await openPort( options, tree, layout, port ) );
		return `http://127.0.0.1:${ port }`;
	} );
	await php.script( installer, [ tree.root, url, tree.password ] );
	if ( options.multisite ) {
		await php.script( networkInstaller, [ tree.root, url ] );
	}
	servers.push( await php.serve( options.workers ?? 4 ) );
	if ( options.multisite ) {
		// PHP finds fault with WordPress' own files for networks when it first reads them.
		await ( await fetch( url ) ).text();
	}
	// WordPress' installer leaves notices of its own; what comes later is ours.
	await rm( tree.debugLog, { force: true } );
	const client = siteClient( url, tree.token );
	await client.evaluate( prepare( tree.password ) );
	if ( options.multisite ) {
		await client.evaluate( createSites );
	}
	const { token, debugLog, uploads, password } = tree;
	return { url, token, debugLog, uploads, adminUser: 'admin', adminPassword: password, close, ...client };
}

/** wp-config.php names the port, so it is written anew with each one that is tried. */
async function openPort( options: WordPressOptions, tree: SiteTree, layout: Layout, port: number ): Promise< Server > {
	const network = options.multisite ? networkConstants( port ) : {};
	const constants = { ...connection( layout, tree ), ...network, ...ownConstants( options ) };
	await writeConfig( tree, `http://127.0.0.1:${ port }`, constants, tree.root );
	return await startWeb( layout, port, options );
}

function connection( layout: Layout, tree: SiteTree ): Record< string, string > {
	return {
		DB_NAME: database.name,
		DB_USER: database.user,
		DB_PASSWORD: tree.password,
		DB_HOST: `localhost:${ layout.databaseSocket }`,
	};
}
