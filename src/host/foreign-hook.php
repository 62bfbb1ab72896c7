<?php
declare( strict_types=1 );

namespace SlashImage;

/** Another plugin's function on one of WordPress's request hooks: whose it is, what it is called, and what it does. */
final class Foreign_Hook {
	/** @var callable */
	private $callback;

	private string $hook;

	private int $arguments;

	private string $file;

	private string $name;

	/** @param callable $callback */
	private function __construct( $callback, string $hook, int $arguments, \ReflectionFunctionAbstract $about ) {
		$this->callback  = $callback;
		$this->hook      = $hook;
		$this->arguments = $arguments;
		$this->file      = wp_normalize_path( (string) $about->getFileName() );
		$this->name      = self::name( $about );
	}

	/**
	 * Returns what other people's code has put on a hook, in the order WordPress runs it. WordPress's own functions, PHP's
	 * and ours are left out.
	 *
	 * @return self[]
	 */
	public static function on( string $hook ): array {
		$found = array();
		foreach ( $GLOBALS['wp_filter'][ $hook ]->callbacks ?? array() as $callbacks ) {
			foreach ( $callbacks as $entry ) {
				$about = self::reflect( $entry['function'] );
				$own   = $about && $about->getFileName() ? new self( $entry['function'], $hook, (int) $entry['accepted_args'], $about ) : null;
				if ( $own && ! $own->is_known() ) {
					$found[] = $own;
				}
			}
		}
		return $found;
	}

	/**
	 * Calls it with these arguments, as WordPress would. What it prints is dropped; what it throws is the caller's.
	 *
	 * @param mixed ...$arguments
	 * @return mixed
	 */
	public function call( ...$arguments ) {
		ob_start();
		try {
			return call_user_func_array( $this->callback, array_slice( $arguments, 0, $this->arguments ) );
		} finally {
			ob_end_clean();
		}
	}

	/**
	 * A finding about it: the code, then whose, what, on which hook, and for which host; then what it did.
	 *
	 * @return string[]
	 */
	public function finding( string $code, string $what = '' ): array {
		return array( $code, self::owner_of( $this->file ), $this->name, $this->hook, Probe_Way::host(), $what );
	}

	/** Whose it is, as a person knows it. */
	public function owner(): string {
		return self::owner_of( $this->file );
	}

	private function is_known(): bool {
		$ours = wp_normalize_path( dirname( __DIR__ ) );
		$core = array( wp_normalize_path( ABSPATH . WPINC ), wp_normalize_path( ABSPATH . 'wp-admin' ), $ours );
		foreach ( $core as $folder ) {
			if ( 0 === strpos( $this->file, $folder . '/' ) ) {
				return true;
			}
		}
		return false;
	}

	/** The name of the plugin or theme that a file is of, as its screen has it; of any other file its own. */
	public static function owner_of( string $file ): string {
		$plugins = wp_normalize_path( WP_PLUGIN_DIR ) . '/';
		$musts   = wp_normalize_path( WPMU_PLUGIN_DIR ) . '/';
		if ( 0 === strpos( $file, $plugins ) ) {
			return self::plugin( substr( $file, strlen( $plugins ) ) );
		}
		if ( 0 === strpos( $file, $musts ) ) {
			return strtok( substr( $file, strlen( $musts ) ), '/' );
		}
		foreach ( array( get_stylesheet_directory(), get_template_directory() ) as $theme ) {
			if ( 0 === strpos( $file, wp_normalize_path( $theme ) . '/' ) ) {
				return (string) wp_get_theme()->get( 'Name' );
			}
		}
		return basename( $file );
	}

	private static function plugin( string $file ): string {
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		$folder = strtok( $file, '/' );
		foreach ( get_plugins() as $main => $plugin ) {
			if ( $main === $file || 0 === strpos( $main, $folder . '/' ) ) {
				return $plugin['Name'];
			}
		}
		return $folder;
	}

	/** @param callable $callback */
	private static function reflect( $callback ): ?\ReflectionFunctionAbstract {
		try {
			if ( is_string( $callback ) && false !== strpos( $callback, '::' ) ) {
				$callback = explode( '::', $callback );
			}
			if ( is_array( $callback ) ) {
				return new \ReflectionMethod( $callback[0], $callback[1] );
			}
			return is_object( $callback ) && ! $callback instanceof \Closure
				? new \ReflectionMethod( $callback, '__invoke' )
				: new \ReflectionFunction( $callback );
		} catch ( \ReflectionException $gone ) {
			return null;
		}
	}

	private static function name( \ReflectionFunctionAbstract $about ): string {
		if ( $about->isClosure() ) {
			return basename( (string) $about->getFileName() ) . ':' . $about->getStartLine();
		}
		return ( $about instanceof \ReflectionMethod ? $about->class . '::' : '' ) . $about->getName() . '()';
	}
}
