<?php
declare( strict_types=1 );

namespace SlashImage;

/** Media > SlashImage: a menu entry and an empty page. What is on it is src/admin's. */
final class Screen {
	public static function register(): void {
		$menu = Decisions::manifest( 'menu' );
		$name = Decisions::manifest( 'name' );
		$hook = add_submenu_page( $menu['parent'], $name, Bubble::beside( $name ), $menu['capability'], $menu['slug'], array( self::class, 'mount' ) );
		if ( $hook ) {
			add_action( 'load-' . $hook, array( self::class, 'load' ) );
		}
	}

	public static function url(): string {
		return admin_url( Decisions::manifest( 'menu', 'parent' ) . '?page=' . Decisions::manifest( 'menu', 'slug' ) );
	}

	public static function load(): void {
		add_action( 'admin_enqueue_scripts', array( self::class, 'assets' ) );
	}

	public static function assets(): void {
		Library::index( 1 );
		Assets::load(
			'admin',
			'slashimageAdmin',
			array(
				'connection' => Connection_Controller::state(),
				'summary'    => Images_Controller::summary(),
				'settings'   => Settings::get(),
				'guards'     => Rest::guards(),
				'doctor'     => Assets::later( 'doctor' ),
				'namespace'  => Decisions::manifest( 'restNamespace' ),
				'links'      => Decisions::manifest( 'links' ),
			)
		);
	}

	public static function mount(): void {
		echo '<div class="wrap"><hr class="wp-header-end"><div id="slashimage-admin"></div></div>';
	}
}
