<?php
/**
 * Makes a network of an installed site, as Tools > Network Setup does; where it is one already,
 * moves it to the port of this start. Parameters: the web root, the site's address.
 */

list( , $root, $url ) = $argv;

$port   = ':' . parse_url( $url, PHP_URL_PORT );
$domain = parse_url( $url, PHP_URL_HOST ) . $port;

$_SERVER['HTTP_HOST']      = $domain;
$_SERVER['REQUEST_URI']    = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';

define( 'WP_INSTALLING', true );
// WordPress as a network would end at once: it finds no tables, or no site with this port.
define( 'MULTISITE', false );
require $root . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

foreach ( $wpdb->tables( 'ms_global' ) as $name => $table ) {
	$wpdb->$name = $table;
}
if ( ! $wpdb->get_var( "SHOW TABLES LIKE '$wpdb->blogs'" ) ) {
	install_network();
	$result = populate_network( 1, $domain, 'admin@example.com', 'SlashImage', '/', false );
	if ( is_wp_error( $result ) ) {
		fwrite( STDERR, $result->get_error_message() );
		exit( 1 );
	}
	exit;
}

// A network keeps its addresses in the database, where a site by itself has them in wp-config.php.
$earlier = strrchr( $wpdb->get_var( "SELECT domain FROM $wpdb->site" ), ':' );
$move    = function ( $table, $column, $where = '1 = 1' ) use ( $wpdb, $earlier, $port ) {
	$wpdb->query( $wpdb->prepare( "UPDATE $table SET $column = REPLACE( $column, %s, %s ) WHERE $where", $earlier, $port ) );
};
$move( $wpdb->site, 'domain' );
$move( $wpdb->sitemeta, 'meta_value', "meta_key = 'siteurl'" );
foreach ( $wpdb->get_col( "SELECT blog_id FROM $wpdb->blogs" ) as $blog_id ) {
	$prefix = $wpdb->base_prefix . ( '1' === $blog_id ? '' : $blog_id . '_' );
	$move( $prefix . 'options', 'option_value', "option_name IN ( 'home', 'siteurl' )" );
}
$move( $wpdb->blogs, 'domain' );
