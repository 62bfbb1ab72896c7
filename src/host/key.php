<?php
declare( strict_types=1 );

namespace SlashImage;

/** A key and where it came from. The secret leaves this object only in a request to the service. */
final class Key {
	/** One of env, constant, network, database, none. */
	public string $source;

	/** The variable's or constant's name; empty for the other sources. */
	public string $name;

	/** The outcome that makes the key dead without asking anybody; empty when there is none. */
	public string $problem;

	/**
	 * The secrets, by the numbers of the objects: var_export(), serialize() and error trackers print private properties, too.
	 *
	 * @var array<int, string>
	 */
	private static array $secrets = array();

	private static int $last = 0;

	private int $number = 0;

	// The attribute is alone on its line: PHP 7.4 takes it for a comment.
	public function __construct(
		string $source,
		string $name = '',
		#[\SensitiveParameter]
		string $secret = '',
		string $problem = ''
	) {
		$this->source  = $source;
		$this->name    = $name;
		$this->problem = $problem;
		$this->keep( $secret );
	}

	public function __destruct() {
		unset( self::$secrets[ $this->number ] );
	}

	public function __clone() {
		$this->keep( $this->secret() );
	}

	/** What is sent to the service, and to nobody else. */
	public function secret(): string {
		return self::$secrets[ $this->number ] ?? '';
	}

	/** Where it comes from, inside of a sentence: `the constant SLASHIMAGE_API_KEY`. */
	public function origin(): string {
		return Decisions::sentence( 'source', $this->source, $this->name );
	}

	public function fingerprint(): string {
		return Key_Shape::fingerprint( $this->secret() );
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
		return '' === $this->secret() ? '' : substr( hash_hmac( 'sha256', $this->secret(), wp_salt( 'auth' ) ), 0, 16 );
	}

	/** Keeps the secret out of dumps, logs and error traces. */
	public function __debugInfo(): array {
		return $this->shown();
	}

	/** Says what may be shown, and no more. */
	public function __serialize(): array {
		return $this->shown();
	}

	/** What comes back holds no secret: no text from outside may name one that is held. */
	public function __unserialize( array $shown ): void {
		$this->source  = is_string( $shown['source'] ?? null ) ? $shown['source'] : 'none';
		$this->name    = is_string( $shown['name'] ?? null ) ? $shown['name'] : '';
		$this->problem = '';
	}

	private function keep(
		#[\SensitiveParameter]
		string $secret
	): void {
		$this->number                   = ++self::$last;
		self::$secrets[ $this->number ] = $secret;
	}
}
