<?php
declare( strict_types=1 );

namespace SlashImage\Queue;

use SlashImage\Decisions;
use SlashImage\Hold;
use SlashImage\Queue;
use SlashImage\Service;

/**
 * One image, claimed by one worker. Its lease is renewed while the work goes on; whoever takes the image out of the
 * queue, restores it or claims it after the lease has ended leaves another lease in the row, and this worker stops.
 */
final class Claim {
	/** Seconds for which a lease that was renewed needs no renewing. */
	private const FRESH = 10;

	/** Due rows looked at in one go: of several workers that see the same, each gets one. */
	private const CANDIDATES = 8;

	public int $id;

	/** The lease of the claim before, whose worker died; empty where the image was given back properly. */
	public string $dead;

	public string $lease;

	public int $tries;

	/** How often it was claimed and not finished, this time included. */
	public int $claims;

	/** How often in a row files were sent and no worker was there when the answers came. */
	public int $lost;

	/** When a person last asked for the image, in unix milliseconds. */
	public int $asked;

	private float $renewed;

	private function __construct( object $row, string $lease ) {
		$this->id      = (int) $row->attachment_id;
		$this->dead    = (string) $row->lease;
		$this->tries   = (int) $row->tries;
		$this->claims  = (int) $row->claims + 1;
		$this->lost    = (int) $row->sent;
		$this->asked   = (int) $row->asked;
		$this->lease   = $lease;
		$this->renewed = self::now();
	}

	/** Claims the image that is due first; null where none is, or others were faster with all of them. */
	public static function take(): ?self {
		global $wpdb;
		$table = Queue::table();
		$rows  = $wpdb->get_results(
			$wpdb->prepare(
				"SELECT attachment_id, lease, tries, claims, sent, asked FROM $table WHERE state = 'waiting' AND due_at <= %d ORDER BY priority, due_at LIMIT %d",
				time(),
				self::CANDIDATES
			)
		);
		foreach ( (array) $rows as $row ) {
			$lease = bin2hex( random_bytes( 16 ) );
			$taken = $wpdb->query(
				$wpdb->prepare(
					// As it was read: a replica that lags tells of files that were sent since.
					"UPDATE $table SET lease = %s, state = 'optimizing', due_at = %d, claims = claims + 1
					WHERE attachment_id = %d AND state = 'waiting' AND due_at <= %d AND lease = %s AND tries = %d AND claims = %d AND sent = %d AND asked = %s",
					$lease,
					time() + self::lease(),
					$row->attachment_id,
					time(),
					$row->lease,
					$row->tries,
					$row->claims,
					$row->sent,
					$row->asked
				)
			);
			if ( 1 === $taken ) {
				return new self( $row, $lease );
			}
		}
		return null;
	}

	/**
	 * Has images wait again whose worker died, and heals what a clock that jumped has left: a time further away than any
	 * that is ever set. The lease stays, for a worker that was only slow.
	 */
	public static function heal(): void {
		global $wpdb;
		$table = Queue::table();
		$far   = time() + DAY_IN_SECONDS;
		$wpdb->query( $wpdb->prepare( "UPDATE $table SET state = 'waiting', due_at = %d WHERE state = 'optimizing' AND (due_at <= %d OR due_at > %d)", time(), time(), time() + max( HOUR_IN_SECONDS, 2 * self::lease() ) ) );
		$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d WHERE state = 'waiting' AND priority IN (0, 1, 2) AND due_at > %d", time(), $far ) );
	}

	/** Whether nobody else has taken the image since: what came back may still be put in place, also after Stop. */
	public function is_mine(): bool {
		global $wpdb;
		return self::touch( $wpdb->prepare( 'attachment_id = %d AND lease = %s', $this->id, $this->lease ) );
	}

	/** Whether the image is still this worker's, and in the queue. Renews the lease where that is due. */
	public function goes_on(): bool {
		if ( self::now() - $this->renewed < self::FRESH ) {
			return self::touch( $this->row() );
		}
		return $this->renew( $this->lost );
	}

