<?php
declare( strict_types=1 );

namespace SlashImage;

/** The media list's column: a mount point a row. */
final class Column {
	public static function add( array $columns ): array {
		return $columns + array( 'slashimage' => esc_html( Decisions::manifest( 'name' ) ) );
	}

	public static function mount( string $column, int $id ): void {
		if ( 'slashimage' === $column && Status::is_shown( get_post( $id ) ) ) {
			echo '<div class="slashimage-status" data-id="' . (int) $id . '"></div>';
		}
	}
}
