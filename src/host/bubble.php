<?php
declare( strict_types=1 );

namespace SlashImage;

/** The bubble in the menu, where something needs the admin. Its words are src/validation's. */
final class Bubble {
	/**
	 * What is in it, and what that means; null: nothing needs anybody.
	 *
	 * @return ?array{text: string, label: string}
	 */
	public static function get(): ?array {
		if ( ! Connection_Controller::allowed() ) {
			return null;
		}
		$connection = Connection::get();
		$failed     = (int) get_option( Library::FAILED, 0 );
		if ( 'reconnect' === $connection['state'] ) {
			return self::of( '!', 'reconnect' );
		}
		$hold = Hold::shown( $connection );
		if ( Hold::concerns( 'bubble', $hold ) ) {
			return self::of( '!', $hold['reason'] );
		}
		return $failed > 0 ? self::of( number_format_i18n( $failed ), 'failed' ) : null;
	}

	/** The menu's name with the bubble, as WordPress does it for updates. */
	public static function beside( string $name ): string {
		$bubble = self::get();
		$text   = $bubble ? esc_html( $bubble['text'] ) : '';
		$label  = $bubble ? esc_html( $bubble['label'] ) : '';
		return $name . ( $bubble ? " <span class=\"update-plugins slashimage-bubble\"><span class=\"update-count\" aria-hidden=\"true\">$text</span><span class=\"screen-reader-text\">$label</span></span>" : '' );
	}

	private static function of( string $text, string $what ): array {
		return array(
			'text'  => $text,
			'label' => Decisions::sentence( 'bubble', $what, $text ),
		);
	}
}
