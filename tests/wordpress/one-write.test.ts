import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMuPlugin, removeMuPlugin } from './mu-plugin.ts';
import { connect } from './queue.ts';
import { site } from './site.ts';

// Key and state are one: whoever changes them is alone at it.

const native = process.env[ 'SLASHIMAGE_NATIVE' ];

beforeEach( async () => ( await site() ).reset() );

afterEach( () => removeMuPlugin( 'slow-key' ) );

const both = async () =>
	( await site() ).wp.evaluate(
		`return [ SlashImage\\Connection::fresh()['state'], SlashImage\\Key_Store::current()->source ];`
	);
const pause = ( ms: number ) => new Promise( ( resolve ) => setTimeout( resolve, ms ) );

describe.runIf( native )( 'a disconnect between the two writes of a connect', () => {
	it.each( [
		[ 'wins whole where it comes later', true, [ 'disconnected', 'none' ] ],
		[ 'loses whole where it came before', false, [ 'connected', 'database' ] ],
	] )( '%s', async ( _, isLater, wanted ) => {
		const { admin, service, wp } = await site();
		await connect();
		// Between the key and the state, whichever of the two ways: the first takes long there, the second does not.
		await addMuPlugin(
			'slow-key',
			`foreach ( [ 'update_option_slashimage_key', 'add_option_slashimage_key', 'delete_option_slashimage_key' ] as $hook ) { add_action( $hook, fn() => delete_option( 'test_slow' ) && sleep( 2 ) ); }`
		);
		await wp.evaluate( `update_option( 'test_slow', 1 );` );
		const key = service.issueKey();
		const ways = [
			() => admin.rest( 'POST', '/connection', { key } ),
			() => admin.rest( 'POST', '/connection/disconnect' ),
		];
		const [ first, second ] = isLater ? ways : ways.reverse();
		const one = first?.();
		await pause( 800 );
		await Promise.all( [ one, second?.() ] );
		expect( await both() ).toEqual( wanted );
	} );
} );
