<?php
declare( strict_types=1 );

namespace SlashImage;

/** What the e-mails say and where they go: plain text, in the site's language. Nothing of a key is in them. */
final class Mail_Text {
	/** Sites of a network named in an e-mail, at most. */
	private const SITES = 10;

	/** Sends the e-mail about a pause, or with null the one that it is over. Returns whether it could be sent. */
	public static function send( ?array $pause ): bool {
		$switched = switch_to_locale( is_multisite() ? self::network_locale() : get_locale() );
		$values   = array(
			self::name(),
			$pause ? Moment::full( $pause['since'] ) : '',
			number_format_i18n( is_multisite() ? count( $pause['sites'] ?? array() ) : Queue::waiting()['images'] ),
			is_multisite() ? network_admin_url( 'settings.php?page=' . Decisions::manifest( 'menu', 'slug' ) ) : Screen::url(),
		);
		$kind     = $pause ? 'paused' : 'working';
		$parts    = array(
			Decisions::sentence( 'mail', is_multisite() ? $kind . '_network' : $kind, ...$values ),
			is_multisite() && $pause ? self::sites( $pause['sites'] ) : '',
			Decisions::sentence( 'mail', $kind . '_action', ...$values ),
			Decisions::sentence( 'mail', 'off' ),
		);
		$subject  = Decisions::sentence( 'mail', $kind . '_subject', ...$values );
		if ( $switched ) {
			restore_previous_locale();
		}
		return wp_mail( Settings::get()['address'], $subject, implode( "\n\n", array_filter( $parts ) ) . "\n" );
	}

	/** The site's or network's name on one line: it becomes part of a header. */
	private static function name(): string {
		$name = is_multisite() ? get_network()->site_name : get_bloginfo( 'name' );
		$name = trim( preg_replace( '/[\x00-\x20\x7F]+/', ' ', wp_specialchars_decode( $name, ENT_QUOTES ) ) );
		return '' === $name ? Origin::shown() : $name;
	}

	/** The sites that wait, a line each. */
	private static function sites( array $ids ): string {
		$lines = array( Decisions::sentence( 'mail', 'paused_sites' ) );
		foreach ( array_slice( $ids, 0, self::SITES ) as $id ) {
			$lines[] = '- ' . get_home_url( $id );
		}
		if ( count( $ids ) > self::SITES ) {
			$lines[] = Decisions::sentence( 'mail', 'paused_more', number_format_i18n( count( $ids ) - self::SITES ) );
		}
		return implode( "\n", $lines );
	}

	private static function network_locale(): string {
		$locale = get_site_option( 'WPLANG' );
		return is_string( $locale ) && '' !== $locale ? $locale : 'en_US';
	}
}
