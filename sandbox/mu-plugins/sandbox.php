<?php
/**
 * Doors into a sandbox site for its owner: PHP from outside, a login without a password, and
 * the number of database queries. Each asks for the site's random token. Only the sandbox puts
 * this file into a site, and it is no part of the plugin.
 *
 * Plain PHP 7.4: a WordPress in an ordinary PHP can use it too.
 */

namespace SlashImage\Sandbox;

defined( 'ABSPATH' ) && defined( 'SLASHIMAGE_SANDBOX_TOKEN' ) || exit;

add_action( 'wp_loaded', __NAMESPACE__ . '\open_doors', 1000 );
add_action( 'shutdown', __NAMESPACE__ . '\print_queries', 1000 );
add_filter( 'pre_http_request', __NAMESPACE__ . '\stay_inside', 1, 3 );
add_filter( 'locale', __NAMESPACE__ . '\own_locale' );
add_filter( 'pre_option_show_avatars', '__return_zero' );
add_filter( 'admin_email_check_interval', '__return_zero' );

// As under a web server: WordPress looks for a menu's page among the files of wp-admin.
if ( is_dir( dirname( (string) ( $_SERVER['SCRIPT_FILENAME'] ?? '' ) ) ) ) {
	chdir( dirname( $_SERVER['SCRIPT_FILENAME'] ) );
}

function is_owner( $token ) {
	return is_string( $token ) && hash_equals( SLASHIMAGE_SANDBOX_TOKEN, $token );
}

// phpcs:disable WordPress.Security.NonceVerification -- the token is the proof.
function open_doors() {
	if ( is_owner( $_GET['slashimage_login'] ?? null ) ) {
		log_in( (string) wp_unslash( $_GET['to'] ?? '/wp-admin/' ) );
	}
	$token = $_SERVER['HTTP_X_SLASHIMAGE_SANDBOX'] ?? null;
	if ( 'eval' === ( $_GET['slashimage_sandbox'] ?? '' ) && is_owner( $token ) ) {
		answer( file_get_contents( 'php://input' ) );
	}
}

function log_in( $path ) {
	wp_set_auth_cookie( get_user_by( 'login', 'admin' )->ID, true );
	// Only a path: home_url() in front keeps the link from leading elsewhere.
	wp_safe_redirect( home_url( '/' . ltrim( $path, '/' ) ) );
	exit;
}

function answer( $code ) {
	wp_set_current_user( get_user_by( 'login', 'admin' )->ID );
	try {
		$body = array( 'result' => evaluate( $code ) );
	} catch ( \Throwable $error ) {
		$body = array( 'error' => get_class( $error ) . ': ' . $error->getMessage() . ' on line ' . $error->getLine() );
	}
	while ( ob_get_level() ) {
		ob_end_clean();
	}
	nocache_headers();
	header( 'Content-Type: application/json' );
	echo wp_json_encode( $body, JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR );
	exit;
}

/** In a function of its own, so that the code sees no variables of ours. */
function evaluate( $code ) {
	// phpcs:ignore Squiz.PHP.Eval.Discouraged -- this is what the door is for.
	return eval( $code );
}

/**
 * Appends the number of queries of this page, and the queries, as an HTML comment; for tests
 * that hold the plugin to a budget. Asked for with the header X-SlashImage-Queries.
 */
function print_queries() {
	if ( ! is_owner( $_SERVER['HTTP_X_SLASHIMAGE_QUERIES'] ?? null ) ) {
		return;
	}
	global $wpdb;
	$queries = array();
	foreach ( (array) $wpdb->queries as $query ) {
		$queries[] = array(
			'sql'     => $query[0],
			'seconds' => sprintf( '%.6F', $query[1] ),
			'callers' => $query[2],
		);
	}
	// '--' would end the comment; in JSON it may be written as an escape.
	$json = str_replace( '-', '\u002d', (string) wp_json_encode( $queries, JSON_UNESCAPED_SLASHES ) );
	printf( "\n<!-- queries: %d %s -->", (int) $wpdb->num_queries, $json );
}

/**
 * Refuses every request that leaves the machine, at once: without internet each update check
 * of WordPress would keep a page waiting for its timeout. Names that are nobody's and the
 * service's own are let through: what a test does there must fail as it fails in life.
 */
function stay_inside( $answer, $arguments, $url ) {
	$host = (string) wp_parse_url( $url, PHP_URL_HOST );
	$service = defined( 'SLASHIMAGE_API_URL' ) ? wp_parse_url( SLASHIMAGE_API_URL, PHP_URL_HOST ) : null;
	$inside  = in_array( $host, array( '127.0.0.1', 'localhost', '[::1]', $service ), true )
		|| preg_match( '/\.(localhost|test|invalid)$/i', $host );
	if ( $inside || defined( 'SLASHIMAGE_SANDBOX_ONLINE' ) ) {
		return $answer;
	}
	return new \WP_Error( 'http_request_failed', "The sandbox does not connect to $host." );
}

function own_locale( $locale ) {
	return defined( 'SLASHIMAGE_SANDBOX_LOCALE' ) ? SLASHIMAGE_SANDBOX_LOCALE : $locale;
}
