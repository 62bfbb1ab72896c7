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

export default class LastLine implements Reporter {
	#counts: Counts = { passed: 0, failed: 0 };

	onTestRunEnd( modules: ReadonlyArray< TestModule >, errors: ReadonlyArray< unknown > ): void {
		this.#counts = count( modules, errors.length );
		// After everything other reporters still have to say.
		process.once( 'exit', () => console.log( `${ this.#counts.passed } passed, ${ this.#counts.failed } failed` ) );
	}
}
