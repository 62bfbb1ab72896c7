<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Which contents of an image's files were refused, and why: they are not sent again until a person asks. */
final class Refusals {
	/** @var array<string, array{hash: string, outcome: string, at: int}> By file name; `at` in unix milliseconds. */
	private array $of;

	/** @param mixed $stored What the image's meta has of them. */
	public function __construct( $stored ) {
		$this->of = array();
		foreach ( is_array( $stored ) ? $stored : array() as $name => $data ) {
			if ( is_array( $data ) && is_string( $data['hash'] ?? null ) && is_string( $data['outcome'] ?? null ) && is_int( $data['at'] ?? null ) ) {
				$this->of[ (string) $name ] = $data;
			}
		}
	}

	public function add( string $name, string $hash, string $outcome ): void {
		$this->of[ $name ] = array(
			'hash'    => $hash,
			'outcome' => $outcome,
			'at'      => self::now(),
		);
	}

	/** Why a content was refused, under any name, since a person last asked, in unix milliseconds; empty: it was not. */
	public function find( string $hash, int $asked ): string {
		foreach ( $this->of as $refusal ) {
			if ( $refusal['hash'] === $hash && $refusal['at'] >= $asked ) {
				return $refusal['outcome'];
			}
		}
		return '';
	}

	/** Takes over those of another attachment that has the same files. */
	public function join( self $other ): void {
		$this->of = $other->of + $this->of;
	}

	/** The outcome a file was refused with; empty: none. */
	public function outcome( string $name ): string {
		return $this->of[ $name ]['outcome'] ?? '';
	}

	/** Forgets a file: it is another one, or was taken after all. Returns whether there was anything to forget. */
	public function forget( string $name ): bool {
		$is_known = isset( $this->of[ $name ] );
		unset( $this->of[ $name ] );
		return $is_known;
	}

	/** What is stored. */
	public function all(): array {
		return $this->of;
	}

	/** Unix milliseconds: a person may ask again within the second. */
	public static function now(): int {
		return (int) floor( 1000 * microtime( true ) );
	}
}
