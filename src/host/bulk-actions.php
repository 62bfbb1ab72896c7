<?php
declare( strict_types=1 );

namespace SlashImage;

/** The media list's bulk actions. What is offered, and its words, is src/status'. */
final class Bulk_Actions {
	private const PREFIX = 'slashimage_';

	/** What the address says of an action that was done. */
	private const SAYS = array( 'slashimage_done', 'slashimage_changed', 'slashimage_unchanged' );

	/**
	 * Does it, and says in the address what it came to. WordPress has checked the request's nonce; each image is this
	 * person's, or it is left alone.
	 *
	 * @param mixed $location
	 * @param mixed $name
	 * @param mixed $ids
	 * @return mixed
	 */
	public static function handle( $location = '', $name = '', $ids = array() ) {
		$action = is_string( $name ) && 0 === strpos( $name, self::PREFIX ) ? substr( $name, strlen( self::PREFIX ) ) : '';
		if ( ! is_array( $ids ) || null === Decisions::get( 'image_actions', $action ) ) {
			return $location;
		}
		$changed = 0;
		$ids     = array_filter( array_map( array( Handed::class, 'id' ), $ids ) );
		foreach ( $ids as $id ) {
			if ( null === Images_Controller::refuse( $id ) && null === Image_Action::run( $action, $id ) ) {
				++$changed;
			}
		}
		Library::count_failed();
		Schedule::next();
		return add_query_arg(
			array(
				'slashimage_done'      => $action,
				'slashimage_changed'   => $changed,
				'slashimage_unchanged' => count( $ids ) - $changed,
			),
			is_string( $location ) ? $location : admin_url( 'upload.php' )
		);
	}

	/** What the address says of a bulk action that was done; null: nothing. */
	public static function done(): ?array {
		// phpcs:disable WordPress.Security.NonceVerification -- says what was done, and does nothing.
		$action = $_GET['slashimage_done'] ?? '';
		if ( ! is_string( $action ) || null === Decisions::get( 'image_actions', $action ) ) {
			return null;
		}
		// As WordPress does with its own: the list's form notes the address, and its next action would say it again.
		$_SERVER['REQUEST_URI'] = remove_query_arg( self::SAYS );
		return array(
			'action'    => $action,
			'changed'   => absint( $_GET['slashimage_changed'] ?? 0 ),
			'unchanged' => absint( $_GET['slashimage_unchanged'] ?? 0 ),
		);
		// phpcs:enable
	}

	/**
	 * Has WordPress take it out of the address, so that a reload does not say it again.
	 *
	 * @param mixed $names
	 * @return mixed
	 */
	public static function forget( $names = null ) {
		return is_array( $names ) ? array_merge( $names, self::SAYS ) : $names;
	}
}
