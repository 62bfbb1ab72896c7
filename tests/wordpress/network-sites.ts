import { request } from 'node:http';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNativeWordPress } from '../../sandbox/native/wordpress.ts';
import { startService, type Service } from '../../sandbox/service/server.ts';
import { wordpressFiles } from '../../sandbox/wordpress/files.ts';
import type { WordPress } from '../../sandbox/wordpress/playground.ts';
import { fingerprint } from '../../src/validation/key.ts';
import { deleteAfterwards, letWorkerEnd, uploadPhotos, zip, type Row } from './site.ts';
import { visitor, type Visitor } from './visitor.ts';

/** One site of the network. */
export interface Place {
	/** What the service is told: scheme and host, no port and no path. */
	origin: string;
	evaluate: ( code: string ) => Promise< unknown >;
	/** What its own GET /connection answers. */
	connection: () => Promise< Connected >;
	/** Sends a key to its own POST /connection, as a site's administrator who is none of the network. */
	connect: ( key: string ) => Promise< { status: number; code: string } >;
	/** Calls WP-Cron as a visit does, until the background check is no longer due. */
	cron: () => Promise< void >;
	/** Calls WP-Cron once. */
	goOn: () => Promise< unknown >;
	upload: ( count: number ) => Promise< number[] >;
	rows: () => Promise< Row[] >;
}

export interface Connected {
	state: string;
	domain: string;
	key: { source: string; fingerprint: string; settable: boolean; others: { source: string; fingerprint: string }[] };
}

export interface Network {
	wp: WordPress;
	service: Service;
	/** The network's administrator. */
	boss: Visitor;
	sites: { main: Place; shop: Place; client: Place };
	place: ( host: string, path: string ) => Place;
	/** No keys, no images, nothing decided, a healthy service. */
	reset: () => Promise< void >;
	/** The fingerprints of the keys that came to the service since it was last asked, and the origins. */
	came: () => { keys: string[]; origins: ( string | null )[] };
	log: () => Promise< string >;
	close: () => Promise< void >;
}

// PHP finds fault with this file of WordPress's whenever a process reads it for the first time.
const foundByPhp = /^.*PHP Deprecated:.*wp-includes\/ms-functions\.php on line \d+\n/gm;

/** Starts a network of three sites with the built plugin in all of them, and a service. */
export async function startNetwork(): Promise< Network > {
	const service = await startService();
	const folder = await mkdtemp( join( tmpdir(), 'wordpress-network-' ) );
	deleteAfterwards( folder );
	const wp = await startNativeWordPress( {
		files: await wordpressFiles( { version: process.env[ 'WORDPRESS_VERSION' ] ?? '7.1', say: () => {} } ),
		plugin: await zip( folder ),
		site: folder,
		serviceUrl: service.url,
		// Only what a test calls for.
		constants: { DISABLE_WP_CRON: true },
		multisite: true,
	} );
	const { host, port } = new URL( wp.url );
	const place = ( name: string, path: string ): Place => placeAt( wp, name, path );
	const sites = {
		main: place( host, '' ),
		shop: place( host, '/shop' ),
		client: place( `client.example:${ port }`, '' ),
	};
	return {
		wp,
		service,
		boss: await visitor( wp.url, 'admin', wp.adminPassword ),
		sites,
		place,
		reset: async () => {
			service.setFault( 'none' );
			service.setCredits( { limit: 200, used: 5 } );
			await wp.evaluate( startOver );
			service.forgetRequests();
		},
		came: () => {
			const keys = service.requests.map( ( { authorization } ) =>
				fingerprint( authorization?.slice( 7 ) ?? '' )
			);
			const origins = service.requests.map( ( { origin } ) => origin );
			service.forgetRequests();
			return { keys: [ ...new Set( keys ) ], origins: [ ...new Set( origins ) ] };
		},
		log: async () => ( await readFile( wp.debugLog, 'utf8' ).catch( () => '' ) ).replace( foundByPhp, '' ),
		close: async () => {
			await wp.close();
			await service.close();
		},
	};
}

