<?php
declare( strict_types=1 );

namespace SlashImage;

/** REST: the images in the queue. */
final class Images_Controller {
	private const MOST_IDS = 200;

	/** Seconds in which an open screen begins with further images. */
	private const STEP = 2;

	/** What can be done with every image at once. */
	private const ON_ALL = array( 'optimize', 'retry' );

	public static function register(): void {
		$namespace = Decisions::manifest( 'restNamespace' );
		register_rest_route( $namespace, '/images', self::route( 'GET', 'list', 'may_upload' ) );
		register_rest_route( $namespace, '/images/summary', self::route( 'GET', 'summary', 'may_upload' ) );
		register_rest_route( $namespace, '/images/(?P<id>\d+)', self::route( 'GET', 'one', 'may_upload' ) );
		register_rest_route( $namespace, '/images/(?P<id>\d+)/(?P<action>[^/]+)', self::route( 'POST', 'act', 'may_upload' ) );
		register_rest_route( $namespace, '/images/stop', self::route( 'POST', 'stop', 'may_manage' ) );
		register_rest_route( $namespace, '/images/work', self::route( 'POST', 'work', 'may_manage' ) );
		register_rest_route( $namespace, '/images/(?P<action>[^/]+)', self::route( 'POST', 'act_on_all', 'may_manage' ) );
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
		$ids    = array_filter( $ids, static fn( int $id ): bool => null === self::refuse( $id ) );
		$images = self::images( $ids );
		if ( array_intersect( array( 'waiting', 'optimizing' ), array_column( $images, 'state' ) ) ) {
			Schedule::mend();
		}
		return array( 'images' => $images ) + News::all();
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
		$id = self::id( $request );
		return self::refuse( $id ) ?? self::image( $id );
	}

	/** How the images of this site are, and whether nobody but an open screen works on them. */
	public static function summary(): array {
		$summary = Queue::summary();
		$waits   = $summary['waiting'] + $summary['optimizing'] > 0;
		if ( $waits ) {
			Schedule::mend();
		}
		return array( 'revision' => Rest::now(), 'silent' => $waits && self::may_manage() && Loopback::is_silent() ) + $summary;
	}

	/** Works the queue for a moment: nobody else does, and this person's screen is open. */
	public static function work(): array {
		// What is under way is paid for, also when the page is left.
		ignore_user_abort( true );
		Worker::run( self::STEP, true );
		return self::summary();
	}

	/** @return array|\WP_Error */
	public static function act( \WP_REST_Request $request ) {
		$id     = self::id( $request );
		$action = self::action( $request );
		if ( null === Decisions::get( 'image_actions', $action ) ) {
			return Rest_Error::request( 'action_unknown', 400 );
		}
		$error = self::refuse( $id ) ?? Image_Action::run( $action, $id );
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
		return self::summary();
	}

	/** @return array|\WP_Error */
	public static function act_on_all( \WP_REST_Request $request ) {
		$action = self::action( $request );
		if ( ! in_array( $action, self::ON_ALL, true ) ) {
			return Rest_Error::request( 'action_unknown', 400 );
		}
		Image_Action::run_all( $action );
		return self::summary();
	}

	/** Why this person may not have to do with an image; null: they may. */
	public static function refuse( int $id ): ?\WP_Error {
		if ( 0 === Handed::attachment( $id ) ) {
			return Rest_Error::request( 'image_not_found', 404 );
		}
		if ( ! Status::is_image( get_post( $id ) ) ) {
			return Rest_Error::request( 'not_an_image', 400 );
		}
		return current_user_can( 'edit_post', $id ) ? null : Rest_Error::request( 'forbidden', 403 );
	}

	/** The image the address names: what is sent along may name another one. 0 where it can be none. */
	private static function id( \WP_REST_Request $request ): int {
		return Handed::id( $request->get_url_params()['id'] ?? 0 );
	}

	private static function action( \WP_REST_Request $request ): string {
		return (string) ( $request->get_url_params()['action'] ?? '' );
	}

	private static function route( string $method, string $callback, string $permission ): array {
		return array(
			'methods'             => $method,
			'callback'            => array( self::class, $callback ),
			'permission_callback' => array( self::class, $permission ),
		);
	}
}
