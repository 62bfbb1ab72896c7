import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNativeWordPress } from '../../sandbox/native/wordpress.ts';
import { startService, type Service } from '../../sandbox/service/server.ts';
import { wordpressFiles } from '../../sandbox/wordpress/files.ts';
import type { WordPress, WordPressOptions } from '../../sandbox/wordpress/playground.ts';
import { buildFolder } from '../../tools/paths.ts';
import { visitor, type Visitor } from './visitor.ts';

export interface OwnSite {
	wp: WordPress;
	service: Service;
	admin: Visitor;
	close: () => Promise< void >;
}

type Options = Partial< WordPressOptions >;

/** A WordPress on real servers that are set up in a way of their own. It is deleted when it is closed. */
export async function ownWordPress( options: Options ): Promise< WordPress > {
	const folder = await mkdtemp( join( tmpdir(), 'wordpress-own-' ) );
	const wp = await startNativeWordPress( {
		files: await wordpressFiles( { version: process.env[ 'WORDPRESS_VERSION' ] ?? '7.1', say: () => {} } ),
		plugin: buildFolder,
		site: folder,
		...options,
		constants: { DISABLE_WP_CRON: true, ...options.constants },
	} );
	return {
		...wp,
		close: async () => {
			await wp.close();
			await rm( folder, { recursive: true, force: true } );
		},
	};
}

/** The same with a service, and the admin logged in. `known`: headers the admin's browser adds to all. */
export async function ownSite(
	set: Options | ( ( service: Service ) => Options ),
	known?: Record< string, string >
): Promise< OwnSite > {
	const service = await startService();
	const options = typeof set === 'function' ? set( service ) : set;
	const wp = await ownWordPress( { serviceUrl: service.url, ...options } );
	return {
		wp,
		service,
		admin: await visitor( wp.url, 'admin', wp.adminPassword, known ),
		close: async () => {
			await wp.close();
			await service.close();
		},
	};
}
