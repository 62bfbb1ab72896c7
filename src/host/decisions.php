<?php
declare( strict_types=1 );

namespace SlashImage;

/** The generated tables: what src/validation decided, and plugin.json. PHP looks things up here and decides nothing. */
final class Decisions {
	/** @var array<string, array> */
	private static array $files = array();

	/**
	 * Returns an entry of the decision table, found by its path: `get( 'outcomes', 'invalid_key', 'check' )`. Null where
	 * there is none, so that a code from an older version's database never breaks a page.
	 *
	 * @param string|int ...$path
	 * @return mixed
	 */
	public static function get( ...$path ) {
		return self::find( 'decisions', $path );
	}

	/**
	 * Returns an entry of plugin.json, found by its path: `manifest( 'menu', 'slug' )`; null where there is none.
	 *
	 * @return mixed
	 */
	public static function manifest( string ...$path ) {
		return self::find( 'manifest', $path );
	}

	/** Returns what a request may send, as REST routes take it. */
	public static function args( string $schema ): array {
		$required = (array) self::get( 'schemas', $schema, 'required' );
		$args     = array();
		foreach ( (array) self::get( 'schemas', $schema, 'properties' ) as $name => $arg ) {
			$args[ $name ] = array( 'required' => in_array( $name, $required, true ) ) + $arg;
		}
		return $args;
	}

	/** Returns a sentence of the catalog in the reader's language, filled: `sentence( 'outcome', 'no_answer' )`. */
	public static function sentence( string $group, string $code, string ...$values ): string {
		return self::fill( (string) self::get( 'sentences', $group, $code ), ...$values );
	}

	/** Translates a sentence of the tables and fills its gaps, `%s` or `%1$s`, `%2$s` … */
	public static function fill( string $sentence, string ...$values ): string {
		// The catalog's strings are in the .pot, put there by the build.
		$translated = '' === $sentence ? '' : translate( $sentence, 'slashimage' ); // phpcs:ignore WordPress.WP.I18n
		return $values ? vsprintf( $translated, $values ) : $translated;
	}

	/** @return mixed */
	private static function find( string $file, array $path ) {
		self::$files[ $file ] ??= require __DIR__ . '/generated/' . $file . '.php';

		$entry = self::$files[ $file ];
		foreach ( $path as $name ) {
			$entry = is_array( $entry ) ? ( $entry[ $name ] ?? null ) : null;
		}
		return $entry;
	}
}
