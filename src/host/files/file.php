<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** A file as it was when it was read: its content, and enough to see that nobody has changed it since. */
final class File {
	public string $path;
	public int $bytes;

	/** SHA-256 of its content. */
	public string $hash;

	/** What the file system said of it. */
	private string $seen;

	private ?Picture $picture = null;

	private function __construct( string $path, string $hash ) {
		$this->path  = $path;
		$this->bytes = (int) filesize( $path );
		$this->hash  = $hash;
		$this->seen  = self::look( $path );
	}

	/** Reads a file; null where there is none, or it can't be read. */
	public static function read( string $path ): ?self {
		clearstatcache( true, $path );
		$hash = is_file( $path ) && is_readable( $path ) ? hash_file( 'sha256', $path ) : false;
		return is_string( $hash ) ? new self( $path, $hash ) : null;
	}

	/** Whether it is still the file that was read: it may have been replaced while its copy was at the service. */
	public function is_unchanged(): bool {
		clearstatcache( true, $this->path );
		return is_file( $this->path ) && self::look( $this->path ) === $this->seen;
	}

	/** What picture it is, as of when this is first asked. */
	public function picture(): Picture {
		$this->picture ??= Picture::read( $this->path );
		return $this->picture;
	}

	/** What is recorded of it. */
	public function print(): array {
		return array(
			'bytes' => $this->bytes,
			'hash'  => $this->hash,
		);
	}

	private static function look( string $path ): string {
		$stat = stat( $path );
		return $stat ? implode( ' ', array( $stat['ino'], $stat['size'], $stat['mtime'], $stat['ctime'] ) ) : '';
	}
}
