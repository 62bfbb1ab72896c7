<?php
declare( strict_types=1 );

namespace SlashImage\Queue;

use SlashImage\Answer;
use SlashImage\Connection;
use SlashImage\Decisions;
use SlashImage\Files\File;
use SlashImage\Files\Image;
use SlashImage\Files\Picture;
use SlashImage\Files\Shared;
use SlashImage\Files\Storage;
use SlashImage\Files\Vault;
use SlashImage\Files\Temporary;
use SlashImage\Key;
use SlashImage\Queue;
use SlashImage\Service;
use SlashImage\Worker;

/**
 * One attempt at one image: looks at its files, sends those that are new in groups, puts what comes back in place, and
 * notes one outcome for all of them. Before each group it asks whether the image is still its own and the work still
 * wanted; what a person stopped, restored or disconnected in between goes no further.
 */
final class Attempt {
	/** Files sent side by side, and the bytes they may have together: each is held in memory twice. */
	private const SIDE_BY_SIDE = 4;
	private const BYTES        = 16 * MB_IN_BYTES;

	private Claim $claim;

	private Worker $worker;

	private Key $key;

	private Image $image;

	/** What the service last said is left. */
	private ?int $credits = null;

	/** The first of the outcomes that say something about a file; which one decides is `outcome()`'s to say. */
	private array $seen = array();

	/** Whether all files were looked at and some are done, though not all can be. */
	private bool $is_partly = false;

	public function __construct( Claim $claim, Worker $worker, Key $key ) {
		$this->claim  = $claim;
		$this->worker = $worker;
		$this->key    = $key;
		// Another request may have changed it since this one has read it.
		wp_cache_delete( $claim->id, 'post_meta' );
		$this->image = new Image( $claim->id, $claim->lease );
	}

	public function run(): void {
		if ( '' !== $this->claim->dead ) {
			$this->image->sweep();
		}
		if ( 'trash' === get_post_field( 'post_status', $this->claim->id ) ) {
			// Optimize all and Retry all ask for these, too.
			Event::happened( 'trash', $this->claim->id );
			return;
		}
		$given_up = $this->claim->claims > Decisions::get( 'claims_before_giving_up' );
		$last     = $given_up ? Answer::none( 'none', 'interrupted' ) : $this->send_all();
		if ( ! $this->claim->is_mine() ) {
			// Restored, or another worker's: what is known of it is theirs to say.
			return;
		}
		$this->image->save();
		$this->image->tell( 'optimized' );
		if ( ! $this->claim->goes_on() ) {
			$this->leave( $last );
		} elseif ( $last ) {
			$this->conclude( $last );
			if ( ! $given_up ) {
				// Nobody takes an image from its worker because files came or changed: what is under way would be paid twice.
				Event::look( $this->claim->id, $this->image );
			}
		} else {
			$this->claim->give_back();
		}
	}

	/** Notes the outcome: first for the connection, so that whoever sees the image done sees what it cost and what follows. */
	private function conclude( Answer $last ): void {
		$is_its_own = $this->is_about_the_image( $last->outcome );
		if ( null !== $this->credits ) {
			Connection::credits( $this->key, $this->credits );
		}
		if ( 'optimized' === $last->outcome ) {
			Connection::answered();
		} elseif ( ! $is_its_own ) {
			Connection::apply( $last->outcome, $this->key, null, $last->retry_after );
		}
		$this->claim->record( $last->outcome, $last->retry_after, $this->image->total( 'before' ), $this->image->total( 'after' ), $is_its_own, $this->is_partly );
		Shared::follow( $this->claim->id );
	}

	/** Somebody took the image out of the queue meanwhile. What had been sent is done, and may have been all of it. */
	private function leave( ?Answer $last ): void {
		$row = Queue::rows( array( $this->claim->id ) )[ $this->claim->id ] ?? null;
		if ( ! $row ) {
			return;
		}
		$state = $last && 'optimized' === $last->outcome ? 'optimized' : $row->state;
		$cause = 'optimized' === $state ? '' : $row->cause;
		Row::settle( $this->claim->id, array( 'not_optimized' ), $state, $cause, $this->image->total( 'before' ), $this->image->total( 'after' ) );
	}

