// `npm start`: a WordPress with the plugin, and the service it talks to, on this machine.
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Service } from './service/server.ts';
import { startService } from './service/server.ts';
import { build } from './wordpress/build.ts';
import { closingTime } from './wordpress/closing.ts';
import { wordpressFiles } from './wordpress/files.ts';
import { onlyOne } from './wordpress/only-one.ts';
import { uploadPhotos } from './wordpress/photos.ts';
import type { WordPress } from './wordpress/playground.ts';
import { startWordPress } from './wordpress/playground.ts';

const repository = resolve( import.meta.dirname, '..' );
const site = join( repository, '.cache/site' );
const ports = { wordpress: 8881, service: 8882 };
const screen = '/wp-admin/upload.php?page=slashimage';

const closing = closingTime();
const say = ( sentence: string ) => console.log( sentence );

try {
	await start( process.argv.includes( '--fresh' ) );
} catch ( error ) {
	// A step that was interrupted fails too; that is no news.
	if ( ! closing.isEnding() ) {
		console.error( `\n${ error instanceof Error ? error.message : String( error ) }` );
	}
	await closing.end( 1 );
}

async function start( fresh: boolean ): Promise< void > {
	closing.add( await onlyOne( site ) );
	if ( fresh ) {
		say( 'Deleting the site of the last time.' );
		await rm( site, { recursive: true, force: true } );
	}
	await mkdir( site, { recursive: true } );

	say( 'Building the plugin.' );
	const building = build( repository );
	closing.add( building.stop );
	await building.done;

	const files = await wordpressFiles( { say } );
	const service = await startService( {
		port: ports.service,
		database: join( site, 'service.sqlite' ),
	} );
	closing.add( () => service.close() );

	say( 'Starting WordPress. This takes about ten seconds.' );
	const wordpress = await startWordPress( {
		files,
		site,
		plugin: join( repository, 'build/slashimage' ),
		port: ports.wordpress,
		serviceUrl: service.url,
	} );
	closing.add( () => wordpress.close() );

	await uploadPhotos( wordpress, files, ( count, total ) =>
		say( `Uploading sample photos: ${ count } of ${ total }.` )
	);
	say( summary( wordpress, service ) );
}

function summary( wordpress: WordPress, service: Service ): string {
	return `
SlashImage is running.

  Media > SlashImage     ${ wordpress.loginUrl( screen ) }
  The service's account  ${ service.dashboardUrl }

  An API key to paste:   ${ service.masterKey }
  WordPress login:       ${ wordpress.adminUser } / ${ wordpress.adminPassword } (the first address is logged in already)

Ctrl+C stops both. Everything is kept for the next time; npm start -- --fresh begins anew.
`;
}
