import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectMails, mails } from './mails.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { addressOfRequest } from './host.ts';
import { connect, until } from './queue.ts';
import { site } from './site.ts';

// Whoever is not logged in, and whatever they send: nothing of ours is written, asked or mailed.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

const hostile: Record< string, string >[] = [
	{ host: 'evil.example' },
	{ 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' },
	{ origin: 'https://evil.example', referer: 'https://evil.example/wp-admin/' },
	{ 'x-http-method-override': 'DELETE' },
	{ 'x-wp-nonce': '0123456789' },
	{ authorization: `Basic ${ Buffer.from( 'admin:wrong' ).toString( 'base64' ) }` },
	{ cookie: 'wordpress_logged_in_x=admin%7C9999999999%7Cx%7Cx; wordpress_sec_x=admin' },
	{ 'x-original-url': '/wp-admin/', 'x-rewrite-url': '/wp-admin/' },
	{ 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', 'client-ip': '127.0.0.1' },
	{ 'user-agent': "WordPress/7.1; ' OR 1=1 -- <script>", accept: '*/*', 'accept-language': '../../../etc/passwd' },
];

interface Door {
	method: string;
	path: string;
	body?: string;
}

/** Sends a request as it is, also with a Host that `fetch` would not send. Returns the status. */
async function knock( { method, path, body = '' }: Door, headers: Record< string, string > ): Promise< number > {
	const { wp } = await site();
	return new Promise( ( resolve, reject ) => {
		const sent = {
			'content-type': body.startsWith( '{' ) ? 'application/json' : 'application/x-www-form-urlencoded',
			'content-length': String( Buffer.byteLength( body ) ),
			...headers,
		};
		const asked = request( wp.url + path, { method, headers: sent }, ( answer ) => {
			answer.resume().once( 'end', () => resolve( answer.statusCode ?? 0 ) );
		} );
		asked.once( 'error', reject ).end( body );
	} );
}

/** Every route of ours as WordPress knows it, with every method. */
async function routes(): Promise< Door[] > {
	const known = ( await (
		await site()
	).wp.evaluate(
		`$found = [];
		foreach ( rest_get_server()->get_routes( 'slashimage/v1' ) as $route => $handlers ) {
			foreach ( $handlers as $handler ) { foreach ( array_keys( $handler['methods'] ?? [] ) as $method ) { $found[] = [ $method, $route ]; } }
		}
		return $found;`
	) ) as [ string, string ][];
	const body = JSON.stringify( {
		key: 'sk_live_0123456789abcdef0123456789abcdef0123456789abcdef',
		attempt: '0123456789',
		notice: 'key_refused',
		emails: false,
		keep_backups: false,
		token: 'x',
	} );
	return known
		.filter( ( [ , route ] ) => route !== '/slashimage/v1' )
		.map( ( [ method, route ] ) => ( {
			method,
			path: `/wp-json${ route.replaceAll( /\(\?P<(id|check|action)>[^)]*\)/g, ( _, name: string ) => ( { id: '1', check: 'key', action: 'retry' } )[ name ] ?? '' ) }?ids=1`,
			...( method === 'GET' ? {} : { body } ),
		} ) );
}

/** Every other door of ours, or where our hooks run, for anybody. */
const doors: Door[] = [
	{ method: 'POST', path: '/wp-admin/admin-ajax.php', body: 'action=slashimage_work&token=x' },
	{ method: 'POST', path: '/wp-admin/admin-ajax.php', body: 'action=slashimage_work&token[]=x&ping=1' },
	{ method: 'POST', path: '/wp-admin/admin-ajax.php', body: 'action=slashimage_work&outlive=0123456789' },
	{ method: 'POST', path: '/wp-admin/admin-ajax.php', body: 'action=slashimage_rest&route=/report&_wpnonce=x' },
	{ method: 'GET', path: '/wp-admin/admin-ajax.php?action=heartbeat' },
	{ method: 'GET', path: '/wp-admin/admin-post.php?action=slashimage_work' },
	{ method: 'GET', path: '/wp-cron.php' },
	{ method: 'GET', path: '/' },
	{ method: 'GET', path: '/?rest_route=/slashimage/v1/connection' },
	{ method: 'POST', path: '/?rest_route=/slashimage/v1/work', body: 'token=x' },
	{ method: 'GET', path: '/wp-json/' },
	{ method: 'GET', path: '/wp-json/wp/v2/media' },
	{ method: 'GET', path: '/wp-login.php' },
	{ method: 'POST', path: '/xmlrpc.php', body: '<methodCall><methodName>demo.sayHello</methodName></methodCall>' },
];

/** All that is ours in the database. WordPress's own notes about cron and passing facts aside. */
const ours = async () =>
	( await site() ).wp.evaluate(
		`global $wpdb; return [ $wpdb->get_results( "SELECT option_name, option_value FROM $wpdb->options WHERE option_name LIKE '%slashimage%' ORDER BY option_name" ), $wpdb->get_results( 'SELECT * FROM ' . SlashImage\\Queue::table() ), $wpdb->get_results( "SELECT * FROM $wpdb->usermeta WHERE meta_key LIKE '%slashimage%'" ), wp_next_scheduled( 'slashimage_work' ), wp_next_scheduled( 'slashimage_check' ) ];`
	);

describe.runIf( native )( 'somebody who is not logged in', () => {
	beforeAll( async () => {
		const { reset, upload } = await site();
		await reset();
		await collectMails();
		await connect();
		await upload( 1 );
		await until( ( rows ) => rows.every( ( { state } ) => state === 'optimized' ) );
		// The worker writes a little more, and wakes the next one, once the image is done.
		const { wp } = await site();
		await wp.evaluate(
			`for ( $tries = 0; $tries < 100 && SlashImage\\Lock::is_held( 'slashimage_worker' ); $tries++ ) { usleep( 100000 ); }`
		);
		await new Promise( ( resolve ) => setTimeout( resolve, 1_000 ) );
		// Nothing is due, or WP-Cron would do what it is for.
		await (
			await site()
		).wp.evaluate(
			`SlashImage\\Library::index( 30 ); foreach ( [ 'work', 'mail', 'library' ] as $hook ) { wp_clear_scheduled_hook( "slashimage_$hook" ); }`
		);
		( await site() ).service.forgetRequests();
	} );

	it.each( [
		[ 'a site', '' ],
		[ 'a site that takes its address from the request', addressOfRequest ],
	] )(
		'changes nothing on %s, by any door, with any header',
		async ( _, code ) => {
			const { service } = await site();
			await addMuPlugin( 'address', code );
			const before = await ours();
			const all = [ ...( await routes() ), ...doors ];
			expect( all.length ).toBeGreaterThan( 30 );
			for ( const door of all ) {
				for ( const headers of hostile ) {
					const status = await knock( door, headers );
					const isRoute = door.path.startsWith( '/wp-json/slashimage' );
					expect( [ door, headers, isRoute && status < 400 ? status : '' ] ).toEqual( [ door, headers, '' ] );
				}
			}
			await removeMuPlugin( 'address' );
			expect( await ours() ).toEqual( before );
			expect( service.requests ).toEqual( [] );
			expect( await mails() ).toEqual( [] );
		},
		180_000
	);
} );
