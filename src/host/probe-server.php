<?php
declare( strict_types=1 );

namespace SlashImage;

/** What images need on this server once the key works: somebody who works the queue, and room for the files. */
final class Probe_Server {
	/** @return array<int, string[]> */
	public static function queue( Doctor_Log $log ): array {
		$error = Schedule::reaches_itself();
		$log->note( Report::words( 'short', 'POST ' . admin_url( 'admin-ajax.php' ), '' === $error ? Report::words( 'answered' ) : $error ) );
		$found = array_filter( array( self::stuck(), self::cron(), '' === $error ? array() : array( 'loopback_failed', $error ) ) );
		return $found ? array_values( $found ) : array( self::healthy() );
	}

	/** @return array<int, string[]> */
	public static function files(): array {
		$uploads = wp_upload_dir( null, false );
		$folder  = is_dir( $uploads['path'] ) ? $uploads['path'] : $uploads['basedir'];
		if ( $uploads['error'] || ! self::can_write( $folder ) ) {
			return array( array( 'files_read_only', str_replace( ABSPATH, '', $folder ) ) );
		}
		$free = function_exists( 'disk_free_space' ) ? @disk_free_space( $folder ) : false; // phpcs:ignore -- a host may forbid it.
		if ( false === $free ) {
			return array( array( 'files_ok_unmeasured' ) );
		}
		$size = (string) size_format( $free );
		if ( $free < Decisions::get( 'doctor_limits', 'no_space' ) ) {
			return array( array( 'files_full', $size ) );
		}
		return array( array( $free < Decisions::get( 'doctor_limits', 'low_space' ) ? 'files_low' : 'files_ok', $size ) );
	}

	/** @return string[] */
	private static function healthy(): array {
		$waiting = Queue::waiting();
		$worked  = get_option( Worker::WORKED );
		$last    = $worked ? Moment::full( (int) $worked ) : '-';
		if ( 0 === $waiting['images'] ) {
			return $worked ? array( 'queue_ok', $last ) : array( 'queue_ok_new' );
		}
		$paused = 'reconnect' === Connection::get()['state'];
		return array(
			$paused ? 'queue_paused' : 'queue_waiting',
			$last,
			number_format_i18n( $waiting['images'] ),
			Moment::full( $paused ? Connection::get()['since'] : $waiting['since'] ),
		);
	}

	/** @return string[] */
	private static function stuck(): array {
		$late    = time() - Decisions::get( 'doctor_limits', 'late' );
		$waiting = Queue::waiting();
		$state   = Connection::get();
		$worked  = (int) get_option( Worker::WORKED, 0 );
		if ( 'connected' !== $state['state'] || Hold::is_on( $state ) || null === $waiting['due_at'] ) {
			return array();
		}
		if ( max( $waiting['due_at'], $worked, (int) ( $state['hold']['until'] ?? 0 ), $state['since'] ) > $late ) {
			return array();
		}
		return array( 'queue_stuck', $worked ? Moment::full( $worked ) : '-', number_format_i18n( $waiting['images'] ), Moment::full( $waiting['due_at'] ) );
	}

	/** @return string[] */
	private static function cron(): array {
		$planned = array_keys( array_filter( (array) _get_cron_array(), 'is_array' ) );
		$first   = $planned ? (int) min( $planned ) : time();
		if ( $first >= time() - Decisions::get( 'doctor_limits', 'late' ) ) {
			return array();
		}
		return array( defined( 'DISABLE_WP_CRON' ) && DISABLE_WP_CRON ? 'cron_off' : 'cron_late', Moment::full( $first ) );
	}

	private static function can_write( string $folder ): bool {
		$file = trailingslashit( $folder ) . uniqid( 'slashimage-', true ) . '.tmp';
		// phpcs:disable -- really written: permissions alone say nothing about a full or read-only disk.
		$written = 4 === @file_put_contents( $file, 'test' );
		@unlink( $file );
		// phpcs:enable
		return $written;
	}
}
