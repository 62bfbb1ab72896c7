<?php
declare( strict_types=1 );

namespace SlashImage;

/** Works the queue: claims images, sends their files, puts the results in place, and stops when the outcome says so. */
final class Worker {
	/** Images claimed at a time. */
	private const BATCH = 3;

	/** Files sent side by side, and the bytes they may have together: each is held in memory twice. */
	private const SIDE_BY_SIDE = 4;
	private const BYTES        = 16 * MB_IN_BYTES;

	/** Names the lock that keeps one site from running many workers at once on a small host. */
	public const LOCK = 'slashimage_worker';

	/** When it last ran, in unix time. */
	public const WORKED = 'slashimage_worked';

	private Key $key;

	private float $until;

	/** What the service last said is left. */
	private ?int $credits = null;

	private function __construct( float $seconds ) {
		$this->key   = Key_Store::current();
		$this->until = microtime( true ) + $seconds;
	}

	/**
	 * Works for about `$seconds`, then hands over to a fresh request if there is more to do. Does nothing while another
	 * worker of this site runs, while the connection is not connected, and while the service asked to wait.
	 */
	public static function run( float $seconds = 20 ): void {
		$worker = new self( $seconds );
		if ( Connection::fresh()['key_id'] !== $worker->key->id() ) {
			// Set anew in the configuration, no longer readable, or gone.
			Check::run( 15 );
		}
		if ( ! $worker->may_work() || ! Lock::take( self::LOCK ) ) {
			// Whoever holds it back wakes it again; the event is for one that died.
			Schedule::plan();
			return;
		}
		wp_raise_memory_limit( 'image' );
		try {
			$worker->work();
		} finally {
			Lock::release( self::LOCK );
			update_option( self::WORKED, time(), false );
			Library::count_failed();
		}
		Schedule::next();
	}

	/**
	 * Whether to go on. Asked before each image: the connection changes while a worker runs, and a key that is no longer
	 * the one in use must not be sent.
	 */
	private function may_work(): bool {
		$connection = Connection::fresh();
		if ( 'connected' !== $connection['state'] || Hold::is_on( $connection ) ) {
			return false;
		}
		return '' !== $this->key->secret && $connection['key_id'] === $this->key->id();
	}

	private function work(): void {
		while ( microtime( true ) < $this->until && $this->may_work() ) {
			$rows = Queue::claim( self::BATCH );
			if ( ! $rows ) {
				break;
			}
			update_meta_cache( 'post', wp_list_pluck( $rows, 'attachment_id' ) );
			foreach ( $rows as $row ) {
				$this->may_work() ? $this->optimize( $row ) : Queue::give_back( $row );
			}
		}
	}

	/** One image: its files side by side, then one outcome for all of them. */
	private function optimize( object $row ): void {
		$files = new Files( (int) $row->attachment_id );
		$tried = (int) $row->claims > Decisions::get( 'claims_before_giving_up' ) ? 'interrupted' : '';
		$worst = $tried ? Answer::none( 'none', $tried ) : $this->send_all( $files );
		$files->update_metadata();
		if ( null !== $this->credits ) {
			// Before the row, so that whoever sees the image done sees what it cost.
			Connection::credits( $this->key, $this->credits );
		}
		Queue::record( $row, $worst->outcome, $worst->retry_after, $files->total( 'before' ), $files->total( 'after' ) );
	}

	/** Sends an image's open files in groups. Returns the answer that decides about the image. */
	private function send_all( Files $files ): Answer {
		$failed = null;
		$larger = null;
		$open   = $files->open();
		while ( $open ) {
			$group = $this->group( $open );
			$open  = array_diff_key( $open, $group );
			foreach ( $this->send( $files, $group ) as $answer ) {
				if ( 'waiting' === Decisions::get( 'outcomes', $answer->outcome, 'image' ) ) {
					Connection::apply( $answer->outcome, $this->key, null, $answer->retry_after );
					return $answer;
				}
				if ( 'result_larger' === $answer->outcome ) {
					$larger = $larger ?? $answer;
				} elseif ( 'optimized' !== $answer->outcome ) {
					$failed = $failed ?? $answer;
				}
			}
		}
		Connection::answered( $this->key );
		return $failed ?? ( $larger && ! $files->saved() ? $larger : Answer::none( 'none', 'optimized' ) );
	}

	/**
	 * The first of the open files that may go side by side; always at least one.
	 *
	 * @param array<string, string> $open
	 * @return array<string, string>
	 */
	private function group( array $open ): array {
		$group = array();
		$bytes = 0;
		foreach ( array_slice( $open, 0, self::SIDE_BY_SIDE, true ) as $name => $path ) {
			$bytes += is_file( $path ) ? (int) filesize( $path ) : 0;
			if ( $group && $bytes > self::BYTES ) {
				break;
			}
			$group[ $name ] = $path;
		}
		return $group;
	}

	/**
	 * Sends a group and puts what came back in place.
	 *
	 * @param array<string, string> $group
	 * @return Answer[]
	 */
	private function send( Files $files, array $group ): array {
		$answers = array();
		foreach ( $group as $name => $path ) {
			$outcome = self::sendable( $path );
			if ( '' !== $outcome ) {
				$answers[ $name ] = Answer::none( 'none', $outcome );
			}
		}
		$answers += Service::optimize( array_diff_key( $group, $answers ), $this->key->secret );
		foreach ( $answers as $name => $answer ) {
			$this->credits = 'credits' === Decisions::get( 'outcomes', $answer->outcome, 'retry' )
				? 0
				: $answer->credits ?? $this->credits;
			if ( 'optimized' === $answer->outcome ) {
				$answer->outcome = self::take( $files, (string) $name, $answer );
				$answer->body    = '';
				$answer->json    = array();
			}
		}
		return array_values( $answers );
	}

	/** The outcome of a file that is not sent at all; empty when it may be sent. */
	private static function sendable( string $path ): string {
		if ( ! is_file( $path ) || ! is_readable( $path ) || 0 === filesize( $path ) ) {
			return 'file_unreadable';
		}
		$mime = wp_get_image_mime( $path );
		if ( false === $mime ) {
			return 'file_unreadable';
		}
		return in_array( $mime, Decisions::get( 'mime_types' ), true ) ? '' : 'type_not_supported';
	}

	/** Puts the optimized file of an answer in place. Returns the outcome. */
	private static function take( Files $files, string $name, Answer $answer ): string {
		if ( true === ( $answer->json['pre_optimized'] ?? false ) ) {
			$files->keep( $name );
			return 'optimized';
		}
		$bytes   = base64_decode( $answer->json['optimized']['original_format']['data'], true );
		$outcome = is_string( $bytes ) ? $files->replace( $name, $bytes ) : 'result_broken';
		if ( 'result_larger' === $outcome ) {
			$files->keep( $name );
		}
		return $outcome;
	}
}
