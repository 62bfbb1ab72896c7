<?php
declare( strict_types=1 );

namespace SlashImage;

/** The body of a request to optimize an image. */
final class Multipart {
	/**
	 * Returns the content type and the body for one image file. `$keeps_metadata`: whether its metadata are to be kept.
	 *
	 * @return array{0: string, 1: string}
	 */
	public static function of_image( string $path, bool $keeps_metadata ): array {
		$mime = is_file( $path ) ? (string) wp_get_image_mime( $path ) : '';
		// The name is ours: the file's own could break the header, and is nobody's business.
		$name = 'image.' . preg_replace( '~^image/~', '', $mime );
		$part = "Content-Disposition: form-data; name=\"image\"; filename=\"$name\"\r\nContent-Type: $mime\r\n\r\n";
		return self::build( array( $part . @file_get_contents( $path ) ), $keeps_metadata ); // phpcs:ignore -- it may have gone since it was looked at.
	}

	/**
	 * Returns the content type and the body of the free probe: the same request, without an image.
	 *
	 * @return array{0: string, 1: string}
	 */
	public static function without_image(): array {
		return self::build( array(), false );
	}

	private static function build( array $parts, bool $keeps_metadata ): array {
		foreach ( self::settings( $keeps_metadata ) as $name => $value ) {
			$parts[] = "Content-Disposition: form-data; name=\"$name\"\r\n\r\n$value";
		}
		$boundary = 'slashimage-' . bin2hex( random_bytes( 16 ) );
		$body     = '';
		foreach ( $parts as $part ) {
			$body .= "--$boundary\r\n$part\r\n";
		}
		return array( 'multipart/form-data; boundary=' . $boundary, $body . "--$boundary--\r\n" );
	}

	/** How an image is to be optimized: the service's form fields. */
	public static function settings( bool $keeps_metadata ): array {
		$settings = array(
			'compression_mode'    => 'lossy',
			'generate_webp'       => 'false',
			'generate_avif'       => 'false',
			'convert_png_to_jpeg' => 'false',
			'preserve_metadata'   => $keeps_metadata ? 'true' : 'false',
		);
		/** Filters how images are optimized: the service's form fields. */
		$asked = apply_filters( 'slashimage_settings', $settings );
		return ( is_array( $asked ) ? array_filter( $asked, 'is_scalar' ) : array() ) + $settings;
	}
}
