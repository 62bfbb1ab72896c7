<?php
declare( strict_types=1 );

namespace SlashImage;

/** The errors of the REST routes: a code of the decision tables, its sentence, the HTTP status. */
final class Rest_Error {
	/** A text that is not a key: `$cause` says why. */
	public static function malformed( string $cause ): \WP_Error {
		return self::make( $cause, Decisions::sentence( 'field', 'malformed' ), 400 );
	}

	/**
	 * A key the service refused (422), or a service that could not be asked (424). Not 401 or 5xx: those would be taken
	 * for this site's own session or own trouble, and proxies replace their bodies.
	 */
	public static function not_accepted( Answer $answer ): \WP_Error {
		$check = Decisions::get( 'outcomes', $answer->outcome, 'check' );
		return self::make(
			$answer->outcome,
			Decisions::sentence( 'field', $check ),
			'refused' === $check ? 422 : 424,
			array( 'seen' => $answer->seen() )
		);
	}

	/** A request that is wrong in itself. */
	public static function request( string $code, int $status ): \WP_Error {
		return self::make( $code, Decisions::sentence( 'request', $code ), $status );
	}

	private static function make( string $code, string $message, int $status, array $data = array() ): \WP_Error {
		return new \WP_Error( $code, $message, array( 'status' => $status ) + $data );
	}
}
