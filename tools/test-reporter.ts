import type { Reporter, TestModule } from 'vitest/node';

interface Counts {
	passed: number;
	failed: number;
}

/**
 * Counts the tests of a run. A file that could not even be loaded, or whose hooks failed, has no failed tests of its
 * own: it counts as one, so that "0 failed" is never said over a broken run.
 */
export function count( modules: ReadonlyArray< TestModule >, otherErrors: number ): Counts {
	const counts: Counts = { passed: 0, failed: otherErrors };
	for ( const module of modules ) {
		const states = [ ...module.children.allTests() ].map( ( test ) => test.result().state );
		const failed = states.filter( ( state ) => state === 'failed' ).length;
		counts.passed += states.filter( ( state ) => state === 'passed' ).length;
		counts.failed += failed || ( module.state() === 'failed' ? 1 : 0 );
	}
	return counts;
}

/** The tests that passed, but not the first time, and why not: a race in them, or in what they test, to be looked for. */
export function unsteady( modules: ReadonlyArray< TestModule > ): string[] {
	return modules.flatMap( ( module ) =>
		[ ...module.children.allTests() ]
			.filter( ( test ) => test.diagnostic()?.flaky )
			.map( ( test ) => {
				const why = ( test.result().errors ?? [] ).map( ( { message } ) => message );
				return [ `${ module.relativeModuleId }: ${ test.fullName }`, ...why ].join( '\n    ' );
			} )
	);
}

export default class LastLine implements Reporter {
	onTestRunEnd( modules: ReadonlyArray< TestModule >, errors: ReadonlyArray< unknown > ): void {
		const { passed, failed } = count( modules, errors.length );
		const lines = unsteady( modules ).map( ( name ) => `passed at the second try: ${ name }` );
		// After everything other reporters still have to say.
		process.once( 'exit', () =>
			console.log( [ ...lines, `${ passed } passed, ${ failed } failed` ].join( '\n' ) )
		);
	}
}
