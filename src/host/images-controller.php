<?php
declare( strict_types=1 );

namespace SlashImage;

/** REST: the images in the queue. */
final class Images_Controller {
	private const MOST_IDS = 200;

	public static function register(): void {
		$namespace = Decisions::manifest( 'restNamespace' );
		$actions   = implode( '|', array_keys( Decisions::get( 'image_actions' ) ) );
		register_rest_route( $namespace, '/images', self::route( 'GET', 'list', 'may_upload' ) );
		register_rest_route( $namespace, '/images/summary', self::route( 'GET', 'summary', 'may_upload' ) );
		register_rest_route( $namespace, '/images/(?P<id>\d+)', self::route( 'GET', 'one', 'may_upload' ) );
		register_rest_route( $namespace, "/images/(?P<id>\d+)/(?P<action>$actions)", self::route( 'POST', 'act', 'may_upload' ) );
		register_rest_route( $namespace, '/images/stop', self::route( 'POST', 'stop', 'may_manage' ) );
		register_rest_route( $namespace, '/images/(?P<action>optimize|retry)', self::route( 'POST', 'act_on_all', 'may_manage' ) );
	}

	public static function may_upload(): bool {
		return current_user_can( 'upload_files' );
	}

	public static function may_manage(): bool {
		return Connection_Controller::allowed();
	}

	/**
	 * What a page that shows these images has to know: the images, and what is new besides. Left out are those that are
	 * gone, and those of others: one of them must not keep the rest from being told.
	 *
	 * @return array|\WP_Error
	 */
	public static function list( \WP_REST_Request $request ) {
		$ids = $request['ids'] ?? null;
		if ( ! is_string( $ids ) || ! preg_match( '/^\d{1,18}(,\d{1,18})*$/', $ids ) || substr_count( $ids, ',' ) >= self::MOST_IDS ) {
			return Rest_Error::request( 'ids_invalid', 400 );
		}
		$ids = array_map( 'intval', explode( ',', $ids ) );
		_prime_post_caches( $ids, false, false );
		$ids = array_filter( $ids, static fn( int $id ): bool => null === self::refuse( $id ) );
		return array( 'images' => self::images( $ids ) ) + News::all();
	}

	/**
	 * These images as they cross REST, in one query.
	 *
	 * @param int[] $ids
	 */
	public static function images( array $ids ): array {
		$rows       = Queue::rows( $ids );
		$connection = Connection::get();
		return array_map(
			static fn( int $id ): array => Image_View::rest( $rows[ $id ] ?? Image_View::unknown( $id ), $connection ),
			array_values( $ids )
		);
	}

	/** One image with its files. */
	public static function image( int $id ): array {
		return Image_View::details( Queue::rows( array( $id ) )[ $id ] ?? Image_View::unknown( $id ), Connection::get() );
	}

	/** @return array|\WP_Error */
	public static function one( \WP_REST_Request $request ) {
		return self::refuse( (int) $request['id'] ) ?? self::image( (int) $request['id'] );
	}

	public static function summary(): array {
		return Queue::summary();
	}

	/** @return array|\WP_Error */
	public static function act( \WP_REST_Request $request ) {
		$id    = (int) $request['id'];
		$error = self::refuse( $id ) ?? Image_Action::run( $request['action'], $id );
		if ( $error ) {
			return $error;
		}
		$image = self::image( $id );
		Library::count_failed();
		Schedule::next();
		return $image;
	}

	/** Takes what waits out of the queue: somebody started it by mistake, or needs the credits elsewhere. */
	public static function stop(): array {
		Queue::stop();
		return Queue::summary();
	}

	public static function act_on_all( \WP_REST_Request $request ): array {
		Image_Action::run_all( $request['action'] );
		return Queue::summary();
	}

	/** Why this person may not have to do with an image; null: they may. */
	public static function refuse( int $id ): ?\WP_Error {
		if ( 'attachment' !== get_post_type( $id ) ) {
			return Rest_Error::request( 'image_not_found', 404 );
		}
		return current_user_can( 'edit_post', $id ) ? null : Rest_Error::request( 'forbidden', 403 );
	}

	private static function route( string $method, string $callback, string $permission ): array {
		return array(
			'methods'             => $method,
			'callback'            => array( self::class, $callback ),
			'permission_callback' => array( self::class, $permission ),
		);
	}
}
