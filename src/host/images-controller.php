<?php
declare( strict_types=1 );

namespace SlashImage;

/** REST: the images in the queue. */
final class Images_Controller {
	private const MOST_IDS = 200;

	public static function register(): void {
		$namespace = Decisions::manifest( 'restNamespace' );
		register_rest_route( $namespace, '/images', self::route( 'GET', 'list', 'may_upload' ) );
		register_rest_route( $namespace, '/images/summary', self::route( 'GET', 'summary', 'may_upload' ) );
		register_rest_route( $namespace, '/images/(?P<id>\d+)/retry', self::route( 'POST', 'retry', 'may_upload' ) );
		register_rest_route( $namespace, '/images/retry', self::route( 'POST', 'retry_all', 'may_manage' ) );
	}

	public static function may_upload(): bool {
		return current_user_can( 'upload_files' );
	}

	public static function may_manage(): bool {
		return Connection_Controller::allowed();
	}

	/** One image as it crosses REST. */
	public static function image( object $row ): array {
		$waits = 'optimizing' === $row->state && (int) $row->due_at <= time();
		return array(
			'id'           => (int) $row->attachment_id,
			// A claim whose lease has ended is nobody's work: the image waits.
			'state'        => $waits ? 'waiting' : $row->state,
			'cause'        => '' === $row->cause ? null : $row->cause,
			'bytes_before' => (int) $row->bytes_before,
			'bytes_after'  => (int) $row->bytes_after,
		);
	}

	/** @return array|\WP_Error */
	public static function list( \WP_REST_Request $request ) {
		$ids = $request['ids'] ?? null;
		if ( ! is_string( $ids ) || ! preg_match( '/^\d{1,18}(,\d{1,18})*$/', $ids ) || substr_count( $ids, ',' ) >= self::MOST_IDS ) {
			return Rest_Error::request( 'ids_invalid', 400 );
		}
		$ids = array_map( 'intval', explode( ',', $ids ) );
		_prime_post_caches( $ids, false, false );
		foreach ( $ids as $id ) {
			$error = self::refuse( $id );
			if ( $error ) {
				return $error;
			}
		}
		return array_map( array( self::class, 'image' ), array_values( Queue::rows( $ids ) ) );
	}

	public static function summary(): array {
		return Queue::summary();
	}

	/** @return array|\WP_Error */
	public static function retry( \WP_REST_Request $request ) {
		$id    = (int) $request['id'];
		$error = self::refuse( $id );
		if ( $error ) {
			return $error;
		}
		if ( 0 === Queue::retry( $id ) ) {
			return Rest_Error::request( 'image_not_failed', 409 );
		}
		$image = self::image( Queue::rows( array( $id ) )[ $id ] );
		Schedule::next();
		return $image;
	}

	public static function retry_all(): array {
		Queue::retry();
		Schedule::next();
		return Queue::summary();
	}

	private static function refuse( int $id ): ?\WP_Error {
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
