import { imageStates, type ImageState } from '../../src/validation/image-state.ts';
import { connect, connections, fill, mixes } from './library.ts';
import { print } from './print.ts';
import type { Stack } from './stack.ts';

interface Filtered {
	images: number;
	/** In milliseconds. */
	medians: { first: number; last: number; count: number };
	plans: { first: string; last: string; count: string };
}

/** The plugin's own queries for each state, in mixes that suit the indexes and in mixes that don't. */
export async function measureFilter( stack: Stack, size: number ): Promise< void > {
	for ( const mix of mixes ) {
		await fill( stack, mix, size );
		for ( const connection of connections ) {
			await connect( stack, connection );
			for ( const state of imageStates ) {
				report( `filter/${ mix }/${ connection }/${ state }`, await filtered( stack, state ) );
			}
		}
	}
}

/** Both queries of a page together: no filter runs one without the other. A state that nothing is in costs nothing. */
function report( name: string, { images, medians, plans }: Filtered ): void {
	for ( const page of images > 0 ? ( [ 'first', 'last' ] as const ) : [] ) {
		const each = `page ${ medians[ page ].toFixed( 1 ) } ${ plans[ page ] }; count ${ medians.count.toFixed( 1 ) } ${ plans.count }`;
		print( {
			name: `${ name }/${ page }`,
			value: medians[ page ] + medians.count,
			unit: 'ms',
			note: `${ images } images; ${ each }`,
		} );
	}
}

const filtered = async ( { evaluate }: Stack, state: ImageState ) =>
	( await evaluate( `
		$where  = SlashImage\\Image_View::where( '${ state }', SlashImage\\Connection::get()['state'] );
		$images = SlashImage\\Queue::count( $where );
		$last   = 100 * max( 0, (int) ceil( $images / 100 ) - 1 );
		$works  = [
			'first' => fn() => SlashImage\\Queue::page( $where, 'DESC', 100, 0 ),
			'last'  => fn() => SlashImage\\Queue::page( $where, 'DESC', 100, $last ),
			'count' => fn() => SlashImage\\Queue::count( $where ),
		];
		$plans = [];
		foreach ( $works as $name => $work ) {
			$work();
			$plans[ $name ] = Bench\\plan( $GLOBALS['wpdb']->last_query );
		}
		return [ 'images' => $images, 'medians' => Bench\\medians( $works, 5 ), 'plans' => $plans ];` ) ) as Filtered;
