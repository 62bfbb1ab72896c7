<?php
declare( strict_types=1 );

namespace SlashImage;

/** The media list's filter by state, from the address: `upload.php?mode=list&slashimage_state=failed`. */
final class State_Filter {
	public const PARAMETER = 'slashimage_state';

	/** The state in the address; empty: none, or one there is not. */
	public static function chosen(): string {
		$state = wp_unslash( $_GET[ self::PARAMETER ] ?? '' ); // phpcs:ignore -- reads only, and is one of the table's words.
		return is_string( $state ) && in_array( $state, Decisions::get( 'image_states' ), true ) ? $state : '';
	}

	/** Where the filter is drawn, beside the one by date. */
	public static function mount(): void {
		echo '<span id="slashimage-filter"></span>';
	}

	/**
	 * Answers the list's own query from the queue's table, where nothing but the state, the date's order and the page is
	 * asked for: counting and sorting a hundred thousand posts takes seconds, an index none.
	 *
	 * @param mixed $posts Null, or what another plugin found.
	 * @param mixed $query
	 * @return mixed
	 */
	public static function find( $posts = null, $query = null ) {
		if ( null !== $posts || ! self::is_on( $query ) || ! self::is_plain( $query ) ) {
			return $posts;
		}
		$where   = self::where();
		$number  = (int) $query->get( 'posts_per_page' );
		$offset  = $number * ( max( 1, (int) $query->get( 'paged' ) ) - 1 );
		$order   = 'ASC' === strtoupper( (string) $query->get( 'order' ) ) ? 'ASC' : 'DESC';
		$ids     = Queue::page( $where, $order, $number, $offset );
		$in_all  = Queue::count( $where );

		$query->found_posts   = $in_all;
		$query->max_num_pages = (int) ceil( $in_all / $number );
		_prime_post_caches( $ids, true, true );
		// Without those that were deleted behind WordPress's back.
		return array_values( array_filter( $ids, 'get_post' ) );
	}

	/**
	 * Together with a search, a date, a type or another order: WordPress's own query, narrowed.
	 *
	 * @param mixed $where
	 * @param mixed $query
	 * @return mixed
	 */
	public static function narrow( $where = null, $query = null ) {
		global $wpdb;
		// WordPress takes null and false for nothing to narrow by, and so do we.
		if ( ( null !== $where && ! is_scalar( $where ) ) || ! self::is_on( $query ) ) {
			return $where;
		}
		$table = Queue::table();
		return $where . " AND {$wpdb->posts}.ID IN (SELECT attachment_id FROM $table WHERE " . self::where() . ')';
	}

	private static function where(): string {
		$where = Image_View::where( self::chosen(), Connection::get()['state'] );
		if ( preg_match( '/waiting|optimizing/', $where ) ) {
			// A lease may have ended since a worker was here.
			Queue\Claim::heal();
		}
		return $where;
	}

	/** @param mixed $query */
	private static function is_on( $query ): bool {
		return $query instanceof \WP_Query && $query->is_main_query() && '' !== self::chosen();
	}

	/** Whether every image of the state is wanted, and by date. Images in the trash, or not for everybody, are posts' matter. */
	private static function is_plain( \WP_Query $query ): bool {
		// A date, an author, a category; what other plugins narrow by, a language or a folder.
		if ( $query->is_archive() || $query->is_singular() || has_filter( 'posts_where' ) || has_filter( 'posts_join' ) || has_filter( 'posts_clauses' ) ) {
			return false;
		}
		foreach ( array( 's', 'post_mime_type', 'post_parent', 'post__in', 'post__not_in', 'meta_key', 'meta_query', 'tax_query' ) as $name ) {
			// A parent of 0 is asked for (images that are nowhere used), as is a search for it.
			if ( ! in_array( $query->get( $name ), array( '', array() ), true ) ) {
				return false;
			}
		}
		$by = $query->get( 'orderby' );
		return ! MEDIA_TRASH && current_user_can( 'read_private_posts' ) && $query->get( 'posts_per_page' ) > 0
			&& ( ! $by || 'date' === $by );
	}
}
