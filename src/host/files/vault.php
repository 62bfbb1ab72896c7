<?php
declare( strict_types=1 );

namespace SlashImage\Files;

use SlashImage\Decisions;

/**
 * The folder of the untouched originals, among the uploads, under a name nobody can guess: the served files had data taken
 * out that the originals still have. It is found by the marker in it and by nothing in the database, which a rollback
 * takes back. Where a restored backup of the site brought a second one, both are read.
 */
final class Vault {
	/** Marks the folder, and tells whoever comes across it what it is. */
	public const MARKER = 'README-slashimage.txt';

	private const PREFIX = 'slashimage-backup';

	/** Denies everything on Apache, old and new. Elsewhere the names protect: the folder's, and the hash in each file's. */
	private const DENY = "<IfModule mod_authz_core.c>\nRequire all denied\n</IfModule>\n<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>\n";

	/** @var array<string, string[]> The folders found, by the uploads folder they are in. */
	private static array $found = array();

	/** @return string[] The folders there are, the one that new backups go to first. */
	public static function all(): array {
		$uploads = self::uploads();
		if ( ! isset( self::$found[ $uploads ] ) || array_filter( self::$found[ $uploads ], 'is_dir' ) !== self::$found[ $uploads ] ) {
			self::$found[ $uploads ] = self::look( $uploads );
		}
		return self::$found[ $uploads ];
	}

	/** The folder that new backups go to, made where there is none; empty where it can't be. */
	public static function folder(): string {
		return self::all()[0] ?? self::create();
	}

	/**
	 * The place of a file inside of the folder: its path below the uploads, or, of a file outside, its name in a folder of
	 * its folder's own. Long names are cut: what is added to them here must fit as well.
	 */
	public static function place( string $path ): string {
		$path    = wp_normalize_path( $path );
		$uploads = self::uploads() . '/';
		// What only looks as if it were inside is not: nothing is kept outside of the folder for it.
		$inside  = 0 === strpos( $path, $uploads ) && false === strpos( "$path/", '/../' );
		// Relative to the site, which may move to another folder with all its files.
		$outside = str_replace( wp_normalize_path( ABSPATH ), '', dirname( $path ) );
		$folder  = $inside ? dirname( substr( $path, strlen( $uploads ) ) ) : 'outside/' . md5( $outside );
		$name    = wp_basename( $path );
		$name    = strlen( $name ) > 120 ? 'long-' . md5( $name ) : $name;
		return ( '.' === $folder ? '' : $folder . '/' ) . $name;
	}

	/** The full path of what is kept at a place; empty where no folder has it. */
	public static function find( string $place ): string {
		return self::find_all( $place )[0] ?? '';
	}

	/** @return string[] The same of each folder that has it: one may have been damaged, and be whole in another. */
	public static function find_all( string $place ): array {
		$paths = array_map( static fn( string $folder ): string => "$folder/$place", self::all() );
		return array_values( array_filter( $paths, 'is_file' ) );
	}

	/** Whether a file is one of those that are kept. Some plugins make attachments of whatever they find in the uploads. */
	public static function holds( string $path ): bool {
		foreach ( self::all() as $folder ) {
			if ( 0 === strpos( wp_normalize_path( $path ), "$folder/" ) ) {
				return true;
			}
		}
		return false;
	}

	/** The full path for something new at a place, its folders made; empty where they can't be. */
	public static function reserve( string $place ): string {
		$folder = self::folder();
		foreach ( '' === $folder ? array() : explode( '/', $place, -1 ) as $part ) {
			$folder .= '/' . $part;
			if ( ! is_file( "$folder/index.html" ) && ! self::make( $folder ) ) {
				return '';
			}
		}
		return '' === $folder ? '' : $folder . '/' . wp_basename( $place );
	}

	/** Deletes all that is kept of a file: with the last attachment it belongs to. */
	public static function forget( string $path ): void {
		$place   = self::place( $path );
		$pattern = '~^' . preg_quote( wp_basename( $place ), '~' ) . '(\.[0-9a-f]{16}\.[a-z]+(\.[0-9a-f]{8})?)?$~';
		foreach ( self::all() as $folder ) {
			$folder = rtrim( $folder . '/' . ( false === strpos( $place, '/' ) ? '' : dirname( $place ) ), '/' );
			foreach ( is_dir( $folder ) ? (array) scandir( $folder ) : array() as $name ) {
				if ( preg_match( $pattern, (string) $name ) ) {
					unlink( "$folder/$name" );
				}
			}
		}
	}

	/** The folders as a person may be told, below the site's own; empty: there is none yet. */
	public static function shown(): string {
		return implode( ', ', str_replace( wp_normalize_path( ABSPATH ), '', self::all() ) );
	}

