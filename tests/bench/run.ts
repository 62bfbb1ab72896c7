// `npm run bench`: what the plugin costs a site, in a small library and in a large one. Prints a line of JSON for each
// result; what else there is to say goes to the other stream.
import { closingTime } from '../../sandbox/wordpress/closing.ts';
import { measureFilter } from './filter.ts';
import { connect, fill, grow } from './library.ts';
import { measureList } from './list.ts';
import { measureFilteredPages, measureNarrowed } from './narrowed.ts';
import { measureRest } from './rest.ts';
import { startStack } from './stack.ts';
import { measureWeights } from './weights.ts';
import { measureWhole } from './whole.ts';

const small = 100;
const large = 100_000;

const closing = closingTime();
// What the servers say on their way is no result.
console.log = console.error;

try {
	await measure();
	await closing.end( 0 );
} catch ( error ) {
	// A step that was interrupted fails too; that is no news.
	if ( ! closing.isEnding() ) {
		console.error( error );
	}
	await closing.end( 1 );
}

async function measure(): Promise< void > {
	measureWeights();
	const stack = await startStack( closing );
	let size = 0;
	for ( const [ next, pairs ] of [
		[ small, 150 ],
		[ large, 60 ],
	] as const ) {
		await grow( stack, size, next );
		size = next;
		await fill( stack, 'realistic', size );
		await connect( stack, 'connected' );
		await measureList( stack, size, pairs );
		await measureRest( stack, size );
	}
	await measureFilteredPages( stack );
	await measureNarrowed( stack );
	await measureFilter( stack, size );
	await measureWhole( stack, size );
}
