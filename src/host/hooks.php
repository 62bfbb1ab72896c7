<?php
/**
 * Every hook the plugin uses.
 */
declare( strict_types=1 );

namespace SlashImage;

$main = dirname( __DIR__ ) . '/slashimage.php';

register_activation_hook( $main, array( Lifecycle::class, 'activate' ) );
register_deactivation_hook( $main, array( Lifecycle::class, 'deactivate' ) );

// What the plugin keeps, where no activation ran.
add_action( 'admin_init', array( Lifecycle::class, 'install' ), 10, 0 );

// The screens.
add_action( 'admin_menu', array( Screen::class, 'register' ) );
add_action( 'admin_enqueue_scripts', array( Notice::class, 'assets' ) );

// The media library.
add_action(
	'load-upload.php',
	static function (): void {
		add_filter( 'manage_media_columns', array( Column::class, 'add' ) );
		add_action( 'manage_media_custom_column', array( Column::class, 'mount' ), 10, 2 );
		add_action( 'admin_enqueue_scripts', array( Column::class, 'assets' ) );
	}
);

// REST.
add_action( 'rest_api_init', array( Connection_Controller::class, 'register' ) );
add_action( 'rest_api_init', array( Images_Controller::class, 'register' ) );

// Images that come and go. Late, so that the sizes are the final ones.
add_filter( 'wp_generate_attachment_metadata', array( Uploads::class, 'generated' ), 1000, 2 );
add_action( 'delete_attachment', array( Uploads::class, 'deleted' ) );

// The worker and the background check: the loopback request, and WP-Cron behind it.
add_action( 'wp_ajax_' . Schedule::WORK, array( Schedule::class, 'kicked' ) );
add_action( 'wp_ajax_nopriv_' . Schedule::WORK, array( Schedule::class, 'kicked' ) );
add_action( Schedule::WORK, array( Worker::class, 'run' ), 10, 0 );
add_action( Schedule::CHECK, array( Schedule::class, 'check' ), 10, 0 );
