<?php
declare( strict_types=1 );

namespace SlashImage;

/** The media library's column: a mount point a row, and the data of all rows in one query. */
final class Column {
	public static function add( array $columns ): array {
		return $columns + array( 'slashimage' => esc_html( Decisions::manifest( 'name' ) ) );
	}

	public static function mount( string $column, int $id ): void {
		if ( 'slashimage' === $column && 0 === strpos( (string) get_post_mime_type( $id ), 'image/' ) ) {
			echo '<span class="slashimage-status" data-id="' . (int) $id . '"></span>';
		}
	}

	/** Loads the script with the rows on this page. WordPress has read them by now where the library is a list. */
	public static function assets(): void {
		global $wp_query;
		$ids = wp_list_pluck( $wp_query->posts ?? array(), 'ID' );
		if ( ! $ids ) {
			return;
		}
		$state = Connection::get();
		Assets::load(
			'status',
			'slashimageStatus',
			array(
				'connection'   => array(
					'state' => $state['state'],
					'hold'  => Hold::is_on( $state ) ? $state['hold'] : null,
				),
				'images'       => array_map( array( Images_Controller::class, 'image' ), array_values( Queue::rows( $ids ) ) ),
				'settings_url' => Connection_Controller::allowed() ? Screen::url() : '',
				'namespace'    => Decisions::manifest( 'restNamespace' ),
			)
		);
	}
}
