<?php
declare( strict_types=1 );

namespace SlashImage;

defined( 'ABSPATH' ) || exit;

// Classes load when they are first used, so that a page on which the plugin has nothing to do reads little. A room is a
// namespace: Files\Vault is in files/vault.php.
spl_autoload_register(
	static function ( string $name ): void {
		if ( 0 === strncmp( $name, __NAMESPACE__ . '\\', 11 ) ) {
			$file = __DIR__ . '/' . strtolower( strtr( substr( $name, 11 ), array( '_' => '-', '\\' => '/' ) ) ) . '.php';
			if ( is_file( $file ) ) {
				require $file;
			}
		}
	}
);

require __DIR__ . '/hooks.php';
