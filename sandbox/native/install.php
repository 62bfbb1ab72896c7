<?php
/**
 * Installs WordPress from the command line, with addresses that are not index.php?…; nothing
 * happens where it is installed. Parameters: the web root, the site's address, the password.
 */

list( , $root, $url, $password ) = $argv;

// WordPress takes its address from the request when it has none yet.
$_SERVER['HTTP_HOST']      = parse_url( $url, PHP_URL_HOST ) . ':' . parse_url( $url, PHP_URL_PORT );
$_SERVER['REQUEST_URI']    = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';

define( 'WP_INSTALLING', true );
// Every network begins as a site by itself: network.php makes it one afterwards.
define( 'MULTISITE', false );
require $root . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

if ( is_blog_installed() ) {
	// The files may be newer than the tables.
	wp_upgrade();
	exit;
}
// Otherwise the installer asks the site for a page, and there is no web server yet.
add_filter( 'pre_http_request', fn() => new WP_Error( 'installing', 'Not while installing.' ) );
wp_install( 'SlashImage', 'admin', 'admin@example.com', true, '', $password );
update_option( 'permalink_structure', '/%year%/%monthnum%/%day%/%postname%/' );
flush_rewrite_rules( false );
