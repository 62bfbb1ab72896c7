import type { WordPress } from '../../sandbox/wordpress/playground.ts';
import { addMuPlugin } from './mu-plugin.ts';
import { site } from './site.ts';

/** Where: the site of this test run, unless another one is given. */
export interface At {
	wp: Pick< WordPress, 'url' | 'evaluate' >;
}

/**
 * Lets time pass for the plugin: all it has stored moves into the past, and then somebody visits the site, as in life,
 * for as long as something is due.
 */
export async function passTime( seconds: number, at?: At ): Promise< void > {
	const { wp } = at ?? ( await site() );
	await wp.evaluate( `$seconds = ${ seconds };${ moveBack }` );
	await visit( at );
}

/** Asks wp-cron.php, as WordPress has a visitor do, and again while something of ours is due. */
export async function visit( at?: At ): Promise< void > {
	const { wp } = at ?? ( await site() );
	await addMuPlugin( 'visits', tellEnd, { wp } );
	for ( let visits = 0; visits < 10; visits++ ) {
		const id = crypto.randomUUID();
		await fetch( `${ wp.url }/wp-cron.php?visit=${ id }` );
		await ended( wp, id );
		if ( ! ( await wp.evaluate( isDue ) ) ) {
			return;
		}
	}
	throw new Error( 'Something is due again and again.' );
}

/** The answer of wp-cron.php comes first: PHP-FPM lets go of the visitor before it works. */
async function ended( wp: At[ 'wp' ], id: string ): Promise< void > {
	for ( let tries = 0; tries < 400; tries++ ) {
		if ( ( await wp.evaluate( 'return get_option( "test_visit" );' ) ) === id ) {
			return;
		}
		await new Promise( ( resolve ) => setTimeout( resolve, 50 ) );
	}
	throw new Error( 'WP-Cron did not come to its end.' );
}

/** Seconds until an event; null where there is none. */
export async function planned( hook: string ): Promise< number | null > {
	const { wp } = await site();
	const seconds = await wp.evaluate( `$at = wp_next_scheduled( '${ hook }' ); return $at ? $at - time() : null;` );
	return seconds as number | null;
}

const tellEnd = `
add_action( 'shutdown', function () {
	if ( wp_doing_cron() && isset( $_GET['visit'] ) ) {
		update_option( 'test_visit', $_GET['visit'], false );
	}
}, 1000 );`;

const isDue = `
	foreach ( _get_cron_array() as $at => $hooks ) {
		if ( $at <= time() && preg_grep( '/^slashimage_/', array_keys( $hooks ) ) ) {
			return true;
		}
	}
	return false;`;

// Of a network: every site, and what the network keeps.
const moveBack = `
	// A lock says whose it is after its time.
	$earlier = fn( $at ) => is_string( $at ) ? preg_replace_callback( '/^\\d+/', fn( $found ) => $found[0] - $seconds, $at ) : ( $at ? $at - $seconds : $at );
	$back    = function ( $name, $change ) {
		global $wpdb;
		$stored = maybe_unserialize( $wpdb->get_var( "SELECT option_value FROM $wpdb->options WHERE option_name = '$name'" ) );
		if ( $stored ) {
			$wpdb->update( $wpdb->options, [ 'option_value' => maybe_serialize( $change( $stored ) ) ], [ 'option_name' => $name ] );
		}
	};
	$move = function () use ( $seconds, $earlier, $back ) {
		$back( 'cron', function ( $cron ) use ( $seconds ) {
			foreach ( $cron as $at => $hooks ) {
				foreach ( is_array( $hooks ) ? $hooks : [] as $hook => $events ) {
					if ( 0 === strpos( $hook, 'slashimage_' ) ) {
						unset( $cron[ $at ][ $hook ] );
						$cron[ $at - $seconds ][ $hook ] = $events;
					}
				}
			}
			ksort( $cron, SORT_NUMERIC );
			return array_filter( $cron );
		} );
		$back( 'slashimage_connection', function ( $state ) use ( $earlier ) {
			foreach ( [ 'since', 'checked_at', 'verified_at' ] as $time ) {
				$state[ $time ] = $earlier( $state[ $time ] );
			}
			foreach ( $state['holds'] as $reason => $hold ) {
				$state['holds'][ $reason ]['until'] = $earlier( $hold['until'] );
				$state['holds'][ $reason ]['since'] = $earlier( $hold['since'] );
			}
			return $state;
		} );
		foreach ( [ '_transient_timeout_slashimage_asked', 'slashimage_worked', 'slashimage_worker.lock', 'slashimage_mail.lock' ] as $name ) {
			$back( $name, $earlier );
		}
		$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET added_at = added_at - $seconds, due_at = CASE WHEN due_at > $seconds THEN due_at - $seconds ELSE due_at END" );
		wp_cache_flush();
	};
	foreach ( is_multisite() ? get_sites( [ 'fields' => 'ids' ] ) : [] as $site ) {
		$noted = get_site_meta( $site, 'slashimage', true );
		$noted && update_site_meta( $site, 'slashimage', [ 'since' => $noted['since'] - $seconds ] + $noted );
		SlashImage\\Network::at( $site, $move );
	}
	is_multisite() || $move();
	$told = get_site_option( 'slashimage_mail' );
	$told && update_site_option( 'slashimage_mail', array_map( $earlier, $told ) );`;
