import { budgets, weigh } from '../../tools/budgets.ts';
import { buildFolder } from '../../tools/paths.ts';
import { print } from './print.ts';

/** What each room of the build weighs on its way to a browser. */
export function measureWeights(): void {
	for ( const { name, files, limit } of budgets ) {
		const note = `gzipped, under ${ limit }: ${ files.join( ' + ' ) }`;
		print( { name: `weight/${ name }`, value: weigh( buildFolder, files ), unit: 'bytes', note } );
	}
}