function placeAt( wp: WordPress, host: string, path: string ): Place {
	const evaluate = async ( code: string ): Promise< unknown > => {
		const text = await ask( wp.url, `${ path }/?slashimage_sandbox=eval`, host, wp.token, code );
		const answer = JSON.parse( text ) as { result?: unknown; error?: string };
		if ( answer.error !== undefined ) {
			throw new Error( answer.error );
		}
		return answer.result ?? null;
	};
	const isDue = `return (int) wp_next_scheduled( 'slashimage_check' ) <= time() + 5 && wp_next_scheduled( 'slashimage_check' );`;
	return {
		origin: `http://${ host.replace( /:\d+$/, '' ) }`,
		evaluate,
		connection: async () =>
			( await evaluate(
				"return rest_do_request( new WP_REST_Request( 'GET', '/slashimage/v1/connection' ) )->get_data();"
			) ) as Connected,
		connect: async ( key ) =>
			( await evaluate( `$key = '${ key }';${ connectAsShopkeeper }` ) ) as { status: number; code: string },
		cron: async () => {
			for ( let tries = 0; tries < 40 && ( await evaluate( isDue ) ); tries++ ) {
				await ask( wp.url, `${ path }/wp-cron.php`, host );
				await new Promise( ( resolve ) => setTimeout( resolve, 300 ) );
			}
		},
		goOn: () => ask( wp.url, `${ path }/wp-cron.php`, host ),
		upload: async ( count ) => ( await evaluate( `$count = ${ count };${ uploadPhotos }` ) ) as number[],
		rows: async () =>
			( await evaluate(
				'return $GLOBALS["wpdb"]->get_results( "SELECT * FROM " . SlashImage\\Queue::table() );'
			) ) as Row[],
	};
}

// `fetch` does not let anybody choose the Host.
function ask( url: string, path: string, host: string, token = '', body = '' ): Promise< string > {
	return new Promise( ( resolve, reject ) => {
		const headers = { host, 'x-slashimage-sandbox': token, 'content-type': 'text/plain' };
		const asked = request( url + path, { method: body ? 'POST' : 'GET', headers }, async ( answer ) => {
			let text = '';
			for await ( const chunk of answer ) {
				text += String( chunk );
			}
			resolve( text );
		} );
		asked.once( 'error', reject ).end( body );
	} );
}

const connectAsShopkeeper = `
	$shopkeeper = get_user_by( 'login', 'shopkeeper' );
	$user = $shopkeeper ? $shopkeeper->ID : wp_create_user( 'shopkeeper', 'shopkeeper', 'shopkeeper@example.com' );
	add_user_to_blog( get_current_blog_id(), $user, 'administrator' );
	wp_set_current_user( $user );
	$request = new WP_REST_Request( 'POST', '/slashimage/v1/connection' );
	$request->set_body_params( [ 'key' => $key ] );
	$answer = rest_do_request( $request );
	return [ 'status' => $answer->get_status(), 'code' => $answer->get_data()['code'] ?? '' ];`;

const startOver = `
	SlashImage\\Key_Store::forget_network();
	delete_site_option( SlashImage\\Network::OPTION );
	foreach ( get_sites( [ 'fields' => 'ids' ] ) as $site ) {
		switch_to_blog( $site );
		${ letWorkerEnd }
		foreach ( get_posts( [ 'post_type' => 'attachment', 'post_status' => 'any', 'numberposts' => -1, 'fields' => 'ids' ] ) as $id ) {
			wp_delete_attachment( $id, true );
		}
		SlashImage\\Key_Store::forget();
		SlashImage\\Connection::disconnect();
		SlashImage\\Schedule::clear();
		delete_transient( SlashImage\\Check::ASKED );
		delete_option( 'slashimage_worker.lock' );
		restore_current_blog();
	}`;
