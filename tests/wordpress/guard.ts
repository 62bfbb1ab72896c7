import { afterEach, beforeEach, expect } from 'vitest';
import { started } from './site.ts';

/**
 * In every test: no content is sent that was answered before, as each costs a credit. A test in which a person asks for
 * an image again says so with `askedAgain()`. And PHP has nothing to log; a test that provokes it says so with `forgetLog()`.
 */
beforeEach( async () => {
	( await started() )?.service.forgetRequests();
} );

afterEach( async () => {
	const answered = new Set< string >();
	const again = [];
	for ( const { hash, bytes, status, delivered } of ( await started() )?.service.files ?? [] ) {
		if ( answered.has( hash ) ) {
			again.push( { hash, bytes } );
		}
		if ( status === 200 && delivered ) {
			answered.add( hash );
		}
	}
	expect(
		again,
		'Contents that came again after they were answered; or a person asked again, and the test did not say so.'
	).toEqual( [] );
} );

afterEach( async () => {
	const wordpress = await started();
	const log = await wordpress?.log();
	await wordpress?.forgetLog();
	expect( log ?? '' ).toBe( '' );
} );
