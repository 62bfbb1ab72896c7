import { site } from './site.ts';

export interface Placed {
	state?: string;
	cause?: string;
	title?: string;
	/** As in the posts table; each a second after the one before, unless given. */
	date?: string;
	author?: string;
	mime?: string;
	/** What its file's name ends with, unless it is what the type says. */
	extension?: string;
	parent?: number;
	status?: string;
}

/**
 * Puts images without files straight into the database, with a row of the queue each unless its state is left out: what
 * only looks at rows needs no more, and no hook of the plugin hears of it. Returns their ids.
 */
export const place = async ( images: Placed[] ): Promise< number[] > => {
	const json = Buffer.from( JSON.stringify( images ) ).toString( 'base64' );
	return ( await (
		await site()
	).wp.evaluate( `$images = json_decode( base64_decode( '${ json }' ), true );${ insert }` ) ) as number[];
};

const insert = `
	global $wpdb;
	return array_map( function ( $number, $image ) use ( $wpdb ) {
		$date = $image['date'] ?? gmdate( 'Y-m-d H:i:s', strtotime( '2024-05-01 12:00:00 UTC' ) + $number );
		$wpdb->insert( $wpdb->posts, [
			'post_title'     => $image['title'] ?? "Image $number",
			'post_name'      => uniqid( 'image-' ),
			'post_type'      => 'attachment',
			'post_status'    => $image['status'] ?? 'inherit',
			'post_mime_type' => $image['mime'] ?? 'image/jpeg',
			'post_parent'    => $image['parent'] ?? 0,
			'post_author'    => isset( $image['author'] ) ? get_user_by( 'login', $image['author'] )->ID : 1,
			'post_date'      => $date,
			'post_date_gmt'  => $date,
			'post_modified'  => $date,
			'post_modified_gmt' => $date,
			'post_content' => '', 'post_excerpt' => '', 'to_ping' => '', 'pinged' => '', 'post_content_filtered' => '',
		] );
		$id = $wpdb->insert_id;
		$type = substr( strstr( $image['mime'] ?? 'image/jpeg', '/' ), 1 );
		$extension = $image['extension'] ?? ( [ 'jpeg' => 'jpg', 'svg+xml' => 'svg' ][ $type ] ?? $type );
		add_post_meta( $id, '_wp_attached_file', "2024/05/image-$id.$extension" );
		if ( isset( $image['state'] ) ) {
			$wpdb->insert( SlashImage\\Queue::table(), [ 'attachment_id' => $id, 'state' => $image['state'], 'cause' => $image['cause'] ?? '', 'due_at' => time() + ( 'optimizing' === $image['state'] ? 500 : 3000 ), 'dated' => $date ] );
		}
		return $id;
	}, array_keys( $images ), $images );`;
