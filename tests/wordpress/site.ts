import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNativeWordPress } from '../../sandbox/native/wordpress.ts';
import { startService, type Service } from '../../sandbox/service/server.ts';
import { wordpressFiles } from '../../sandbox/wordpress/files.ts';
import { startWordPress, type WordPress } from '../../sandbox/wordpress/playground.ts';
import { buildFolder } from '../../tools/paths.ts';
import { packed } from '../../tools/zip.ts';
import { visitor, type Visitor } from './visitor.ts';

export interface Site {
	wp: WordPress;
	service: Service;
	admin: Visitor;
	/** Back to a fresh installation: no key, no images, no files, a healthy service. */
	reset: () => Promise< void >;
	/** Uploads photos of the theme the way a person does, and returns their ids. */
	upload: ( count: number ) => Promise< number[] >;
	/** Runs the worker to its end, after some PHP, and returns the queue's rows. */
	work: ( before?: string ) => Promise< Row[] >;
	rows: () => Promise< Row[] >;
	/** What PHP has logged; empty is the only good answer. */
	log: () => Promise< string >;
	/** Says that what PHP has logged was provoked. */
	forgetLog: () => Promise< void >;
}

export interface Row {
	attachment_id: string;
	state: string;
	cause: string;
	lease: string;
	due_at: string;
	added_at: string;
	dated: string;
	bytes_before: string;
	bytes_after: string;
}

let running: Promise< Site > | undefined;

/** The one site of this test run: WordPress with the built plugin, and a service. Started when first asked for. */
export const site = (): Promise< Site > => ( running ??= start() );

/** The site if it was started; asking does not start it. */
export const started = (): Promise< Site > | undefined => running;

/** Says that a person asks for the same contents again, or that an answer was lost with a worker that was killed. */
export const askedAgain = async (): Promise< void > => ( await site() ).service.forgetRequests();

async function start(): Promise< Site > {
	const service = await startService();
	const folder = await mkdtemp( join( tmpdir(), 'wordpress-site-' ) );
	deleteAfterwards( folder );
	const native = process.env[ 'SLASHIMAGE_NATIVE' ] === '1';
	const wp = await ( native ? startNativeWordPress : startWordPress )( {
		files: await wordpressFiles( { version: process.env[ 'WORDPRESS_VERSION' ] ?? '7.1', say: () => {} } ),
		// The native one is given what people install, the zip.
		plugin: native ? await zip( folder ) : buildFolder,
		site: folder,
		serviceUrl: service.url,
		// The worker is woken by its own request; WP-Cron would add queries to whichever page finds it due.
		constants: { DISABLE_WP_CRON: true },
	} );
	const rows = async () =>
		( await wp.evaluate(
			'return $GLOBALS["wpdb"]->get_results( "SELECT * FROM " . SlashImage\\Queue::table() );'
		) ) as Row[];
	return {
		wp,
		service,
		admin: await visitor( wp.url, 'admin', wp.adminPassword ),
		rows,
		work: async ( before = '' ) => {
			await wp.evaluate(
				`${ before } delete_option( 'slashimage_worker.lock' ); SlashImage\\Worker::run( 30 );`
			);
			return rows();
		},
		upload: async ( count ) => ( await wp.evaluate( `$count = ${ count };${ uploadPhotos }` ) ) as number[],
		reset: async () => {
			service.setFault( 'none' );
			service.setCredits( { limit: 200, used: 5 } );
			await wp.evaluate( startOver );
			service.forgetRequests();
		},
		log: () => readFile( wp.debugLog, 'utf8' ).catch( () => '' ),
		// PHP, another user, makes it anew.
		forgetLog: () => rm( wp.debugLog, { force: true } ),
	};
}

/**
 * Deletes the site when this process is gone. Vitest ends it with a signal and leaves it no time to tidy up, so a shell
 * waits for the end of its input, which is ours to close. A native site's database needs a moment to stop.
 */
export function deleteAfterwards( folder: string ): void {
	const shell = spawn( 'sh', [ '-c', 'cat; sleep 2; rm -rf "$0"', folder ], {
		detached: true,
		stdio: [ 'pipe', 'ignore', 'ignore' ],
	} );
	// Without a shell the folder stays in the system's temporary one.
	shell.once( 'error', () => {} ).unref();
}

export async function zip( folder: string ): Promise< string > {
	const file = join( folder, 'slashimage.zip' );
	await writeFile( file, packed( buildFolder, 'slashimage' ) );
	return file;
}

export const uploadPhotos = `
	require_once ABSPATH . 'wp-admin/includes/admin.php';
	$photos = array_slice( glob( WP_CONTENT_DIR . '/themes/twentytwentyfive/assets/images/*.webp' ), 0, $count );
	return array_map( function ( $photo ) {
		$copy = wp_tempnam();
		copy( $photo, $copy );
		return media_handle_sideload( [ 'name' => basename( $photo ), 'tmp_name' => $copy ], 0 );
	}, $photos );`;

/** PHP that waits for the worker that may still be at an image of the test before: it stops once nothing is connected. */
export const letWorkerEnd = `
	SlashImage\\Connection::disconnect();
	for ( $tries = 0; $tries < 100 && $GLOBALS['wpdb']->get_var( "SELECT option_id FROM {$GLOBALS['wpdb']->options} WHERE option_name = 'slashimage_worker.lock'" ); $tries++ ) {
		usleep( 100000 );
	}`;

const startOver = `
	${ letWorkerEnd }
	foreach ( get_posts( [ 'post_type' => 'attachment', 'post_status' => array_keys( get_post_stati() ), 'numberposts' => -1, 'fields' => 'ids' ] ) as $id ) {
		wp_delete_attachment( $id, true );
	}
	$GLOBALS['wpdb']->query( 'DELETE FROM ' . SlashImage\\Queue::table() );
	SlashImage\\Key_Store::forget();
	SlashImage\\Connection::disconnect();
	SlashImage\\Library::begin();
	SlashImage\\Library::index( 10 );
	SlashImage\\Library::count_failed();
	SlashImage\\Schedule::clear();
	delete_option( 'slashimage_worker.lock' );
	delete_metadata( 'user', 0, SlashImage\\Notice::key(), '', true );`;
