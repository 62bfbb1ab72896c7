<?php
declare( strict_types=1 );

namespace SlashImage;

/** The last error of PHP that stopped the worker: another plugin's filter, or a function that the host has taken away. */
final class Broken {
	public const OPTION = 'slashimage_error';

	/** Long enough for any message of PHP's, and no trace: that has arguments in it. */
	private const LONGEST = 300;

	/** Keeps it for the checks and the report, and holds the queue: no image has a part in it. */
	public static function note( \Throwable $error ): void {
		$file = wp_normalize_path( $error->getFile() );
		update_option(
			self::OPTION,
			array(
				'message' => Doctor_Log::clean( mb_substr( $error->getMessage(), 0, self::LONGEST ) ),
				'where'   => str_replace( wp_normalize_path( ABSPATH ), '', $file ) . ':' . $error->getLine(),
				'owner'   => Foreign_Hook::owner_of( self::culprit( $error ) ),
			),
			false
		);
		Connection::hold( 'worker_error' );
	}

	/** The file of another plugin or theme that had a part in it, the nearest; else the one it was thrown in. */
	private static function culprit( \Throwable $error ): string {
		$files = array_merge( array( $error->getFile() ), array_column( $error->getTrace(), 'file' ) );
		$ours  = wp_normalize_path( __DIR__ ) . '/';
		foreach ( array_map( 'wp_normalize_path', $files ) as $file ) {
			if ( 0 === strpos( $file, wp_normalize_path( WP_CONTENT_DIR ) . '/' ) && 0 !== strpos( $file, $ours ) ) {
				return $file;
			}
		}
		return wp_normalize_path( $error->getFile() );
	}

	/**
	 * What was kept; empty texts where nothing was.
	 *
	 * @return array{message: string, where: string, owner: string}
	 */
	public static function get(): array {
		$kept = get_option( self::OPTION );
		$kept = array_filter( is_array( $kept ) ? $kept : array(), 'is_string' );
		return array(
			'message' => $kept['message'] ?? '',
			'where'   => $kept['where'] ?? '',
			'owner'   => $kept['owner'] ?? '',
		);
	}
}
