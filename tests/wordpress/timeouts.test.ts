import { beforeAll, describe, expect, it } from 'vitest';
import { site } from './site.ts';

// How long one file may take is the site's to say. A lease or a lock never ends while an answer may be on its way.

const evaluate = async ( code: string ) => ( await site() ).wp.evaluate( code );

describe( 'the time one file may take', () => {
	// Not connected: nobody is at the images but these tests.
	beforeAll( async () => ( await site() ).reset() );

	it.each( [
		[ '45', 180 ],
		[ '300', 660 ],
		[ '900', 1860 ],
		[ '1', 180 ],
	] )( 'of %s seconds: an image is claimed for %s', async ( seconds, lease ) => {
		const { upload } = await site();
		const [ id ] = await upload( 1 );
		expect(
			await evaluate( `
			add_filter( 'slashimage_optimize_timeout', fn() => ${ seconds } );
			$GLOBALS['wpdb']->update( SlashImage\\Queue::table(), [ 'state' => 'waiting', 'lease' => '', 'due_at' => 1, 'priority' => 0 ], [ 'attachment_id' => ${ id } ] );
			$claim = SlashImage\\Queue\\Claim::take();
			$row   = SlashImage\\Queue::rows( [ $claim->id ] )[ $claim->id ];
			$lasts = (int) $row->due_at - time();
			$claim->give_back();
			wp_delete_attachment( ${ id }, true );
			return abs( $lasts - ${ lease } ) < 3 ? ${ lease } : $lasts;` )
		).toBe( lease );
	} );

	it.each( [
		[ 45, 119, false ],
		[ 45, 125, true ],
		[ 300, 370, false ],
		[ 300, 380, true ],
		[ 300, -370, false ],
		[ 300, -380, true ],
	] )( 'of %s seconds: a lock that was renewed %s seconds ago is taken over: %s', async ( seconds, age, isTaken ) => {
		expect(
			await evaluate( `
			add_filter( 'slashimage_optimize_timeout', fn() => ${ seconds } );
			update_option( 'test.lock', ( time() - ${ age } ) . ' somebody', false );
			$lock = SlashImage\\Lock::take( 'test' );
			delete_option( 'test.lock' );
			return null !== $lock;` )
		).toBe( isTaken );
	} );

	it.each( [ 'null', 'false', `'soon'`, '0', '-5', '[]', 'new stdClass()' ] )(
		'that somebody makes %s of is the usual',
		async ( value ) => {
			expect(
				await evaluate( `
				add_filter( 'slashimage_optimize_timeout', fn() => ${ value } );
				return [ SlashImage\\Service::seconds(), SlashImage\\Service::options( SlashImage\\Service::url() )['timeout'] ];` )
			).toEqual( [ 45, 45 ] );
		}
	);
} );
