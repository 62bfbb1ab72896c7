<?php
declare( strict_types=1 );

namespace SlashImage;

/** Loads a room's script, its style, its translations and its data, all of them or, if the build is missing, none. */
final class Assets {
	/** `$room`: a folder of src. `$variable`: the global its data is found under, as JSON. `$after`: scripts to come after. */
	public static function load( string $room, string $variable, array $data, array $after = array() ): void {
		$folder = dirname( __DIR__ );
		$asset  = $folder . '/' . $room . '.asset.php';
		if ( ! is_file( $asset ) ) {
			_doing_it_wrong( __METHOD__, esc_html( $asset ), '0.1.0' );
			return;
		}
		$handle = 'slashimage-' . $room;
		$built  = require $asset;
		$url    = plugins_url( '', __DIR__ );
		wp_enqueue_script( $handle, "$url/$room.js", array_merge( $built['dependencies'], $after ), $built['version'], true );
		wp_set_script_translations( $handle, 'slashimage', $folder . '/languages' );
		$json = wp_json_encode( $data, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES );
		wp_add_inline_script( $handle, "window.$variable = $json;", 'before' );
		if ( is_file( "$folder/$room.css" ) ) {
			wp_enqueue_style( $handle, "$url/$room.css", self::styles( $built['dependencies'] ), $built['version'] );
			wp_style_add_data( $handle, 'rtl', 'replace' );
		}
	}

	/**
	 * The addresses of a room that the page loads by itself when it is needed. What it depends on is loaded with the page,
	 * and its texts are among those of the room that loads it.
	 */
	public static function later( string $room ): array {
		$file  = dirname( __DIR__ ) . '/' . $room . '.asset.php';
		$built = is_file( $file ) ? require $file : array( 'version' => '' );
		$url   = plugins_url( $room, __DIR__ );
		return array(
			'script' => add_query_arg( 'ver', $built['version'], $url . '.js' ),
			'style'  => add_query_arg( 'ver', $built['version'], $url . ( is_rtl() ? '-rtl' : '' ) . '.css' ),
		);
	}

	private static function styles( array $scripts ): array {
		return in_array( 'wp-components', $scripts, true ) ? array( 'wp-components' ) : array();
	}
}
