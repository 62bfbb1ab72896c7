<?php
declare( strict_types=1 );

namespace SlashImage;

/** Network Admin > Settings > SlashImage: a menu entry and an empty page. What is on it is src/network's. */
final class Network_Screen {
	public static function register(): void {
		$slug = Decisions::manifest( 'menu', 'slug' );
		$name = Decisions::manifest( 'name' );
		$hook = add_submenu_page( 'settings.php', $name, $name, Network_Controller::CAPABILITY, $slug, array( self::class, 'mount' ) );
		if ( $hook ) {
			add_action( 'load-' . $hook, array( self::class, 'load' ) );
		}
	}

	public static function load(): void {
		add_action( 'admin_enqueue_scripts', array( self::class, 'assets' ) );
	}

	public static function assets(): void {
		Assets::load(
			'network',
			'slashimageNetwork',
			array(
				'network'   => Network_Controller::state( 1 ),
				'namespace' => Decisions::manifest( 'restNamespace' ),
				'links'     => Decisions::manifest( 'links' ),
			)
		);
	}

	public static function mount(): void {
		echo '<div class="wrap"><hr class="wp-header-end"><div id="slashimage-network"></div></div>';
	}
}
