import type { Constant } from '../wordpress/config.ts';

/**
 * A network of three sites, `admin` its super admin and the plugin active in all of them:
 * - the main site, at the `url` of startNativeWordPress();
 * - a subfolder site, at `url` + '/shop';
 * - a site with a domain of its own, client.example and the port of `url`. The name is known to
 *   nobody: requests go to `url` with the header `Host: client.example:PORT`.
 * The cookies and nonces of the main site are good for /shop as well; client.example has a login
 * of its own. fetch() does not send a Host header, `request` of node:http does. The doors of the sandbox's mu-plugin open into the
 * site they are asked at: `siteClient( url + '/shop', token )` runs its PHP in the shop.
 */
export function networkConstants( port: number ): Record< string, Constant > {
	return {
		MULTISITE: true,
		SUBDOMAIN_INSTALL: false,
		DOMAIN_CURRENT_SITE: `127.0.0.1:${ port }`,
		PATH_CURRENT_SITE: '/',
		SITE_ID_CURRENT_SITE: 1,
		BLOG_ID_CURRENT_SITE: 1,
	};
}

/** nginx's part: WordPress' own files are in the root, also those that a subfolder's pages ask for. */
export const networkRules = `
		if (!-e $request_filename) {
			rewrite /wp-admin$ $scheme://$http_host$uri/ permanent;
			rewrite ^(/[^/]+)?(/wp-.*) $2 last;
			rewrite ^(/[^/]+)?(/.*\\.php) $2 last;
		}
`;

/** The PHP that adds the two sites to the main one, unless an earlier start did. */
export const createSites = `
	$main = get_network()->domain;
	$port = wp_parse_url( 'http://' . $main, PHP_URL_PORT );
	foreach ( [ [ $main, '/shop/', 'Shop' ], [ 'client.example:' . $port, '/', 'Client' ] ] as [ $domain, $path, $title ] ) {
		if ( get_blog_id_from_url( $domain, $path ) ) {
			continue;
		}
		$user_id = get_current_user_id();
		$result  = wp_insert_site( compact( 'domain', 'path', 'title', 'user_id' ) );
		if ( is_wp_error( $result ) ) {
			throw new Exception( $result->get_error_message() );
		}
	}
`;
