<?php
/**
 * Every hook the plugin uses.
 */
declare( strict_types=1 );

namespace SlashImage;

$main = dirname( __DIR__ ) . '/slashimage.php';

register_activation_hook( $main, array( Lifecycle::class, 'activate' ) );
register_deactivation_hook( $main, array( Lifecycle::class, 'deactivate' ) );

// What the plugin keeps, where no activation ran; a changed address or configuration; lost events.
add_action( 'admin_init', array( Lifecycle::class, 'keep_up' ), 10, 0 );
// A table that is gone or half there. After what comes with the end of a request.
add_action( 'shutdown', array( Lifecycle::class, 'heal' ), 100, 0 );
add_action( 'update_option_home', array( Schedule::class, 'check_if_moved' ), 10, 0 );
if ( wp_doing_cron() ) {
	// Nobody may come to the admin pages.
	add_action( 'init', array( Lifecycle::class, 'keep_up' ), 10, 0 );
}

// The screens. The notice last: where the media library's script is loaded, that one shows it.
add_action( 'admin_menu', array( Screen::class, 'register' ) );
add_action( 'admin_enqueue_scripts', array( Notice::class, 'assets' ), 20 );

// The media library: its list, whose columns other plugins ask for anywhere, …
add_filter( 'manage_media_columns', array( Status::class, 'column' ) );
add_action(
	'load-upload.php',
	static function (): void {
		add_action( 'restrict_manage_posts', array( State_Filter::class, 'mount' ), 10, 0 );
		add_filter( 'posts_pre_query', array( State_Filter::class, 'find' ), 10, 2 );
		// The later of two: the earlier one tells whether another plugin narrows the list.
		add_filter( 'posts_where_paged', array( State_Filter::class, 'narrow' ), 10, 2 );
		add_filter( 'handle_bulk_actions-upload', array( Bulk_Actions::class, 'handle' ), 10, 3 );
		add_filter( 'removable_query_args', array( Bulk_Actions::class, 'forget' ) );
		add_action( 'admin_enqueue_scripts', array( Status::class, 'load' ) );
	}
);
// … an image's own screen, …
add_action( 'add_meta_boxes_attachment', array( Status::class, 'box' ) );
add_action(
	'load-post.php',
	static function (): void {
		add_action( 'admin_enqueue_scripts', array( Status::class, 'load_on_attachment' ) );
	}
);
// … and every media window, the grid's among them.
add_action( 'wp_enqueue_media', array( Status::class, 'load_in_window' ), 10, 0 );
if ( wp_doing_ajax() ) {
	add_filter( 'wp_prepare_attachment_for_js', array( Status::class, 'attachment' ), 10, 2 );
	add_action(
		'wp_ajax_query-attachments',
		static function (): void {
			add_filter( 'the_posts', array( Status::class, 'ahead' ) );
		},
		0
	);
}

// REST.
add_action( 'rest_api_init', array( Connection_Controller::class, 'register' ) );
add_action( 'rest_api_init', array( Images_Controller::class, 'register' ) );
add_action( 'rest_api_init', array( News::class, 'register' ) );
add_action( 'rest_api_init', array( Settings::class, 'register' ) );
add_action( 'rest_api_init', array( Doctor_Controller::class, 'register' ) );
add_filter( 'rest_pre_dispatch', array( Rest::class, 'begin' ), 0, 3 );
add_filter( 'rest_post_dispatch', array( Rest::class, 'end' ), 10, 3 );
add_action( 'wp_ajax_' . Rest::ACTION, array( Rest::class, 'by_ajax' ), 10, 0 );

// Site Health. Its own screens alone ask for these.
add_filter( 'site_status_tests', array( Health::class, 'add_test' ) );
add_filter( 'debug_information', array( Health::class, 'add_information' ) );

// A network: its screen, and its sites that come and go. After WordPress has made a new site's own tables.
if ( is_multisite() ) {
	add_action( 'network_admin_menu', array( Network_Screen::class, 'register' ) );
	add_action( 'rest_api_init', array( Network_Controller::class, 'register' ) );
	add_action( 'wp_initialize_site', array( Network_Sites::class, 'initialize' ), 100 );
	add_filter( 'wpmu_drop_tables', array( Network_Sites::class, 'tables' ), 10, 2 );
	add_action( Network_Sites::EVENT, array( Network_Sites::class, 'go_on' ) );
	// What a site may upload is not lessened by the originals we keep.
	add_filter( 'pre_recurse_dirsize', array( Files\Vault::class, 'weigh' ), 10, 2 );
}

// Images that come, change and go. Late, so that the sizes are the final ones.
add_action( 'add_attachment', array( Uploads::class, 'added' ) );
add_filter( 'rest_request_before_callbacks', array( Uploads::class, 'asked' ), 10, 3 );
add_filter( 'rest_request_after_callbacks', array( Uploads::class, 'answered' ), 10, 3 );
add_filter( 'wp_generate_attachment_metadata', array( Uploads::class, 'generated' ), 1000, 2 );
$slashimage_meta = static function ( $meta_id = 0, $id = 0, $key = '', $value = null ): void {
	$id = Handed::id( $id );
	if ( $id && '_wp_attachment_metadata' === $key ) {
		Uploads::recorded( $id );
	} elseif ( $id && '_wp_attached_file' === $key && is_string( $value ) ) {
		Uploads::moved( $id, $value );
	}
};
add_action( 'added_post_meta', $slashimage_meta, 10, 4 );
add_action( 'updated_post_meta', $slashimage_meta, 10, 4 );
add_action( 'trashed_post', array( Uploads::class, 'trashed' ) );
add_action( 'untrashed_post', array( Uploads::class, 'untrashed' ) );
add_action( 'delete_attachment', array( Uploads::class, 'deleted' ) );
add_action( 'attachment_updated', array( Library::class, 'changed' ), 10, 3 );
add_action( Library::EVENT, array( Library::class, 'run' ), 10, 0 );
// What is made of an image is made of its original.
add_filter( 'wp_image_editors', array( Files\Editors::class, 'ours' ), 20 );

// The worker and the background check: the loopback request, and WP-Cron behind it.
add_action( 'wp_ajax_' . Schedule::WORK, array( Loopback::class, 'answer' ), 10, 0 );
add_action( 'wp_ajax_nopriv_' . Schedule::WORK, array( Loopback::class, 'answer' ), 10, 0 );
add_action( 'rest_api_init', array( Loopback::class, 'register' ) );
add_action( Schedule::WORK, array( Schedule::class, 'work' ), 10, 0 );
add_action( Schedule::CHECK, array( Schedule::class, 'check' ), 10, 0 );
add_action( Mail::EVENT, array( Mail::class, 'run' ), 10, 0 );
