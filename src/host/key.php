<?php
declare( strict_types=1 );

namespace SlashImage;

/** A key and where it came from. The secret leaves this object only in a request to the service. */
final class Key {
	/** One of env, constant, network, database, none. */
	public string $source;

	/** The variable's or constant's name; empty for the other sources. */
	public string $name;

	public string $secret;

	/** The outcome that makes the key dead without asking anybody; empty when there is none. */
	public string $problem;

	public function __construct( string $source, string $name = '', string $secret = '', string $problem = '' ) {
		$this->source  = $source;
		$this->name    = $name;
		$this->secret  = $secret;
		$this->problem = $problem;
	}

	/** Where it comes from, inside of a sentence: `the constant SLASHIMAGE_API_KEY`. */
	public function origin(): string {
		return Decisions::sentence( 'source', $this->source, $this->name );
	}

	public function fingerprint(): string {
		return Key_Shape::fingerprint( $this->secret );
	}

	/** What may be shown of it, and where it comes from. */
	public function shown(): array {
		return array(
			'source'      => $this->source,
			'name'        => '' === $this->name ? null : $this->name,
			'fingerprint' => $this->fingerprint(),
		);
	}

	/**
	 * A name for this key that says nothing about it. An answer about a key is applied only while that key is still the
	 * one in use: a worker that hears of the old key's death must not take down the new one.
	 */
	public function id(): string {
		return '' === $this->secret ? '' : substr( hash_hmac( 'sha256', $this->secret, wp_salt( 'auth' ) ), 0, 16 );
	}

	/** Keeps the secret out of dumps, logs and error traces. */
	public function __debugInfo(): array {
		return $this->shown();
	}
}
