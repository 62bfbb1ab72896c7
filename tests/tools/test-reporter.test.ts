import type { TestModule } from 'vitest/node';
import { expect, test } from 'vitest';
import { count, unsteady } from '../../tools/test-reporter.ts';

const file = ( state: string, ...tests: string[] ): TestModule =>
	( {
		state: () => state,
		children: { allTests: () => tests.map( ( result ) => ( { result: () => ( { state: result } ) } ) ) },
	} ) as unknown as TestModule;

test.each( [
	[ 'a failed test', [ file( 'failed', 'passed', 'failed' ) ], 0, { passed: 1, failed: 1 } ],
	[ 'a file that did not load', [ file( 'failed' ), file( 'passed', 'passed' ) ], 0, { passed: 1, failed: 1 } ],
	[ 'a failed hook', [ file( 'failed', 'passed' ) ], 0, { passed: 1, failed: 1 } ],
	[ 'an error outside of tests', [ file( 'passed', 'passed' ) ], 1, { passed: 1, failed: 1 } ],
	[ 'skipped tests', [ file( 'passed', 'passed', 'skipped' ) ], 0, { passed: 1, failed: 0 } ],
] )( 'count says %s', ( _, files, errors, expected ) => {
	expect( count( files, errors ) ).toEqual( expected );
} );

test( 'a test that passed at the second try is named', () => {
	const tests = [ true, false ].map( ( flaky, index ) => ( {
		fullName: `test ${ index }`,
		diagnostic: () => ( { flaky } ),
		result: () => ( { errors: [ { message: 'Too late.' } ] } ),
	} ) );
	const module = { relativeModuleId: 'tests/a.test.ts', children: { allTests: () => tests } };
	expect( unsteady( [ module as unknown as TestModule ] ) ).toEqual( [ 'tests/a.test.ts: test 0\n    Too late.' ] );
} );
