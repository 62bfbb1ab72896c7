<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Whether an answer could be stored, asked before anything is sent: what is paid for must not be lost. */
final class Storage {
	/** What a file needs on the disk besides itself: its copy, the new one, and room for whatever else the site does. */
	private const COPIES = 2;
	private const SPARE  = 20 * MB_IN_BYTES;

	/** What a file needs of memory, in times of its size: the request, the answer, its text and its bytes. */
	private const IN_MEMORY = 7;

	/** Seconds for which a folder that could be written to counts as one. */
	private const FRESH = 10;

	/** @var array<string, array{0: float, 1: int}> When a folder was last written to, in seconds of a clock that never jumps, and how many bytes. */
	private static array $written = array();

	/**
	 * What stands in the way of storing the answers to an image's files, `$bytes` together, its main one at `$path`:
	 * `not_writable` or `disk_full`; empty when nothing does. Really writes as much: permissions say nothing about full and
	 * read-only disks, and the space a disk has left says nothing about a quota. `$lease`: whose the work is.
	 */
	public static function problem( string $path, int $bytes, string $lease ): string {
		$backup = Vault::reserve( Vault::place( $path ) );
		foreach ( array( dirname( $path ), '' === $backup ? '' : dirname( $backup ) ) as $folder ) {
			if ( '' === $folder || ! self::can_write( $folder, 1, $lease ) ) {
				return self::is_full( dirname( $path ), 1 ) ? 'disk_full' : 'not_writable';
			}
			if ( self::is_full( $folder, $bytes ) || ! self::can_write( $folder, self::COPIES * $bytes, $lease ) ) {
				return 'disk_full';
			}
		}
		return '';
	}

	/** How many bytes of files may be under way together; what does not fit by itself would take the worker down. */
	public static function room(): int {
		$limit = wp_convert_hr_to_bytes( (string) ini_get( 'memory_limit' ) );
		return $limit <= 0 ? PHP_INT_MAX : (int) max( 0, ( $limit - memory_get_usage() ) / self::IN_MEMORY );
	}

	/** Has the next question really asked: something could not be written after all. */
	public static function forget(): void {
		self::$written = array();
	}

	private static function can_write( string $folder, int $bytes, string $lease ): bool {
		$now                 = hrtime( true ) / 1e9;
		list( $when, $most ) = self::$written[ $folder ] ?? array( -self::FRESH, 0 );
		if ( $now - $when < self::FRESH && $bytes <= $most ) {
			return true;
		}
		$is_known = isset( self::$written[ $folder ] );
		if ( ! is_dir( $folder ) || ! ( $is_known || Temporary::replaces( $folder, $lease ) ) || ! Temporary::fits( $folder, $lease, $bytes ) ) {
			return false;
		}
		self::$written[ $folder ] = array( $now, $bytes );
		return true;
	}

	private static function is_full( string $folder, int $bytes ): bool {
		// A host may forbid asking.
		$free = function_exists( 'disk_free_space' ) ? @disk_free_space( $folder ) : false; // phpcs:ignore
		return false !== $free && $free < self::COPIES * $bytes + self::SPARE;
	}
}
