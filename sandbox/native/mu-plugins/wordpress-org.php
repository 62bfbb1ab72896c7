<?php
/**
 * Answers for wordpress.org, which the sandbox does not connect to: "not now". Where PHP could
 * have reached it, an error instead of an answer makes WordPress write a warning into the log
 * each time it looks for updates or languages, and what our own code does wrong drowns in them.
 */

add_filter(
	'pre_http_request',
	function ( $answer, $arguments, $url ) {
		$is_theirs = preg_match( '/(^|\.)wordpress\.org$/', (string) wp_parse_url( $url, PHP_URL_HOST ) );
		return is_wp_error( $answer ) && $is_theirs
			? array(
				'headers'  => array(),
				'body'     => '',
				'cookies'  => array(),
				'filename' => null,
				'response' => array(
					'code'    => 503,
					'message' => 'Service Unavailable',
				),
			)
			: $answer;
	},
	// After the sandbox's own, which makes the error.
	2,
	3
);
