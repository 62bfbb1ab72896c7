<?php
declare( strict_types=1 );

namespace SlashImage;

/** Runs the key rules of src/validation over a pasted text. The rules are data; only this loop is PHP's own. */
final class Key_Shape {
	/**
	 * Cleans a pasted text and names what is wrong with it. Returns `key` (cleaned), `cause` (null when the shape is
	 * right), and what the cause's sentence is filled with: how many characters are missing or too many, or the one that
	 * can't be there. Bytes that are not UTF-8 are no key; a pattern over them would fail without a word.
	 *
	 * @return array{key: string, cause: ?string, detail: int|string|null}
	 */
	public static function read(
		#[\SensitiveParameter]
		string $pasted
	): array {
		$key = self::clean( preg_match( '//u', $pasted ) ? $pasted : '?' );
		if ( preg_match( Decisions::get( 'key', 'pattern' ), $key ) ) {
			return self::reading( $key, null );
		}
		foreach ( Decisions::get( 'key', 'causes' ) as $rule ) {
			if ( preg_match( $rule['pattern'], $key, $found ) ) {
				return self::reading( $key, $rule['cause'], self::detail( $rule['detail'] ?? '', $found[1] ?? '' ) );
			}
		}
		return self::reading( $key, 'key_unknown' );
	}

	/** What may be shown of a key: prefix and last four characters; empty for what has no key's shape. */
	public static function fingerprint(
		#[\SensitiveParameter]
		string $secret
	): string {
		return preg_match( Decisions::get( 'key', 'pattern' ), $secret, $match ) ? $match[1] . '…' . substr( $secret, -4 ) : '';
	}

	/** @param int|string|null $detail */
	private static function reading(
		#[\SensitiveParameter]
		string $secret,
		?string $cause,
		$detail = null
	): array {
		return array(
			'key'    => $secret,
			'cause'  => $cause,
			'detail' => $detail,
		);
	}

	private static function clean(
		#[\SensitiveParameter]
		string $secret
	): string {
		foreach ( Decisions::get( 'key', 'cleaning' ) as $rule ) {
			$lower  = 'lower' === $rule['replacement'];
			$secret = (string) preg_replace_callback(
				$rule['pattern'],
				static fn( array $found ): string => $lower ? strtolower( $found[0] ) : '',
				$secret
			);
		}
		return $secret;
	}

	/** @return int|string|null */
	private static function detail(
		string $kind,
		#[\SensitiveParameter]
		string $captured
	) {
		if ( 'count' === $kind ) {
			return abs( Decisions::get( 'key', 'hex_length' ) - strlen( $captured ) );
		}
		return 'character' === $kind ? $captured : null;
	}
}
