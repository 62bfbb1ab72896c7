import { afterAll } from 'vitest';

// What a page has planned ends with the page. Here its timers would go on, and find no document any more.
if ( typeof document !== 'undefined' ) {
	const { setTimeout: plan } = globalThis;
	const planned: ReturnType< typeof setTimeout >[] = [];
	globalThis.setTimeout = Object.assign( ( ...how: Parameters< typeof setTimeout > ) => {
		const timer = plan( ...how );
		planned.push( timer );
		return timer;
	}, plan );
	afterAll( () => {
		planned.forEach( clearTimeout );
		globalThis.setTimeout = plan;
	} );
}
