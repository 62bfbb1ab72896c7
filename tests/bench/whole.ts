import { fill } from './library.ts';
import { print } from './print.ts';
import type { Stack } from './stack.ts';

/** What takes in the whole library: looking through it, optimizing all of it, and claiming from all of it. */
export async function measureWhole( stack: Stack, size: number ): Promise< void > {
	const { evaluate, ask } = stack;
	await fill( stack, 'few', size );
	const claimed = ( await evaluate( claim ) ) as { milliseconds: number; plan: string };
	print( {
		name: `claim/${ size }`,
		value: claimed.milliseconds,
		unit: 'ms',
		note: `both statements, one image while all wait; ${ claimed.plan }`,
	} );
	const index = ( await evaluate( lookThrough ) ) as number;
	print( {
		name: `library-index/${ size }`,
		value: index / 1000,
		unit: 's',
		note: 'all of it, from an empty table',
	} );
	const { milliseconds } = await ask( '/wp-json/slashimage/v1/images/optimize', { method: 'POST' } );
	print( { name: `optimize-all/${ size }`, value: milliseconds / 1000, unit: 's', note: 'the request' } );
}

const claim = `
	$queries = [];
	add_filter( 'query', function ( $sql ) use ( &$queries ) { return $queries[] = $sql; } );
	$medians = Bench\\medians( [ 'claim' => fn() => SlashImage\\Queue\\Claim::take() ], 10 );
	return [ 'milliseconds' => $medians['claim'], 'plan' => implode( '; ', array_map( 'Bench\\plan', array_slice( $queries, 0, 2 ) ) ) ];`;

const lookThrough = `
	$GLOBALS['wpdb']->query( 'TRUNCATE ' . SlashImage\\Queue::table() );
	update_option( SlashImage\\Library::OPTION, 0 );
	$start = hrtime( true );
	while ( ! SlashImage\\Library::index( 1 ) );
	return ( hrtime( true ) - $start ) / 1e6;`;
