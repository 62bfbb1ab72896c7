<?php
declare( strict_types=1 );

namespace SlashImage;

/** What a check tried, for the report. Nothing secret stays in it, whoever put it there: a page may echo what it was sent. */
final class Doctor_Log {
	/** @var string[] */
	private array $lines = array();

	/** Notes a request, what came of it, and its headers, of which the secret one by its scheme only. */
	public function request( Answer $answer ): void {
		if ( '' === $answer->tried ) {
			return;
		}
		$came = '' === $answer->error ? (string) $answer->status : self::clean( $answer->error );
		$sent = '';
		foreach ( Service::headers( Key_Store::current()->secret() ) as $name => $value ) {
			$sent .= ( $sent ? ', ' : '' ) . "$name: " . ( 'Authorization' === $name ? 'Bearer …' : $value );
		}
		$this->note( Report::words( 'request', $answer->tried, $came, (string) $answer->ms, $sent ) );
	}

	public function note( string $line ): void {
		$this->lines[] = gmdate( 'H:i:s' ) . ' ' . self::clean( $line );
	}

	/** @return string[] */
	public function lines(): array {
		return $this->lines;
	}

	/** Takes what must not be shown out of findings. */
	public static function cleaned( array $findings ): array {
		return array_map( static fn( array $found ): array => array_map( array( self::class, 'clean' ), $found ), $findings );
	}

	/**
	 * Takes keys (this site's in every way it may be written, and whatever looks like one), the password of an address, and
	 * paths outside of the site out of a text of unknown origin, and makes it one short line.
	 */
	public static function clean(
		#[\SensitiveParameter]
		string $text
	): string {
		$text = wp_check_invalid_utf8( $text, true );
		foreach ( Key_Store::all() as $key ) {
			if ( '' !== $key->secret() ) {
				$text = str_ireplace( self::written( $key->secret() ), '…', $text );
			}
		}
		$text = preg_replace( '~sk_(live|sub)_[0-9a-f]{5,}~i', 'sk_$1_…', $text );
		$text = preg_replace( '~://[^/@\s]*@~', '://…@', $text );
		$text = str_replace( array( ABSPATH, untrailingslashit( ABSPATH ) ), array( '', '.' ), $text );
		$text = preg_replace( '~(?<![\w./:])/(?:home|var|usr|srv|opt|etc|www|tmp|root|mnt|data|app|proc)/[^\s"\',;)]*~', '…', $text );
		return self::short( trim( (string) preg_replace( '~[\p{C}\s]+~u', ' ', $text ) ), 300 );
	}

	/** A text in at most so many characters. PHP need not have mbstring; WordPress then has what is used here. */
	public static function short(
		#[\SensitiveParameter]
		string $text,
		int $most
	): string {
		return mb_strlen( $text, 'UTF-8' ) > $most ? mb_substr( $text, 0, $most - 1, 'UTF-8' ) . '…' : $text;
	}

	/** @return string[] */
	private static function written(
		#[\SensitiveParameter]
		string $secret
	): array {
		$written = array( $secret, rawurlencode( $secret ), bin2hex( $secret ), strrev( $secret ) );
		// In base64 a text has three forms, by where it begins.
		foreach ( array( '', 'x', 'xx' ) as $before ) {
			$written[] = substr( base64_encode( $before . $secret ), $before ? 4 : 0, 72 );
		}
		return $written;
	}
}
