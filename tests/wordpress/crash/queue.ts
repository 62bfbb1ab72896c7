import { expect } from 'vitest';
import { addMuPlugin, removeMuPlugin } from '../mu-plugin.ts';
import { connect } from '../queue.ts';
import { askedAgain, site, type Row } from '../site.ts';

/** Has nobody begin to work by itself: who works, and when, is the test's to say. */
export const beStill = () =>
	addMuPlugin(
		'still',
		`add_filter( 'pre_http_request', fn( $answer, $arguments, $url ) => strpos( $url, 'admin-ajax.php' ) ? [ 'headers' => [], 'body' => '', 'response' => [ 'code' => 200, 'message' => '' ], 'cookies' => [], 'filename' => null ] : $answer, 10, 3 );`
	);

export const beAlive = () => removeMuPlugin( 'still' );

/**
 * As if all was over that lasts: leases, locks and delays. Whoever takes a lock over waits a while before it sends
 * anything; a hundred times that is too long, so the lock goes unless it is `kept`.
 */
export const later = async ( lock: 'kept' | 'gone' = 'gone' ) => {
	await aged();
	if ( lock === 'gone' ) {
		await (
			await site()
		).wp.evaluate(
			`delete_option( 'slashimage_worker.lock' ); $state = SlashImage\\Connection::fresh(); update_option( 'slashimage_connection', [ 'ended' => 0 ] + $state );`
		);
	}
};

const aged = async () =>
	( await site() ).wp.evaluate( `
		global $wpdb;
		$wpdb->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET due_at = 1 WHERE state IN ('waiting', 'optimizing')" );
		$wpdb->query( "UPDATE $wpdb->options SET option_value = CONCAT( SUBSTRING_INDEX( option_value, ' ', 1 ) - 300, SUBSTRING( option_value, LOCATE( ' ', option_value ) ) ) WHERE option_name = 'slashimage_worker.lock'" );
		$state = SlashImage\\Connection::fresh();
		foreach ( $state['holds'] as &$hold ) { $hold['until'] = null === $hold['until'] ? null : time() - 1; }
		update_option( 'slashimage_connection', $state );` );

/** Back to a fresh installation, connected, with credits for all that is to come. */
export async function fresh(): Promise< void > {
	const { reset, service } = await site();
	await reset();
	service.setCredits( { limit: null, used: 0 } );
	await connect();
}

/** A person asks for all of these again: what came before was paid for, and what comes is asked for. */
export async function ask( ids: number[] ): Promise< void > {
	await askedAgain();
	await ( await site() ).wp.evaluate( `SlashImage\\Queue::start( [ 'not_optimized', 'failed' ], [ ${ ids } ] );` );
}

export const atRest = ( rows: Row[] ) => rows.every( ( { state } ) => ! [ 'waiting', 'optimizing' ].includes( state ) );

/** How often each content came, of those that came more than once. */
export async function again(): Promise< Map< string, number > > {
	const counts = new Map< string, number >();
	for ( const { hash } of ( await site() ).service.files ) {
		counts.set( hash, ( counts.get( hash ) ?? 0 ) + 1 );
	}
	return new Map( [ ...counts ].filter( ( [ , count ] ) => count > 1 ) );
}

/** Of `kills` at most one group each came a second time, and nothing a third time. */
export async function expectSentOnce( kills: number, when: string ): Promise< void > {
	const twice = await again();
	expect( Math.max( 2, ...twice.values() ), `${ when }: no content came more than twice` ).toBe( 2 );
	expect( twice.size, `${ when }: only what was under way came twice` ).toBeLessThanOrEqual( 4 * kills );
	// Counted; the answers went out, to nobody.
	await askedAgain();
}
