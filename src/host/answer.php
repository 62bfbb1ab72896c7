<?php
declare( strict_types=1 );

namespace SlashImage;

/** One answer of the service, or none: what came, and which outcome the rules make of it. Nothing in it is trusted. */
final class Answer {
	public int $status = 0;

	public string $body = '';

	public string $outcome = '';

	/** What was seen, for a person: a kind of src/validation's list. */
	public string $kind = 'none';

	/** Seconds the service asks to wait; 0 when it does not ask. */
	public int $retry_after = 0;

	/** The account's credits after this call; null when it did not say, or has no limit. */
	public ?int $credits = null;

	/** The request it answers, how long it took in milliseconds, and the transport's words where none came. */
	public string $tried = '';
	public int $ms       = 0;
	public string $error = '';

	/** Where a redirect leads. */
	public string $location = '';

	/** The body, where it is a JSON object. */
	public array $json = array();

	/** An answer in place of a request that was not made: `$kind` is what a person hears, `$outcome` what it means. */
	public static function none( string $kind, string $outcome ): self {
		$answer          = new self();
		$answer->kind    = $kind;
		$answer->outcome = $outcome;
		return $answer;
	}

	/** A request that failed, from the transport's message: `cURL error 6: Could not resolve host`, `28 Timeout`. */
	public static function failed( string $endpoint, string $message ): self {
		$number          = preg_match( '/^(?:cURL error )?(\d+)\b/', $message, $match ) ? (int) $match[1] : 0;
		$answer          = new self();
		$answer->error   = $message;
		$answer->kind    = Decisions::get( 'curl_errors', $number ) ?? 'none';
		$answer->outcome = self::decide( $endpoint, $answer );
		return $answer;
	}

	/**
	 * The answer in what WordPress's own requests return. Another plugin may have given it (`pre_http_request`), and then it
	 * may be anything.
	 *
	 * @param mixed $response
	 */
	public static function of( string $endpoint, $response ): self {
		if ( is_wp_error( $response ) ) {
			return self::failed( $endpoint, self::text( $response->get_error_message() ) );
		}
		list( $status, $body, $headers ) = self::parts( $response );
		return self::read( $endpoint, $status, $body, $headers );
	}

	/**
	 * Status, body and headers of the same; 0 and empty for what is not there.
	 *
	 * @param mixed $response
	 * @return array{0: int, 1: string, 2: array|\ArrayAccess}
	 */
	public static function parts( $response ): array {
		$response = is_array( $response ) ? $response : array();
		$about    = is_array( $response['response'] ?? null ) ? $response['response'] : array();
		$headers  = $response['headers'] ?? array();
		return array(
			(int) self::text( $about['code'] ?? '' ),
			is_string( $response['body'] ?? null ) ? $response['body'] : '',
			is_array( $headers ) || $headers instanceof \ArrayAccess ? $headers : array(),
		);
	}

	/**
	 * An answer of `$endpoint` (`check`, `optimize` or `probe`), decided by the rules: the first that fits, else `unexpected`.
	 *
	 * @param array|\ArrayAccess $headers
	 */
	public static function read( string $endpoint, int $status, string $body, $headers ): self {
		$headers             = is_array( $headers ) ? array_change_key_case( $headers ) : $headers;
		$json                = json_decode( $body, true );
		$answer              = new self();
		$answer->status      = $status;
		$answer->body        = $body;
		$answer->json        = is_array( $json ) ? $json : array();
		$answer->retry_after = self::seconds( self::text( $headers['retry-after'] ?? '' ) );
		$answer->location    = self::text( $headers['location'] ?? '' );
		$answer->kind        = self::kind( $answer );
		$answer->outcome     = self::decide( $endpoint, $answer );
		$credits             = self::text( $headers['x-images-remaining'] ?? '' );
		$answer->credits     = preg_match( '/^\d{1,9}$/D', $credits ) ? (int) $credits : null;
		return $answer;
	}

	/** What a person may hear about it. */
	public function seen(): array {
		return array(
			'kind'   => $this->kind,
			'status' => $this->status,
		);
	}

	/** Whether it has the shape of the service's answers, good or bad: not something else's that stands in between. */
	public function is_the_services(): bool {
		return 'other' !== self::body( 'check', $this->json )[0];
	}

	private static function decide( string $endpoint, self $answer ): string {
		list( $body, $code ) = self::body( $endpoint, $answer->json );
		foreach ( Decisions::get( 'rules' ) as $rule ) {
			if ( ( ! isset( $rule['endpoint'] ) || $rule['endpoint'] === $endpoint )
				&& ( ! isset( $rule['status'] )
					|| ( $answer->status >= $rule['status'][0] && $answer->status <= $rule['status'][1] ) )
				&& ( ! isset( $rule['body'] ) || $rule['body'] === $body )
				&& ( ! isset( $rule['code'] ) || $rule['code'] === $code )
			) {
				return $rule['outcome'];
			}
		}
		return 'unexpected';
	}

	/** @return array{0: string, 1: string} The kind of body, and the code in an error's envelope. */
	private static function body( string $endpoint, array $json ): array {
		$success = $json['success'] ?? null;
		if ( true === $success ) {
			$data = $json['optimized']['original_format']['data'] ?? null;
			$good = 'optimize' !== $endpoint || ( is_string( $data ) && '' !== $data );
			return array( $good ? 'success' : 'other', '' );
		}
		if ( false === $success && is_string( $json['error'] ?? null ) ) {
			return array( 'envelope', is_string( $json['code'] ?? null ) ? $json['code'] : '' );
		}
		return array( 'other', '' );
	}

	private static function kind( self $answer ): string {
		$start = ltrim( $answer->body );
		if ( $answer->status >= 300 && $answer->status < 400 ) {
			return 'redirect';
		}
		if ( '' === $start ) {
			return 'empty';
		}
		if ( '<' === $start[0] ) {
			return 'html';
		}
		return $answer->json ? 'json' : 'text';
	}

	/**
	 * A header may come more than once, and a list of one is one.
	 *
	 * @param mixed $header
	 */
	private static function text( $header ): string {
		$header = is_array( $header ) && 1 === count( $header ) ? reset( $header ) : $header;
		return is_scalar( $header ) ? trim( (string) $header ) : '';
	}

	/** Retry-After is seconds or an HTTP date. */
	private static function seconds( string $retry_after ): int {
		if ( preg_match( '/^\d+$/D', $retry_after ) ) {
			return (int) min( (float) $retry_after, 86400 );
		}
		$time = preg_match( '/^[A-Z][a-z]+, /', $retry_after ) ? strtotime( $retry_after ) : false;
		return $time ? max( 0, $time - time() ) : 0;
	}
}
