import { checks, nextSteps, worst, type FindingStatus, type Step } from '../validation/doctor.ts';
import type { CheckResult } from '../validation/doctor-schemas.ts';
import type { Connection } from '../validation/schemas.ts';
import type { Problem } from '../admin/errors.ts';

/** A run of the doctor. The results are those of the first checks, in order: the next one to run follows from them. */
export interface Run {
	status: { tag: 'rest' } | { tag: 'running' } | { tag: 'failed'; problem: Problem };
	results: readonly CheckResult[];
}

export type Finding = CheckResult[ 'findings' ][ number ];

/** What the results come to, the first thing to do, and what to try after it. */
export interface Verdict {
	tag: 'bad' | 'attention' | 'good' | 'unfinished';
	first: Finding | undefined;
	next: Step[];
}

/** Whether there is nothing left to run. */
export const isOver = ( results: Run[ 'results' ] ): boolean =>
	results.length === checks.length || results.at( -1 )?.ends === true;

/**
 * Returns as many of the results as follow each other from the first check on. Forced by a site that remembers the last
 * result of each check: what comes after a run that ended early is older, and of another run.
 */
export function fromFirst( results: readonly CheckResult[] ): readonly CheckResult[] {
	const gap = results.findIndex( ( { check, at }, place ) => {
		const before = results[ place - 1 ];
		return check !== checks[ place ] || ( before && ( before.ends || at < before.at ) );
	} );
	return gap < 0 ? results : results.slice( 0, gap );
}

/** Returns the place of the check to go on from: where a run stopped, else the first that is wrong, else the first. */
export function placeToResume( results: Run[ 'results' ] ): number {
	const place = ( status: FindingStatus ) => results.findIndex( ( { findings } ) => worst( findings ) === status );
	const wrong = [ isOver( results ) ? -1 : results.length, place( 'bad' ), place( 'attention' ) ];
	return wrong.find( ( at ) => at >= 0 ) ?? 0;
}

/**
 * Says what the results come to. The first finding's own step is what its advice says already, so it is not said again;
 * only support is never in an advice's place.
 */
export function verdictOf( results: Run[ 'results' ] ): Verdict {
	const found = results.flatMap( ( { findings } ) => findings );
	const first = found.find( ( { status } ) => status === 'bad' ) ?? found.find( isAttention );
	const next = nextSteps( found ).filter( ( step ) => step === 'ask_support' || step !== first?.steps[ 0 ] );
	const tag = first?.status === 'bad' || first?.status === 'attention' ? first.status : 'good';
	return { tag: tag === 'good' && ! isOver( results ) ? 'unfinished' : tag, first, next };
}

const isAttention = ( { status }: Finding ): boolean => status === 'attention';

/** Whether the connection has changed since the last result, so that it says nothing about now. */
export const isOutdated = ( results: Run[ 'results' ], { state, since }: Connection ): boolean =>
	( results.at( -1 )?.at ?? since ) < since && ! ( state === 'connected' && verdictOf( results ).tag === 'good' );

/** Whether the results say that the key works, whatever the connection still says. */
export const keyWorks = ( results: Run[ 'results' ] ): boolean =>
	results.filter( isAboutKey ).filter( ( { findings } ) => worst( findings ) === 'good' ).length === 2;

const isAboutKey = ( { check }: CheckResult ): boolean => check === 'accepted' || check === 'allowed';
