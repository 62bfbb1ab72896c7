<?php
/**
 * A media library of any size, written by the database itself: what WordPress would have stored, without the files.
 */

namespace Bench\Library;

defined( 'ABSPATH' ) || exit;

/** Ids are known beforehand: posts that the images are in, and the images. */
const PARENTS = 500;
const FIRST   = 1000;

/** How the states are mixed: an expression for the row's state and one for its cause. `n`: 1 to `$size`, the newest last. */
function mix( string $name, int $size ): array {
	$newest = "n > $size DIV 2";
	$mixes  = array(
		'realistic' => array(
			"CASE WHEN h < 900 THEN 'optimized' WHEN h < 950 THEN 'waiting' WHEN h < 951 THEN 'failed' WHEN h < 952 THEN 'optimizing' ELSE 'not_optimized' END",
			"CASE WHEN h >= 950 THEN IF(h < 951, 'write_failed', '') WHEN h >= 940 THEN 'invalid_key' WHEN h >= 930 THEN 'monthly_limit_reached' ELSE '' END",
		),
		// The newest half waits, and the list begins with it.
		'half'      => array( "IF($newest, 'waiting', 'optimized')", "''" ),
		// All wait, and a few of them are another state's.
		'few'       => array( "'waiting'", "CASE WHEN n <= 3 THEN 'invalid_key' WHEN n <= 6 THEN 'monthly_limit_reached' ELSE '' END" ),
		// All wait, and the half that the list begins with is another state's.
		'refused'   => array( "'waiting'", "IF($newest, 'invalid_key', '')" ),
		'credits'   => array( "'waiting'", "IF($newest, 'monthly_limit_reached', '')" ),
	);
	return $mixes[ $name ];
}

/** Has the library grow to this many attachments. */
function grow( int $from, int $to ): void {
	global $wpdb;
	$dated = "'2015-01-01' + INTERVAL seq * 53 MINUTE";
	$type  = "CASE WHEN seq % 100 = 7 THEN 'image/tiff' WHEN seq % 33 = 0 THEN 'application/pdf' WHEN seq % 20 = 0 THEN 'image/png' ELSE 'image/jpeg' END";
	$name  = "CONCAT(ELT(1 + seq % 4, 'Harbour', 'Forest', 'Street', 'Portrait'), ' ', seq)";
	$posts = 'post_author, post_date, post_date_gmt, post_modified, post_modified_gmt, post_content, post_excerpt, to_ping, pinged, post_content_filtered';
	$same  = "1, $dated, $dated, $dated, $dated, '', '', '', '', ''";
	run(
		"REPLACE INTO {$wpdb->posts} (ID, $posts, post_title, post_name, post_status, post_type, post_mime_type)
		SELECT " . PARENTS . " + seq, $same, CONCAT('Post ', seq), CONCAT('post-', seq), 'publish', 'post', '' FROM seq_0_to_199",
		"INSERT INTO {$wpdb->posts} (ID, $posts, post_title, post_name, guid, post_parent, post_status, post_type, post_mime_type)
		SELECT " . FIRST . " + seq, $same, $name, LOWER(REPLACE($name, ' ', '-')), CONCAT('http://example.org/?attachment_id=', seq),
			IF(seq % 3, 0, " . PARENTS . " + seq % 200), 'inherit', 'attachment', $type FROM seq_{$from}_to_{$to}"
	);
	foreach ( meta() as $key => $value ) {
		// The name in the example has as many characters as each that takes its place.
		$filled = $wpdb->prepare( '%s', $value );
		$filled = "REPLACE(REPLACE($filled, '2000/01', DATE_FORMAT($dated, '%Y/%m')), '000000', LPAD(seq, 6, '0'))";
		run( "INSERT INTO {$wpdb->postmeta} (post_id, meta_key, meta_value) SELECT " . FIRST . " + seq, '$key', $filled FROM seq_{$from}_to_{$to}" );
	}
	run( "ANALYZE TABLE {$wpdb->posts}, {$wpdb->postmeta}" );
	wp_cache_flush();
}

/** Writes the queue's table anew, one row an image. */
function fill( string $mix, int $size ): void {
	global $wpdb;
	list( $state, $cause ) = mix( $mix, $size );
	$table = \SlashImage\Queue::table();
	run(
		"TRUNCATE $table",
		"INSERT INTO $table (attachment_id, state, cause, due_at, added_at, bytes_before, bytes_after, dated)
		SELECT ID, IF(post_mime_type = 'image/tiff', 'unsupported', $state), IF(post_mime_type = 'image/tiff', 'type_not_supported', $cause),
			UNIX_TIMESTAMP() + IF(h = 951, 600, -n), UNIX_TIMESTAMP() - n, 300000 + n, 200000 + n, post_date
		FROM (
			SELECT ID, ID - " . FIRST . " AS n, CRC32(ID) % 1000 AS h, post_mime_type, post_date
			FROM {$wpdb->posts} WHERE post_type = 'attachment' AND post_mime_type LIKE 'image/%'
		) AS images",
		"ANALYZE TABLE $table"
	);
	update_option( \SlashImage\Library::OPTION, -1, true );
	\SlashImage\Library::count_failed();
}

function connect( string $state ): void {
	$refused = array(
		'reason'  => 'key',
		'outcome' => 'invalid_key',
	);
	$about   = array(
		'state'  => $state,
		'origin' => \SlashImage\Origin::current(),
	);
	update_option( \SlashImage\Connection::OPTION, $about + ( 'reconnect' === $state ? $refused : array() ) + \SlashImage\Connection::get() );
}

/** The meta of a photo with five sizes. */
function meta(): array {
	$sizes = array();
	foreach ( array( 'medium' => 300, 'large' => 1024, 'thumbnail' => 150, 'medium_large' => 768, '1536x1536' => 1536 ) as $size => $width ) {
		$sizes[ $size ] = array(
			'file'      => "photo-000000-{$width}x{$width}.jpg",
			'width'     => $width,
			'height'    => $width,
			'mime-type' => 'image/jpeg',
			'filesize'  => 100 * $width,
		);
	}
	$file = '2000/01/photo-000000.jpg';
	return array(
		'_wp_attached_file'       => $file,
		'_wp_attachment_metadata' => serialize( compact( 'file', 'sizes' ) + array( 'width' => 2400, 'height' => 2400, 'filesize' => 800000 ) ), // phpcs:ignore
	);
}

function run( string ...$statements ): void {
	global $wpdb;
	foreach ( $statements as $statement ) {
		if ( false === $wpdb->query( $statement ) ) {
			throw new \Exception( $wpdb->last_error );
		}
	}
}
