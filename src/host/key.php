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

	/** Whether it is set in the site's configuration, where only that can change it. */
	public function is_managed(): bool {
		return ! in_array( $this->source, array( 'database', 'none' ), true );
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
		return array(
			'source'      => $this->source,
			'fingerprint' => Key_Shape::fingerprint( $this->secret ),
		);
	}
}
