import { median, print } from './print.ts';
import type { Answer, Stack } from './stack.ts';

const images = '/wp-json/slashimage/v1/images';

/** The plugin's functions that a query came from. The sandbox's own namespace is below the plugin's. */
const callers = ( query: Answer[ 'queries' ][ number ] ) =>
	query.callers.match( /SlashImage\\(?!Sandbox)[\w:]+/g ) ?? [];

/** What an open page asks again and again: a hundred images, and the counts. */
export async function measureRest( stack: Stack, size: number ): Promise< void > {
	const ids = Array.from( { length: 100 }, ( _, index ) => 1001 + Math.floor( ( index * size ) / 100 ) );
	for ( const [ name, path ] of [
		[ 'poll', `${ images }?ids=${ ids }` ],
		[ 'summary', `${ images }/summary` ],
	] as const ) {
		const { milliseconds, own } = await measurePath( stack, path );
		print( { name: `${ name }/${ size }`, value: milliseconds, unit: 'ms', note: `median of ${ rounds }` } );
		print( {
			name: `${ name }/${ size }/own-queries`,
			value: own.length,
			unit: 'queries',
			note: own.join( ', ' ),
		} );
	}
}

const rounds = 30;

async function measurePath( { ask }: Stack, path: string ) {
	const { queries } = await ask( path, { queries: true } );
	const times = [];
	for ( let turn = 0; turn < rounds; turn++ ) {
		times.push( ( await ask( path ) ).milliseconds );
	}
	return { milliseconds: median( times ), own: queries.flatMap( ( query ) => callers( query ).slice( -1 ) ) };
}