	/** Sends the open files in groups. Returns the answer that decides about the image; null: it is to be given back. */
	private function send_all(): ?Answer {
		$open = $this->image->compare();
		if ( ! $this->image->is_here() ) {
			return Answer::none( 'none', 'file_elsewhere' );
		}
		while ( $open ) {
			$open  = array_diff_key( $open, $this->settle( $open ) );
			$group = $this->group( $open );
			$open  = array_diff_key( $open, $group );
			if ( ! $group ) {
				break;
			}
			$problem = Storage::problem( reset( $group )->path, self::bytes( $group ), Temporary::owner( $this->claim->id, $this->claim->lease ) );
			if ( '' !== $problem ) {
				return Answer::none( 'none', $problem );
			}
			if ( $this->claim->lost >= Decisions::get( 'losses_before_giving_up' ) ) {
				return Answer::none( 'none', 'interrupted' );
			}
			if ( ! $this->worker->is_alone() || ! $this->worker->may_work() || ! $this->claim->sends() ) {
				return null;
			}
			$ends = $this->send( $group );
			$this->claim->received();
			if ( $ends ) {
				return $ends;
			}
		}
		return $this->outcome();
	}

	/**
	 * Does without sending what can be done so: what the service does not take, what does not fit into memory, and a size
	 * whose content another one had. Returns the files that need no sending.
	 *
	 * @param array<string, File> $open
	 * @return array<string, File>
	 */
	private function settle( array $open ): array {
		$settled = array();
		foreach ( $open as $name => $file ) {
			$outcome = self::refusal( $file );
			$here    = '' !== $outcome;
			$outcome = $here ? $outcome : $this->image->refused( (string) $name, $this->claim->asked );
			$twin    = '' === $outcome ? $this->image->twin( (string) $name ) : '';
			if ( '' !== $twin ) {
				$outcome = $this->place( (string) $name, (string) file_get_contents( $this->image->path( $twin ) ) );
			}
			if ( '' === $outcome ) {
				continue;
			}
			$settled[ $name ] = $file;
			// A size that is damaged, or of a type of its own, is said in the list of files: the image has not failed.
			if ( ! $here || $this->image->is_main( (string) $name ) ) {
				$this->seen[] = Answer::none( 'none', $outcome );
			}
			if ( $here ) {
				$this->refuse( (string) $name, $outcome );
			}
		}
		return $settled;
	}

	/**
	 * The first of the open files that may go side by side: as many as fit, and of those with the same content one.
	 *
	 * @param array<string, File> $open
	 * @return array<string, File>
	 */
	private function group( array $open ): array {
		$group = array();
		$most  = min( self::BYTES, Storage::room() );
		foreach ( $open as $name => $file ) {
			$fits = self::bytes( $group ) + $file->bytes <= $most && count( $group ) < self::SIDE_BY_SIDE;
			if ( $group && ( ! $fits || in_array( $file->hash, array_column( $group, 'hash' ), true ) ) ) {
				continue;
			}
			$group[ $name ] = $file;
		}
		return $group;
	}

	/**
	 * Sends a group and puts what came back in place. Returns the answer that ends the attempt; null: it goes on.
	 *
	 * @param array<string, File> $group
	 */
	private function send( array $group ): ?Answer {
		$ends    = null;
		$files   = array();
		$answers = array();
		foreach ( $group as $name => $file ) {
			// What was looked at, and nothing that took its place since.
			if ( $file->is_unchanged() ) {
				$files[ $name ] = $file;
			} else {
				$answers[ $name ] = Answer::none( 'none', 'file_changed' );
			}
		}
		$answers += $files ? Service::optimize( $files, $this->key->secret() ) : array();
		$this->image->reread();
		foreach ( $answers as $name => $answer ) {
			$this->credits = 'credits' === Decisions::get( 'outcomes', $answer->outcome, 'retry' )
				? 0
				: $answer->credits ?? $this->credits;
			if ( 'optimized' === $answer->outcome ) {
				$answer->outcome = $this->take( (string) $name, $answer );
				$answer->body    = '';
				$answer->json    = array();
			}
			$this->refuse( (string) $name, $answer->outcome );
			$this->seen[] = $answer;
			$ends         = $ends ?? ( $this->ends( $answer->outcome ) ? $answer : null );
		}
		return $ends;
	}

