<?php
declare( strict_types=1 );

namespace SlashImage;

use SlashImage\Queue\Attempt;
use SlashImage\Queue\Claim;

/** Works the queue: claims one image after the other, and stops when the time is over or an outcome says so. */
final class Worker {
	/** Names the lock that keeps one site from running many workers at once on a small host. */
	public const LOCK = 'slashimage_worker';

	/** When it last ran, in unix time. */
	public const WORKED = 'slashimage_worked';

	private Key $key;

	private float $until;

	private ?Lock $lock = null;

	private function __construct( float $seconds ) {
		$this->key   = Key_Store::current();
		$this->until = microtime( true ) + $seconds;
	}

	/**
	 * Works for about `$seconds`, then hands over to a fresh request if there is more to do. Does nothing while another
	 * worker of this site runs, while the connection is not connected, and while the queue is held. `$waited_for`: by a person
	 * whose screen works the queue because nobody else does.
	 */
	public static function run( float $seconds = 20, bool $waited_for = false ): void {
		$worker = new self( $seconds );
		try {
			if ( Connection::fresh()['key_id'] !== $worker->key->id() ) {
				// Set anew in the configuration, no longer readable, or gone.
				Check::run( 15 );
			}
		} catch ( \Throwable $error ) {
			Broken::note( $error );
		}
		$worker->lock = $worker->may_work() ? Lock::take( self::LOCK ) : null;
		if ( ! $worker->lock ) {
			// Whoever holds it back wakes it again; the event is for one that died.
			Schedule::plan();
			return;
		}
		wp_raise_memory_limit( 'image' );
		// Also where PHP ends with a fatal error, which is nobody else's doing.
		register_shutdown_function( array( $worker->lock, 'release' ) );
		$images = 0;
		try {
			$worker->prove( $waited_for );
			$images = $worker->work();
		} finally {
			$worker->lock->release();
			if ( ! $waited_for ) {
				update_option( self::WORKED, time(), false );
			}
			Library::count_failed();
		}
		// A run that came to nothing, as when the database ended its query, is not begun anew at once.
		$images && ! $waited_for ? Schedule::next() : Schedule::plan();
	}

	/**
	 * Where the last worker was killed, this one sends nothing before it has lived for some seconds: what is under way when it
	 * is killed is paid for.
	 */
	private function prove( bool $waited_for ): void {
		if ( $this->lock && $this->lock->was_left() ) {
			Connection::ended();
		}
		if ( ! $waited_for && Connection::fresh()['ended'] > 0 ) {
			sleep( (int) Decisions::get( 'doctor_limits', 'outlives' ) );
			$this->until += (int) Decisions::get( 'doctor_limits', 'outlives' );
		}
	}

	/**
	 * Whether to go on. Asked before each group of files: the connection changes while a worker runs, and a key that is no
	 * longer the one in use must not be sent.
	 */
	public function may_work(): bool {
		$connection = Connection::fresh();
		if ( 'connected' !== $connection['state'] || Hold::is_on( $connection ) || '' !== Site::differs( $connection ) ) {
			return false;
		}
		return '' !== $this->key->secret() && $connection['key_id'] === $this->key->id();
	}

	/** Whether this is still the one worker; its lock lives as long as it is asked. */
	public function is_alone(): bool {
		return $this->lock && $this->lock->renew();
	}

	/** Returns how many images were worked on. */
	private function work(): int {
		$images = 0;
		Claim::heal();
		while ( microtime( true ) < $this->until && $this->is_alone() && $this->may_work() ) {
			$claim = Claim::take();
			if ( ! $claim ) {
				break;
			}
			++$images;
			try {
				( new Attempt( $claim, $this, $this->key ) )->run();
			} catch ( \Throwable $error ) {
				// The next one would end the same way. Nothing has happened to this image that counts.
				$claim->give_back();
				Broken::note( $error );
			}
		}
		return $images;
	}
}
