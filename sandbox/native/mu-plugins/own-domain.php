<?php
/**
 * Leads what a site of a network asks itself to this machine. Its domain is known to nobody
 * else, and without this it could wake neither its own cron nor the plugin's worker.
 */

defined( 'ABSPATH' ) || exit;

if ( ! is_multisite() ) {
	return;
}

$slashimage_own_host = function ( $url ) {
	$host = wp_parse_url( $url, PHP_URL_HOST );
	return wp_parse_url( home_url(), PHP_URL_HOST ) === $host ? $host : null;
};

add_filter(
	'pre_http_request',
	function ( $answer, $arguments, $url ) use ( $slashimage_own_host ) {
		return is_wp_error( $answer ) && $slashimage_own_host( $url ) ? false : $answer;
	},
	// After the sandbox's own, which makes the error.
	2,
	3
);
add_action(
	'http_api_curl',
	function ( $handle, $arguments, $url ) use ( $slashimage_own_host ) {
		$host = $slashimage_own_host( $url );
		if ( $host ) {
			$port = wp_parse_url( $url, PHP_URL_PORT );
			curl_setopt( $handle, CURLOPT_RESOLVE, array( "$host:$port:127.0.0.1" ) );
		}
	},
	10,
	3
);
