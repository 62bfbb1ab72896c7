<?php
/**
 * What the measurements need inside WordPress: the server's time of a page, with the plugin or without, and the time of
 * a piece of PHP. Plain PHP 7.4, as the sandbox's own.
 */

namespace Bench;

defined( 'ABSPATH' ) && defined( 'SLASHIMAGE_SANDBOX_TOKEN' ) || exit;

// A worker that is woken would work at the queue that is being measured.
add_filter(
	'pre_http_request',
	static function ( $answer ) {
		return false === $answer ? new \WP_Error( 'http_request_failed', 'Nothing is sent while measuring.' ) : $answer;
	},
	3
);

/** The header `X-SlashImage-Bench`: the sandbox's token, and what is asked for. */
function asked( string $word ): bool {
	$words = explode( ' ', $_SERVER['HTTP_X_SLASHIMAGE_BENCH'] ?? '' );
	return hash_equals( SLASHIMAGE_SANDBOX_TOKEN, array_shift( $words ) ) && in_array( $word, $words, true );
}

if ( asked( 'without' ) ) {
	add_filter(
		'option_active_plugins',
		static function ( $plugins ) {
			return array_diff( $plugins, array( 'slashimage/slashimage.php' ) );
		}
	);
}

if ( asked( 'time' ) ) {
	$bench_queries = array();
	$bench_start   = processor();
	if ( asked( 'queries' ) ) {
		// SAVEQUERIES would be for all pages, and would cost the measured ones time.
		add_filter(
			'query',
			static function ( $sql ) use ( &$bench_queries ) {
				$bench_queries[] = array(
					'sql'     => $sql,
					'callers' => wp_debug_backtrace_summary(),
				);
				return $sql;
			}
		);
	}
	add_action(
		'shutdown',
		static function () use ( &$bench_queries, $bench_start ) {
			$measured = array(
				'milliseconds' => 1000 * ( microtime( true ) - $_SERVER['REQUEST_TIME_FLOAT'] ),
				'processor'    => processor() - $bench_start,
				'number'       => (int) $GLOBALS['wpdb']->num_queries,
				'queries'      => $bench_queries,
			);
			echo "\nbench:" . wp_json_encode( $measured );
		},
		1001
	);
}

/** The processor's time of PHP, in milliseconds: unlike the clock's, it is the same on a machine that is busy with other things. */
function processor(): float {
	$used = getrusage();
	return 1000 * ( $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'] ) + ( $used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec'] ) / 1000;
}

/**
 * Runs each piece of work in turn, again and again, and tells the median of each in milliseconds. The first turn does not count.
 *
 * @param callable[] $works
 */
function medians( array $works, int $rounds ): array {
	$times = array_fill_keys( array_keys( $works ), array() );
	for ( $round = 0; $round <= $rounds; $round++ ) {
		foreach ( $works as $name => $work ) {
			$start = hrtime( true );
			$work();
			if ( $round > 0 ) {
				$times[ $name ][] = ( hrtime( true ) - $start ) / 1e6;
			}
		}
	}
	return array_map( __NAMESPACE__ . '\median', $times );
}

function median( array $numbers ): float {
	sort( $numbers );
	return $numbers[ intdiv( count( $numbers ), 2 ) ];
}

/** The indexes MariaDB takes for a statement, and what it does besides. */
function plan( string $sql ): string {
	$steps = array();
	foreach ( $GLOBALS['wpdb']->get_results( "EXPLAIN $sql" ) as $step ) {
		$steps[] = trim( "$step->table by " . ( $step->key ?? 'no index' ) . " ($step->Extra)" );
	}
	return implode( ', ', str_replace( ' ()', '', $steps ) );
}
