import { imageStates, type ImageState } from '../../src/validation/image-state.ts';
import { hostSentences } from '../../src/validation/host-sentences.ts';
import { imageLabels, imageSentences } from '../../src/validation/sentences.ts';

// What is said of an image in each state, while the connection is in each of its own.

/** Its label, why, and what is offered. */
export type Words = readonly [ label: string, detail?: string, offered?: string ];

const noCredits = hostSentences.monthly_limit_reached;
export const connected: Record< ImageState, Words > = {
	optimized: [ imageLabels.optimized, 'Saved some', 'Restore original' ],
	partly_optimized: [ imageLabels.partly_optimized, hostSentences.broken_look, 'Retry' ],
	optimizing: [ imageLabels.optimizing ],
	waiting: [ imageLabels.waiting ],
	// Those two only are while the connection needs reconnecting.
	paused: [ imageLabels.waiting ],
	refused: [ imageLabels.waiting ],
	out_of_credits: [ imageLabels.out_of_credits, noCredits ],
	failed: [ imageLabels.failed, hostSentences.not_processable_format, 'Retry' ],
	unsupported: [ imageLabels.unsupported, hostSentences.type_not_supported ],
	elsewhere: [ imageLabels.elsewhere, hostSentences.file_elsewhere, 'Optimize' ],
	not_optimized: [ imageLabels.not_optimized, '', 'Optimize' ],
};

const waitsForCredits: Words = [ imageLabels.waiting, noCredits ];
export const heldBack: Record< ImageState, Words > = {
	...connected,
	waiting: waitsForCredits,
	paused: waitsForCredits,
	refused: waitsForCredits,
};

const isPaused: Words = [ imageSentences.paused ];
export const reconnect: Record< ImageState, Words > = {
	...connected,
	waiting: isPaused,
	paused: isPaused,
	refused: [ imageSentences.refused ],
	out_of_credits: isPaused,
	partly_optimized: [ imageLabels.partly_optimized, hostSentences.broken_look, 'Reconnect your API key first' ],
	failed: [ imageLabels.failed, hostSentences.not_processable_format, 'Reconnect your API key first' ],
	elsewhere: [ imageLabels.elsewhere, hostSentences.file_elsewhere, 'Reconnect your API key first' ],
	not_optimized: [ imageLabels.not_optimized, '', 'Reconnect your API key first' ],
};

const needsKey: Words = [ 'Waiting - add your API key' ];
export const disconnected: Record< ImageState, Words > = {
	...connected,
	waiting: needsKey,
	paused: needsKey,
	refused: needsKey,
	out_of_credits: needsKey,
	partly_optimized: [ imageLabels.partly_optimized, hostSentences.broken_look, 'Add your API key first' ],
	failed: [ imageLabels.failed, hostSentences.not_processable_format, 'Add your API key first' ],
	elsewhere: [ imageLabels.elsewhere, hostSentences.file_elsewhere, 'Add your API key first' ],
	not_optimized: [ imageLabels.not_optimized, '', 'Add your API key first' ],
};

/** The same as it is read, with or without what is offered. */
export const inWords = ( words: Record< ImageState, Words >, by: string, parts = 3 ): Record< string, string > =>
	Object.fromEntries(
		imageStates.map( ( state ) => [ state, words[ state ].slice( 0, parts ).filter( Boolean ).join( by ) ] )
	);
