<?php
declare( strict_types=1 );

namespace SlashImage;

/** What images need on this server once the key works: somebody who works the queue, and room for the files. */
final class Probe_Server {
	/** @return array<int, string[]> */
	public static function queue( Doctor_Log $log ): array {
		$errors = Loopback::test();
		foreach ( $errors as $way => $error ) {
			$log->note( Report::words( 'short', 'POST ' . Loopback::path( $way ), '' === $error ? Report::words( 'answered' ) : $error ) );
		}
		$held  = self::held();
		$found = array_filter( array_merge( $held, array( self::stuck(), self::unplanned(), self::cron(), self::loopback( $errors ), $held ? array() : self::outlives( $errors ) ) ) );
		return $found ? array_values( $found ) : array( self::healthy() );
	}

	/** @return string[] */
	private static function loopback( array $errors ): array {
		if ( '' === $errors['ajax'] ) {
			return array();
		}
		return array( '' === $errors['rest'] ? 'loopback_second' : 'loopback_failed', Loopback::path( 'ajax' ), $errors['ajax'], Loopback::path( 'rest' ), $errors['rest'] );
	}

	/** @return string[] Whether work goes on after an answer; asked only where nobody has seen it do so: it takes seconds. */
	private static function outlives( array $errors ): array {
		$is_proven = get_option( Worker::WORKED ) && 0 === Connection::get()['ended'];
		if ( $is_proven || ! in_array( '', $errors, true ) || Loopback::outlives() ) {
			return array();
		}
		return array( 'background_ends', number_format_i18n( Decisions::get( 'doctor_limits', 'outlives' ) ) );
	}

	/** @return string[] */
	private static function unplanned(): array {
		$waiting = Queue::waiting();
		$state   = Connection::get();
		if ( 'connected' !== $state['state'] || Hold::is_on( $state ) || wp_next_scheduled( Schedule::WORK ) || Lock::is_held( Worker::LOCK ) ) {
			return array();
		}
		return null === $waiting['due_at'] || $waiting['due_at'] > time() ? array() : array( 'queue_unplanned', number_format_i18n( $waiting['images'] ) );
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

	/** @return array<int, string[]> What holds the queue, where the key has no part in it. */
	private static function held(): array {
		$state   = Connection::get();
		$waiting = number_format_i18n( Queue::waiting()['images'] );
		$found   = array();
		foreach ( 'connected' === $state['state'] ? Hold::all( $state ) : array() as $hold ) {
			$error   = Broken::get();
			$found[] = array( 'hold_' . $hold['reason'], $waiting, Moment::full( $hold['since'] ), Moment::full( $hold['until'] ?? time() ), $error['owner'], $error['message'], $error['where'] );
		}
		return $found;
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
		$held = array_map( 'intval', array_column( $state['holds'], 'until' ) );
		if ( max( $waiting['due_at'], $worked, $state['since'], ...array_values( $held ) ) > $late ) {
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
