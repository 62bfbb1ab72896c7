<?php
declare( strict_types=1 );

namespace SlashImage;

/** Moments as this site writes them. */
final class Moment {
	/** Date and time, in the site's formats and time zone. Takes unix time. */
	public static function full( int $at ): string {
		return (string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $at );
	}

	public static function day( int $at ): string {
		return (string) wp_date( get_option( 'date_format' ), $at );
	}
}
