<?php
declare( strict_types=1 );

namespace SlashImage\Files;

/** Which editors WordPress makes images with. */
final class Editors {
	/**
	 * Puts ours in the places of WordPress's own; another plugin's stays in charge.
	 *
	 * @param mixed $editors
	 * @return mixed
	 */
	public static function ours( $editors = null ) {
		$ours = array(
			\WP_Image_Editor_Imagick::class => Imagick_Editor::class,
			\WP_Image_Editor_GD::class      => Gd_Editor::class,
		);
		return is_array( $editors )
			? array_map( static fn( $editor ) => is_string( $editor ) ? $ours[ ltrim( $editor, '\\' ) ] ?? $editor : $editor, $editors )
			: $editors;
	}
}
