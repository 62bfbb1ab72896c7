<?php
declare( strict_types=1 );

namespace SlashImage;

/** What other plugins hand to our functions on hooks they share with us: anything, also nothing. */
final class Handed {
	/**
	 * An id of a post or a site; 0 for what is none.
	 *
	 * @param mixed $value
	 */
	public static function id( $value ): int {
		return is_int( $value ) || ( is_string( $value ) && preg_match( '/^\d{1,18}$/', $value ) ) ? max( 0, (int) $value ) : 0;
	}

	/**
	 * The attachment of that id; 0 where there is none. Not asked of WordPress with a 0, which it takes for the post at hand.
	 *
	 * @param mixed $value
	 */
	public static function attachment( $value ): int {
		$id = self::id( $value );
		return $id && 'attachment' === get_post_type( $id ) ? $id : 0;
	}
}
