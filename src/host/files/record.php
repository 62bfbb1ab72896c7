<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/**
 * What was done to a file, kept beside its backup: a file with this content at this path came from an original with that
 * one. Written before the file is replaced and never changed after: the content of a file tells which records are true.
 * The database says the same, and may be rolled back, imported or edited; the one that fits the file is believed.
 */
final class Record {
	public string $path;

	/** @var array{bytes: int, hash: string} */
	public array $before;

	/** @var array{bytes: int, hash: string} */
	public array $after;

	public function __construct( string $path, array $before, array $after ) {
		$this->path   = $path;
		$this->before = $before;
		$this->after  = $after;
	}

	/** What is recorded of a file with this content; null: nothing. */
	public static function find( string $path, string $hash ): ?self {
		$place = Vault::place( $path );
		foreach ( Vault::find_all( self::named( $place, $hash, 'json' ) ) as $found ) {
			$data   = json_decode( (string) file_get_contents( $found ), true );
			$data   = is_array( $data ) && $place === ( $data['path'] ?? null ) ? $data : array();
			$before = self::print( $data['before'] ?? null );
			$after  = self::print( $data['after'] ?? null );
			if ( $before && $after && $after['hash'] === $hash ) {
				return new self( $path, $before, $after );
			}
		}
		return null;
	}

	/** Writes it down. Returns whether it is on the disk. */
	public function write( string $lease ): bool {
		$place = Vault::place( $this->path );
		$path  = Vault::reserve( self::named( $place, $this->after['hash'], 'json' ) );
		$text  = wp_json_encode(
			array(
				'path'   => $place,
				'before' => $this->before,
				'after'  => $this->after,
			)
		);
		$new   = '' === $path ? '' : Temporary::write( dirname( $path ), $lease, (string) $text );
		if ( '' !== $new && @rename( $new, $path ) ) { // phpcs:ignore -- a folder that is not writable is an outcome.
			return true;
		}
		Temporary::drop( $new );
		return false;
	}

	/** Whether the file is as it came: the service could not make it smaller. */
	public function is_kept(): bool {
		return $this->before['hash'] === $this->after['hash'];
	}

	/**
	 * Where the untouched original is kept; empty where it is not, or no longer. Of several the one that is whole, as far as
	 * its size tells.
	 */
	public function backup(): string {
		$found = $this->is_kept() ? array() : Vault::find_all( $this->backup_place() );
		$whole = array_filter( $found, fn( string $path ): bool => filesize( $path ) === $this->before['bytes'] );
		return reset( $whole ) ?: $found[0] ?? ''; // phpcs:ignore Universal.Operators.DisallowShortTernary
	}

	/**
	 * Keeps the original: a copy of a file that still is it. One that is kept already stays as it is. Returns whether it is
	 * there, whole.
	 */
	public function keep( string $from, string $lease ): bool {
		$kept = $this->backup();
		if ( '' !== $kept && hash_file( 'sha256', $kept ) === $this->before['hash'] ) {
			return true;
		}
		$path = Vault::reserve( $this->backup_place() );
		$copy = '' === $path ? '' : Temporary::copy( $from, dirname( $path ), $lease, $this->before['hash'] );
		if ( '' === $copy ) {
			return false;
		}
		// Not easier to read than the file it is of.
		chmod( $copy, fileperms( $from ) & 0777 );
		if ( is_file( $path ) ) {
			// Damaged by somebody. It may be all there is of another one.
			rename( $path, $path . '.' . bin2hex( random_bytes( 4 ) ) );
		}
		if ( @rename( $copy, $path ) ) { // phpcs:ignore -- as above.
			return true;
		}
		Temporary::drop( $copy );
		return false;
	}

	/** Forgets it, with the original: it was put back, or the file was never replaced. */
	public function delete(): void {
		$record = Vault::find( self::named( Vault::place( $this->path ), $this->after['hash'], 'json' ) );
		foreach ( array( $record, $this->backup() ) as $path ) {
			if ( '' !== $path ) {
				@unlink( $path ); // phpcs:ignore -- what stays is harmless: it fits no file.
			}
		}
	}

	/** The same of another path, for a file that was renamed or copied. The original goes along, or is copied, too. */
	public function of( string $path, string $lease ): ?self {
		$new    = new self( $path, $this->before, $this->after );
		$backup = $this->backup();
		if ( '' !== $backup && ! $new->keep( $backup, $lease ) ) {
			return null;
		}
		return $new->write( $lease ) ? $new : null;
	}

	private function backup_place(): string {
		$ending = strtolower( pathinfo( $this->path, PATHINFO_EXTENSION ) );
		$ending = preg_match( '/^(jpe?g|jpe|png|gif|webp|avif)$/', $ending ) ? $ending : 'original';
		return self::named( Vault::place( $this->path ), $this->before['hash'], $ending );
	}

	/** The hash in the name is of what only who has the file can know. */
	private static function named( string $place, string $hash, string $ending ): string {
		return $place . '.' . substr( $hash, 0, 16 ) . '.' . $ending;
	}

	/** @param mixed $data */
	private static function print( $data ): ?array {
		$is_good = is_array( $data ) && is_int( $data['bytes'] ?? null ) && is_string( $data['hash'] ?? null ) && preg_match( '/^[0-9a-f]{64}$/', $data['hash'] );
		return $is_good ? array(
			'bytes' => $data['bytes'],
			'hash'  => $data['hash'],
		) : null;
	}
}
