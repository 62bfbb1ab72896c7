<?php
declare( strict_types=1 );

namespace SlashImage;

/** The account's plan, as far as the service's answer can be believed. */
final class Plan {
	/**
	 * A plan as it was stored; null for what is none.
	 *
	 * @return ?array{limit: ?int, used: int, remaining: ?int}
	 */
	public static function stored( ?array $plan ): ?array {
		$is_one = is_int( $plan['limit'] ?? 0 ) && is_int( $plan['used'] ?? null ) && is_int( $plan['remaining'] ?? 0 );
		return $is_one ? array_intersect_key( $plan, array_flip( array( 'limit', 'used', 'remaining' ) ) ) + array_fill_keys( array( 'limit', 'remaining' ), null ) : null;
	}

	/**
	 * Reads the `plan` of a key check. Returns null, "plan unknown", for anything malformed: it is no reason to call a
	 * working key broken. A limit of null is unlimited; missing credits are the limit less what is used, not below 0.
	 *
	 * @param mixed $plan
	 * @return ?array{limit: ?int, used: int, remaining: ?int}
	 */
	public static function read( $plan ): ?array {
		if ( ! is_array( $plan ) || ! array_key_exists( 'monthly_limit', $plan ) ) {
			return null;
		}
		$limit = $plan['monthly_limit'];
		$used  = $plan['images_used_this_month'] ?? null;
		$left  = $plan['images_remaining'] ?? null;
		if ( ! is_int( $used ) || $used < 0 || ( null !== $limit && ( ! is_int( $limit ) || $limit < 0 ) ) ) {
			return null;
		}
		return array(
			'limit'     => $limit,
			'used'      => $used,
			'remaining' => null === $limit ? null : max( 0, is_int( $left ) ? $left : $limit - $used ),
		);
	}
}