	/** Puts the optimized file of an answer in place. Returns the outcome. */
	private function take( string $name, Answer $answer ): string {
		if ( true === ( $answer->json['pre_optimized'] ?? false ) ) {
			return $this->image->keep( $name ) ? 'optimized' : 'write_failed';
		}
		$bytes   = base64_decode( $answer->json['optimized']['original_format']['data'], true );
		return is_string( $bytes ) ? $this->place( $name, $bytes ) : 'result_broken';
	}

	/** Puts a file in place, or notes that the one there stays. Returns the outcome. */
	private function place( string $name, string $bytes ): string {
		$outcome = $this->image->put( $name, $bytes, array( $this->claim, 'is_mine' ) );
		if ( 'result_larger' === $outcome && ! $this->image->keep( $name ) ) {
			return 'write_failed';
		}
		if ( 'write_failed' === $outcome ) {
			Storage::forget();
		}
		return $outcome;
	}

	/** Notes an outcome that is final for a file's content. */
	private function refuse( string $name, string $outcome ): void {
		if ( in_array( Decisions::get( 'outcomes', $outcome, 'image' ), array( 'failed', 'unsupported' ), true ) && 'result_larger' !== $outcome ) {
			$this->image->refuse( $name, $outcome );
		}
	}

	/** Whether an outcome is about more than this file: nothing else is sent after it. */
	private function ends( string $outcome ): bool {
		$row = Decisions::get( 'outcomes', $outcome );
		return 'claim_lost' === $outcome || isset( $row['hold'] ) || 'unchanged' !== ( $row['connection'] ?? 'unchanged' );
	}

	/**
	 * What decides about the image, of all that was seen: a file that is to be tried again, then one that failed; one that
	 * could not be made smaller counts only where nothing else became smaller.
	 */
	private function outcome(): Answer {
		$found = array();
		foreach ( $this->seen as $answer ) {
			$state = Decisions::get( 'outcomes', $answer->outcome, 'image' ) ?? 'waiting';
			$kind  = 'result_larger' === $answer->outcome ? 'larger' : $state;

			$found[ $kind ] = $found[ $kind ] ?? $answer;
		}
		$refused         = $found['failed'] ?? $found['unsupported'] ?? null;
		$larger          = $this->image->saved() ? null : $found['larger'] ?? null;
		$this->is_partly = ( $refused || isset( $found['waiting'] ) ) && $this->image->is_begun();
		return $found['waiting'] ?? $refused ?? $larger ?? Answer::none( 'none', 'optimized' );
	}

	/**
	 * Whether an outcome delays this image alone. Also an answer that speaks of the service, where it came before and
	 * others were answered since: one file that takes the service down must not hold everybody.
	 */
	private function is_about_the_image( string $outcome ): bool {
		$row = Decisions::get( 'outcomes', $outcome );
		if ( 'unchanged' !== $row['connection'] ) {
			return false;
		}
		return ! isset( $row['hold'] )
			|| ( 'service' === $row['hold'] && $this->claim->tries > 0 && ! isset( Connection::fresh()['holds']['service'] ) );
	}

	/** The outcome of a file that is not sent at all; empty when it may be sent. */
	private static function refusal( File $file ): string {
		if ( Vault::holds( $file->path ) ) {
			return 'type_not_supported';
		}
		if ( is_link( $file->path ) ) {
			return 'file_linked';
		}
		if ( 0 === $file->bytes ) {
			return 'file_unreadable';
		}
		if ( $file->bytes > Storage::room() ) {
			return 'memory_short';
		}
		$picture = $file->picture();
		if ( ! $picture->is_read || ! $file->is_unchanged() ) {
			return 'file_changed';
		}
		if ( ! in_array( $picture->type, Decisions::get( 'mime_types' ), true ) ) {
			return 'type_not_supported';
		}
		return $picture->complete ? self::loss( $picture ) : 'file_incomplete';
	}

	/** The outcome of a file that optimizing would take something from; empty: it would not, or the site doesn't mind. */
	private static function loss( Picture $picture ): string {
		foreach ( Decisions::get( 'carried' ) as $code => $outcome ) {
			if ( in_array( $code, $picture->carries, true ) ) {
				/** Filters whether a file is sent though it would lose something: `$code` says what, `$path` which file. */
				return apply_filters( 'slashimage_send_anyway', false, $code, $picture->path ) ? '' : $outcome;
			}
		}
		return '';
	}

	/** @param File[] $files */
	private static function bytes( array $files ): int {
		return (int) array_sum( array_column( $files, 'bytes' ) );
	}
}
