<?php
declare( strict_types=1 );

namespace SlashImage;

/**
 * Where the media library says what state its images are in: the list, the grid, an image's own screen, and every media
 * window. One script, with what is known of the images on the page.
 */
final class Status {
	private static bool $loaded = false;

	/**
	 * The media list's column. Its cells stay as WordPress prints them, empty: the script knows its rows by their ids.
	 *
	 * @param mixed $columns
	 * @return mixed
	 */
	public static function column( $columns = null ) {
		return ! is_array( $columns ) ? $columns : $columns + array( 'slashimage' => esc_html( Decisions::manifest( 'name' ) ) );
	}

	/** Loads the script, once, for people who may see it. */
	public static function load(): void {
		if ( self::$loaded || ! is_admin() || ! current_user_can( 'upload_files' ) ) {
			return;
		}
		self::$loaded = true;
		$screen       = get_current_screen();
		$in_window    = wp_script_is( 'media-views' ) ? array( 'media-views' ) : array();
		Assets::load( 'status', 'slashimageStatus', self::data( $screen ? $screen->id : '' ), $in_window );
	}

	public static function load_on_attachment(): void {
		global $post;
		$screen = get_current_screen();
		if ( $screen && 'attachment' === $screen->id && self::is_shown( $post ) ) {
			self::load();
		}
	}

	/** Loads it with a media window, except on the site's own settings: what is chosen there is an icon or the like. */
	public static function load_in_window(): void {
		$screen = is_admin() ? get_current_screen() : null;
		if ( $screen && 0 !== strpos( $screen->base, 'options' ) ) {
			self::load();
		}
	}

	/** Whether the script is on this page: it shows the notice, too. */
	public static function is_loaded(): bool {
		return self::$loaded;
	}

	private static function data( string $screen ): array {
		$news = News::all();
		return array(
			'images'       => self::images( $screen ),
			// Only where it belongs.
			'notice'       => Notice::due( $screen ),
			'notices'      => in_array( $screen, array( 'upload', 'attachment' ), true ),
			'domain'       => Origin::shown(),
			'settings_url' => Connection_Controller::allowed() ? Screen::url() : '',
			'namespace'    => Decisions::manifest( 'restNamespace' ),
			'filter'       => State_Filter::chosen(),
			'done'         => Bulk_Actions::done(),
		) + $news;
	}

	/** The images this page begins with. Those of a grid and of a media window come with their attachments. */
	private static function images( string $screen ): array {
		global $wp_query, $post;
		if ( 'attachment' === $screen && $post ) {
			return array( Images_Controller::image( $post->ID ) );
		}
		$posts = 'upload' === $screen ? ( $wp_query->posts ?? array() ) : array();
		// Who may open the settings is told about all of them: asking for each of a hundred rows would cost more than all
		// else together, and what is done with an image is checked by its route.
		$shown = array_filter( $posts, array( self::class, Connection_Controller::allowed() ? 'is_image' : 'is_shown' ) );
		return Images_Controller::images( wp_list_pluck( $shown, 'ID' ) );
	}

	/** @param mixed $post */
	public static function is_image( $post ): bool {
		return $post instanceof \WP_Post && 0 === strpos( $post->post_mime_type, 'image/' );
	}

	/**
	 * Whether this person is told about an attachment.
	 *
	 * @param mixed $post
	 */
	public static function is_shown( $post ): bool {
		return self::is_image( $post ) && current_user_can( 'edit_post', $post->ID );
	}

	/**
	 * A box on the attachment's own screen.
	 *
	 * @param mixed $post
	 */
	public static function box( $post = null ): void {
		if ( $post instanceof \WP_Post && self::is_shown( $post ) ) {
			$name = Decisions::manifest( 'name' );
			add_meta_box( 'slashimage', esc_html( $name ), array( self::class, 'mount' ), 'attachment', 'side' );
		}
	}

	public static function mount( \WP_Post $post ): void {
		echo '<div class="slashimage-status is-details" data-id="' . (int) $post->ID . '"></div>';
	}

	/**
	 * Tells what is known of an image with its attachment, for grids and media windows.
	 *
	 * @param mixed $response
	 * @param mixed $post
	 * @return mixed
	 */
	public static function attachment( $response = null, $post = null ) {
		if ( is_array( $response ) && $post instanceof \WP_Post && self::is_shown( $post ) ) {
			$row                    = Queue::rows( array( $post->ID ) )[ $post->ID ] ?? Image_View::unknown( $post->ID );
			$response['slashimage'] = Image_View::details( $row, Connection::get() );
		}
		return $response;
	}

	/**
	 * Reads the rows of a page of attachments at once, before they are asked for one by one.
	 *
	 * @param mixed $posts
	 * @return mixed
	 */
	public static function ahead( $posts = null ) {
		$found = array_filter( is_array( $posts ) ? $posts : array(), static fn( $post ): bool => $post instanceof \WP_Post );
		if ( $found ) {
			Queue::read_ahead( wp_list_pluck( $found, 'ID' ) );
		}
		return $posts;
	}
}