	/** Whether there is a row like this. By writing: what is read may come from a replica that lags behind the claim. */
	private static function touch( string $where ): bool {
		global $wpdb;
		$table = Queue::table();
		return 1 === $wpdb->query( "UPDATE $table SET due_at = due_at + 1 WHERE $where" );
	}

	/** Whether a group of files may be sent. Notes that it is: should nobody be there when the answers come, they are lost. */
	public function sends(): bool {
		return $this->renew( $this->lost + 1 );
	}

	/** Notes that what was sent came back, and is where it belongs. */
	public function received(): void {
		$this->lost = 0;
		$this->renew( 0 );
	}

	/** Gives the image back untouched: nothing was sent, and no attempt counts. */
	public function give_back(): void {
		$this->finish(
			array(
				'state'  => 'waiting',
				'due_at' => time(),
				'claims' => max( 0, $this->claims - 1 ),
			)
		);
	}

	/**
	 * Writes what came of the attempt, as the outcomes table says. An image whose own file is the trouble is tried again a
	 * number of times, and then fails and says why. `$is_partly`: other files of an image that can't be optimized are done.
	 * Returns whether it was still this worker's to say.
	 */
	public function record( string $outcome, int $retry_after, int $before, int $after, bool $is_its_own, bool $is_partly ): bool {
		$gives_up = $is_its_own && $this->tries + 1 >= Decisions::get( 'tries_before_failing' ) ? Decisions::get( 'outcomes', $outcome, 'givesUp' ) : null;
		$outcome  = $gives_up ?? $outcome;
		$state    = Decisions::get( 'outcomes', $outcome, 'image' );
		$state    = $is_partly && in_array( $state, array( 'failed', 'unsupported' ), true ) ? 'partly_optimized' : $state;
		$waits    = 'waiting' === $state;
		return $this->finish(
			array(
				'state'        => $state,
				'cause'        => 'optimized' === $outcome ? '' : $outcome,
				'due_at'       => time() + ( $waits ? Hold::seconds( $outcome, $this->tries, $retry_after ) : 0 ),
				'claims'       => 0,
				'sent'         => 0,
				'tries'        => $waits ? $this->tries + 1 : 0,
				'bytes_before' => $before,
				'bytes_after'  => $after,
			)
		);
	}

	/** Returns whether it is still this worker's, and in the queue. */
	private function renew( int $sent ): bool {
		global $wpdb;
		$table         = Queue::table();
		$this->renewed = self::now();
		return 1 === $wpdb->query( $wpdb->prepare( "UPDATE $table SET state = 'optimizing', due_at = %d, sent = %d WHERE ", time() + self::lease(), $sent ) . $this->row() );
	}

	/** The condition for the row while it is this worker's, and in the queue. */
	private function row(): string {
		global $wpdb;
		return $wpdb->prepare( "attachment_id = %d AND lease = %s AND state IN ('optimizing', 'waiting')", $this->id, $this->lease );
	}

	/** Writes the end of the claim; not over what a person has decided meanwhile. Returns whether it was written. */
	private function finish( array $fields ): bool {
		global $wpdb;
		foreach ( array( 'optimizing', 'waiting' ) as $state ) {
			$row = array(
				'attachment_id' => $this->id,
				'lease'         => $this->lease,
				'state'         => $state,
			);
			if ( 1 === $wpdb->update( Queue::table(), array( 'lease' => '' ) + $fields, $row ) ) {
				return true;
			}
		}
		return false;
	}

	/** Seconds a claim lasts unless it is renewed: longer than one group of files can take. */
	private static function lease(): int {
		return (int) max( 180, 2 * Service::seconds() + 60 );
	}

	/** Seconds of a clock that never jumps. */
	private static function now(): float {
		return hrtime( true ) / 1e9;
	}
}
