import { imageStates } from '../../src/validation/image-state.ts';
import { list } from './list.ts';
import { median, print } from './print.ts';
import type { Stack } from './stack.ts';

/** The whole page with a filter, for each state, and without one. */
export async function measureFilteredPages( { ask }: Stack ): Promise< void > {
	const paths = [ list, ...imageStates.map( ( state ) => `${ list }&slashimage_state=${ state }` ) ];
	const times = paths.map( (): number[] => [] );
	for ( let turn = 0; turn < 6; turn++ ) {
		for ( const [ index, path ] of paths.entries() ) {
			times[ index ]?.push( ( await ask( path ) ).milliseconds );
		}
	}
	for ( const [ index, state ] of [ 'none', ...imageStates ].entries() ) {
		const value = median( times[ index ]?.slice( 1 ) ?? [] );
		print( { name: `filtered-page/${ state }`, value, unit: 'ms', note: 'server time of the list' } );
	}
}

const others = {
	search: 's=harbour',
	month: 'm=201906',
	title: 'orderby=title&order=asc',
};

/** WordPress' own query for a search, a month or another order: narrowed to a state, and as it is. */
export async function measureNarrowed( stack: Stack ): Promise< void > {
	for ( const [ name, parameter ] of Object.entries( others ) ) {
		const whole = await statement( stack, `${ list }&${ parameter }` );
		for ( const state of imageStates ) {
			const narrowed = await statement( stack, `${ list }&${ parameter }&slashimage_state=${ state }` );
			const { medians, plan } = ( await stack.evaluate( compare( whole, narrowed ) ) ) as Compared;
			print( {
				name: `narrowed/${ name }/${ state }`,
				value: medians.narrowed,
				unit: 'ms',
				note: `${ medians.whole.toFixed( 1 ) } without the filter; ${ plan }`,
			} );
		}
	}
}

interface Compared {
	medians: { whole: number; narrowed: number };
	plan: string;
}

/** The statement that WordPress finds the attachments of a page with. */
async function statement( { ask }: Stack, path: string ): Promise< string > {
	const { queries } = await ask( path, { queries: true } );
	const found = queries.find(
		( { sql } ) => sql.includes( 'SQL_CALC_FOUND_ROWS' ) && sql.includes( "'attachment'" )
	);
	if ( ! found ) {
		throw new Error( `${ path } has no query of the list: ${ queries.map( ( { sql } ) => sql ).join( '\n' ) }` );
	}
	return found.sql;
}

const compare = ( whole: string, narrowed: string ) => `
	global $wpdb;
	$whole    = base64_decode( '${ Buffer.from( whole ).toString( 'base64' ) }' );
	$narrowed = base64_decode( '${ Buffer.from( narrowed ).toString( 'base64' ) }' );
	return [
		'medians' => Bench\\medians( [ 'whole' => fn() => $wpdb->query( $whole ), 'narrowed' => fn() => $wpdb->query( $narrowed ) ], 3 ),
		'plan'    => Bench\\plan( $narrowed ),
	];`;
