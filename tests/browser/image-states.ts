import { imageStates, type ImageState } from '../../src/validation/image-state.ts';
import { connect, until } from '../wordpress/queue.ts';
import type { Site } from '../wordpress/site.ts';

export interface StateImage {
	id: number;
	title: string;
}

// Far enough ahead that no worker comes for them, and no lease ends; no further than a lease ever is.
const later = 'time() + 900';

/** The rows of the queue that show these states, once the connection does its part. Only the first is reached by work. */
const rows: Record< Exclude< ImageState, 'optimized' >, [ row: string, cause: string ] > = {
	optimizing: [ 'optimizing', '' ],
	waiting: [ 'waiting', '' ],
	paused: [ 'waiting', '' ],
	refused: [ 'waiting', 'invalid_key' ],
	out_of_credits: [ 'waiting', 'monthly_limit_reached' ],
	partly_optimized: [ 'partly_optimized', 'broken_look' ],
	failed: [ 'failed', 'not_processable_format' ],
	unsupported: [ 'unsupported', 'type_not_supported' ],
	elsewhere: [ 'elsewhere', 'file_elsewhere' ],
	not_optimized: [ 'not_optimized', '' ],
};

/** Starts over with a connected site and ten images, one for each state. The optimized one really is. */
export async function imagesInEveryState( site: Site ): Promise< Record< ImageState, StateImage > > {
	await site.reset();
	const ids = await site.upload( imageStates.length );
	const images = Object.fromEntries( imageStates.map( ( state, at ) => [ state, ids[ at ] ?? 0 ] ) ) as Record<
		ImageState,
		number
	>;
	await site.wp.evaluate(
		`$GLOBALS['wpdb']->query( 'UPDATE ' . SlashImage\\Queue::table() . " SET state = 'not_optimized' WHERE attachment_id <> ${ images.optimized }" );`
	);
	await connect();
	await until( ( all ) => all.some( ( { state } ) => state === 'optimized' ) );
	for ( const [ state, [ row, cause ] ] of Object.entries( rows ) ) {
		await setRow( site, images[ state as ImageState ], row, cause );
	}
	const titles = ( await site.wp.evaluate(
		`SlashImage\\Library::count_failed(); return array_map( 'get_the_title', [ ${ ids } ] );`
	) ) as string[];
	return Object.fromEntries(
		imageStates.map( ( state, at ) => [ state, { id: images[ state ], title: titles[ at ] ?? '' } ] )
	) as Record< ImageState, StateImage >;
}

/** Writes what the queue says of an image, where the real way there would take too long. */
export const setRow = ( { wp }: Site, id: number, state: string, cause = '' ) =>
	wp.evaluate( `$GLOBALS['wpdb']->update(
		SlashImage\\Queue::table(),
		[ 'state' => '${ state }', 'cause' => '${ cause }', 'due_at' => ${ later }, 'lease' => 'test' ],
		[ 'attachment_id' => ${ id } ]
	);` );
