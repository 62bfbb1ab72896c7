import type { imageRequestSentences } from './sentences.ts';

/** What a row of the queue's table says. Every image has one, from its upload to its deletion. */
export const rowStates = [ 'not_optimized', 'waiting', 'optimizing', 'optimized', 'failed', 'unsupported' ] as const;

/** What a person sees, in the order of the filter. */
export const imageStates = [
	'optimized',
	'optimizing',
	'waiting',
	'paused',
	'refused',
	'out_of_credits',
	'failed',
	'unsupported',
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
	/** The error for every other image. */
	refusal: keyof typeof imageRequestSentences;
}

/** What can be done with an image. */
export const imageActions: Record< ImageAction, ActionRule > = {
	optimize: { from: [ 'not_optimized' ], connected: true, refusal: 'image_not_open' },
	retry: { from: [ 'failed' ], connected: true, refusal: 'image_not_failed' },
	restore: { from: [ 'optimized', 'failed' ], connected: false, refusal: 'image_not_optimized' },
};
