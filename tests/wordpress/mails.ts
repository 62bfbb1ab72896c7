import type { At } from './clock.ts';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { site } from './site.ts';

export interface Mail {
	to: string;
	subject: string;
	message: string;
}

/** Has the site keep its e-mails instead of sending them. The option `test_mailer_fails` breaks its mailer. */
export const collectMails = async ( at?: At ) => {
	await addMuPlugin( 'mails', collect, at );
	await ( at ?? ( await site() ) ).wp.evaluate(
		`global $wpdb; $wpdb->query( "DELETE FROM {$wpdb->base_prefix}options WHERE option_name LIKE 'test_sent_%'" ); delete_option( 'test_mailer_fails' );`
	);
};

export const stopCollecting = ( at?: At ) => removeMuPlugin( 'mails', at );

/** What was sent, oldest first; of a network, from all its sites. */
export const mails = async ( at?: At ): Promise< Mail[] > =>
	( await ( at ?? ( await site() ) ).wp.evaluate(
		`global $wpdb; return array_map( 'json_decode', $wpdb->get_col( "SELECT option_value FROM {$wpdb->base_prefix}options WHERE option_name LIKE 'test_sent_%' ORDER BY option_id" ) );`
	) ) as Mail[];

// A row each: two that are sent at the same time must both be found.
const collect = `
add_filter( 'pre_wp_mail', function ( $sent, $mail ) {
	global $wpdb;
	if ( get_option( 'test_mailer_fails' ) ) {
		return false;
	}
	$row = [ 'option_name' => uniqid( 'test_sent_', true ), 'option_value' => wp_json_encode( $mail ), 'autoload' => 'off' ];
	return (bool) $wpdb->insert( $wpdb->base_prefix . 'options', $row );
}, 10, 2 );`;
