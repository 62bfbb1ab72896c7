import { median, print } from './print.ts';
import type { Answer, Stack } from './stack.ts';

export const list = '/wp-admin/upload.php?mode=list';

/** The media list's first page with the plugin and without, one after the other: what is slow at the moment is slow for both. */
export async function measureList( { ask }: Stack, size: number, pairs: number ): Promise< void > {
	const pair = async ( first: boolean ) => {
		const one = await ask( list, { without: first } );
		const other = await ask( list, { without: ! first } );
		return first ? { without: one, with: other } : { without: other, with: one };
	};
	for ( let turn = 0; turn < 3; turn++ ) {
		await pair( true );
	}
	const all: Pair[] = [];
	for ( let turn = 0; turn < pairs; turn++ ) {
		all.push( await pair( turn % 2 === 0 ) );
	}
	report( `list/${ size }`, all, `100 rows of ${ size }, median of ${ pairs } pairs` );
}

interface Pair {
	with: Answer;
	without: Answer;
}

function report( name: string, pairs: readonly Pair[], note: string ): void {
	const of = ( read: ( pair: Pair ) => number ) => median( pairs.map( read ) );
	const added = ( what: 'milliseconds' | 'processor' | 'number' ) =>
		of( ( pair ) => pair.with[ what ] - pair.without[ what ] );
	const without = of( ( pair ) => pair.without.milliseconds );
	const milliseconds = added( 'milliseconds' );
	print( { name: `${ name }/with`, value: of( ( pair ) => pair.with.milliseconds ), unit: 'ms', note } );
	print( { name: `${ name }/without`, value: without, unit: 'ms', note } );
	print( { name: `${ name }/added`, value: milliseconds, unit: 'ms', note: 'median of the differences' } );
	print( { name: `${ name }/added-percent`, value: ( 100 * milliseconds ) / without, unit: '%' } );
	print( { name: `${ name }/added-processor`, value: added( 'processor' ), unit: 'ms', note: 'of PHP alone' } );
	print( { name: `${ name }/added-queries`, value: added( 'number' ), unit: 'queries' } );
}