	/** Deletes every folder with all that is in it: only where a person has said so. */
	public static function delete_all(): void {
		foreach ( self::all() as $folder ) {
			if ( 0 !== strpos( wp_basename( $folder ), self::PREFIX ) ) {
				// The marker was copied into somebody's own folder.
				continue;
			}
			// Never through a link that leads out of it, as WordPress's own way does.
			$files = new \RecursiveIteratorIterator( new \RecursiveDirectoryIterator( $folder, \FilesystemIterator::SKIP_DOTS ), \RecursiveIteratorIterator::CHILD_FIRST );
			foreach ( $files as $file ) {
				$file->isDir() && ! $file->isLink() ? @rmdir( $file->getPathname() ) : @unlink( $file->getPathname() ); // phpcs:ignore -- what can't be deleted stays.
			}
			is_link( $folder ) ? @unlink( $folder ) : @rmdir( $folder ); // phpcs:ignore -- as above.
		}
		self::$found = array();
	}

	/**
	 * Says that the folder takes no space: on a network it does not count against what a site may upload.
	 *
	 * @param mixed $size
	 * @param mixed $folder
	 * @return mixed
	 */
	public static function weigh( $size = false, $folder = '' ) {
		$is_ours = is_string( $folder ) && 0 === strpos( wp_basename( $folder ), self::PREFIX ) && is_file( "$folder/" . self::MARKER );
		return $is_ours ? 0 : $size;
	}

	/** @return string[] */
	private static function look( string $uploads ): array {
		$names = is_dir( $uploads ) ? array_diff( (array) scandir( $uploads ), array( '.', '..' ) ) : array();
		// Ours by their names first: an uploads folder may hold a hundred thousand files.
		$ours  = array_filter( $names, static fn( $name ): bool => 0 === strpos( (string) $name, self::PREFIX ) );
		$found = array();
		foreach ( array( $ours, array_diff( $names, $ours ) ) as $some ) {
			foreach ( $found ? array() : $some as $name ) {
				$folder = self::PREFIX === $name ? self::hide( "$uploads/$name" ) : "$uploads/$name";
				if ( is_file( "$folder/" . self::MARKER ) || self::is_unmarked( $folder ) ) {
					$found[] = $folder;
				}
			}
		}
		return $found;
	}

	/** Whether a folder is ours by its name, and somebody has cleaned the marker away: it gets a new one. */
	private static function is_unmarked( string $folder ): bool {
		$is_ours = (bool) preg_match( '/^' . self::PREFIX . '-[0-9a-f]{32}$/', wp_basename( $folder ) ) && is_dir( $folder );
		if ( $is_ours ) {
			self::mark( $folder );
		}
		return $is_ours;
	}

	/**
	 * Gives the folder of earlier versions, whose name anybody can guess, one that nobody can. Returns where it is now. It is
	 * marked first: without a marker it would not be found any more under a name that nobody knows.
	 */
	private static function hide( string $folder ): string {
		$hidden = dirname( $folder ) . '/' . self::PREFIX . '-' . bin2hex( random_bytes( 16 ) );
		if ( ! is_dir( $folder ) || ! self::mark( $folder ) ) {
			return $folder;
		}
		return @rename( $folder, $hidden ) ? $hidden : $folder; // phpcs:ignore -- then it stays where it is.
	}

	private static function create(): string {
		$uploads = self::uploads();
		$theirs  = self::look( $uploads );
		if ( $theirs ) {
			// Another process was faster.
			self::$found[ $uploads ] = $theirs;
			return $theirs[0];
		}
		$folder  = $uploads . '/' . self::PREFIX . '-' . bin2hex( random_bytes( 16 ) );
		if ( ! self::make( $folder ) || ! self::mark( $folder ) ) {
			return '';
		}
		self::$found[ $uploads ] = array( $folder );
		return $folder;
	}

	private static function make( string $folder ): bool {
		// An empty page, where a server lists what is in a folder.
		return wp_mkdir_p( $folder ) && false !== @file_put_contents( "$folder/index.html", '' ); // phpcs:ignore -- a full disk is an outcome.
	}

	private static function mark( string $folder ): bool {
		$text = Decisions::get( 'vault', 'marker' ) . "\n";
		// phpcs:disable -- a full disk is an outcome.
		return false !== @file_put_contents( "$folder/index.html", '' )
			&& false !== @file_put_contents( "$folder/.htaccess", self::DENY )
			&& strlen( $text ) === @file_put_contents( "$folder/" . self::MARKER, $text );
		// phpcs:enable
	}

	private static function uploads(): string {
		return untrailingslashit( wp_normalize_path( wp_get_upload_dir()['basedir'] ) );
	}
}
