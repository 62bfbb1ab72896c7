import type { imageRequestSentences } from './sentences.ts';

/** What a row of the queue's table says. Every image has one, from its upload to its deletion. */
export const rowStates = [
	'not_optimized',
	'waiting',
	'optimizing',
	'optimized',
	'partly_optimized',
	'failed',
	'unsupported',
	'elsewhere',
] as const;

/** What a person sees, in the order of the filter. */
export const imageStates = [
	'optimized',
	'partly_optimized',
	'optimizing',
	'waiting',
	'paused',
	'refused',
	'out_of_credits',
	'failed',
	'unsupported',
	'elsewhere',
	'not_optimized',
] as const;

export type RowState = ( typeof rowStates )[ number ];
export type ImageState = ( typeof imageStates )[ number ];

export type ImageAction = 'optimize' | 'retry' | 'restore';

export interface ActionRule {
	/** The rows it is for. */
	from: readonly RowState[];
	/** Only offered while the connection works. */
	connected: boolean;
}

/** What can be done with an image. */
export const imageActions: Record< ImageAction, ActionRule > = {
	optimize: { from: [ 'not_optimized', 'elsewhere' ], connected: true },
	retry: { from: [ 'failed', 'partly_optimized' ], connected: true },
	// Whatever the row says: what was done to its files can be undone. A worker that is at it stops.
	restore: { from: rowStates, connected: false },
};

/**
 * The rows it is for where a person asks for all images at once, and the error for every other image. Apart, because no
 * script needs these.
 */
export const imageRequests: Record<
	ImageAction,
	{ fromAll: readonly RowState[]; refusal: keyof typeof imageRequestSentences }
> = {
	optimize: { fromAll: [ 'not_optimized', 'elsewhere' ], refusal: 'image_not_open' },
	retry: { fromAll: [ 'failed' ], refusal: 'image_not_failed' },
	restore: { fromAll: [], refusal: 'image_not_optimized' },
};

/** All of it, for PHP. */
export const imageActionRules = () =>
	Object.fromEntries(
		( Object.keys( imageActions ) as ImageAction[] ).map( ( action ) => [
			action,
			{ ...imageActions[ action ], ...imageRequests[ action ] },
		] )
	);
