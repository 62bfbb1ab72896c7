import type { RowState } from './image-state.ts';

/** Why a row is in its state, where that decides: a person took the image out, or its upload isn't complete. */
export const standings = [
	'never',
	'stopped',
	'restored',
	'trashed',
	'uploading',
	'waiting',
	'optimizing',
	'optimized',
	'earlier',
	'partly_optimized',
	'failed',
	'unsupported',
	'elsewhere',
] as const;

export type Standing = ( typeof standings )[ number ];

/** The state and the cause a standing is stored as. */
export const standingRows: Record< Standing, { state: RowState; cause: string } > = {
	never: { state: 'not_optimized', cause: '' },
	stopped: { state: 'not_optimized', cause: 'stopped' },
	restored: { state: 'not_optimized', cause: 'restored' },
	trashed: { state: 'not_optimized', cause: 'trashed' },
	uploading: { state: 'waiting', cause: 'uploading' },
	waiting: { state: 'waiting', cause: '' },
	optimizing: { state: 'optimizing', cause: '' },
	optimized: { state: 'optimized', cause: '' },
	// By version 1.2.
	earlier: { state: 'optimized', cause: 'optimized_1_2' },
	// The cause says which file's outcome is why.
	partly_optimized: { state: 'partly_optimized', cause: '' },
	failed: { state: 'failed', cause: '' },
	unsupported: { state: 'unsupported', cause: '' },
	elsewhere: { state: 'elsewhere', cause: '' },
};

/**
 * What becomes of a row. A standing: it has that one from now on. `wait`: it waits again, and only what is new or changed
 * of its files will be sent. `sort`: its file is another one, so its type decides anew whether it can be optimized; nobody
 * has asked for it yet.
 */
export type Effect = 'wait' | 'sort' | 'stopped' | 'restored' | 'trashed' | 'earlier';

export type EventName =
	| 'upload'
	| 'regenerate'
	| 'edit'
	| 'replace'
	| 'rename'
	| 'size_added'
	| 'stop'
	| 'restore'
	| 'trash'
	| 'untrash'
	| 'found_1_2';

// An image that is being optimized is looked at again by its worker when it is done: a row taken from under it would have
// its files paid for twice.
const changed = {
	optimized: 'wait',
	earlier: 'wait',
	partly_optimized: 'wait',
	unsupported: 'sort',
	elsewhere: 'sort',
} as const;
const anotherFile = { ...changed, failed: 'wait' } as const;

/**
 * What an event does to an image, by its standing; what isn't listed stays. Credits are spent on what somebody asked for:
 * an upload, a click. Thumbnails made anew for a whole library ask for nothing, except for images that are optimized; and
 * what a person took out of the queue, a person puts back.
 */
export const events: Record< EventName, Partial< Record< Standing, Effect > > > = {
	// Its sizes are complete.
	upload: { uploading: 'wait' },
	// Thumbnails were made anew, perhaps all of the library's.
	regenerate: changed,
	// A picture under a name of its own took the main one's place, as WordPress's image editor has it.
	edit: anotherFile,
	// Another picture under the same name.
	replace: anotherFile,
	// Same picture, another name: what is known of the files goes along.
	rename: {},
	// Also one that was made anew.
	size_added: changed,
	// By a person.
	stop: { uploading: 'stopped', waiting: 'stopped', optimizing: 'stopped' },
	restore: {
		never: 'restored',
		stopped: 'restored',
		restored: 'restored',
		trashed: 'restored',
		uploading: 'restored',
		waiting: 'restored',
		optimizing: 'restored',
		optimized: 'restored',
		earlier: 'restored',
		partly_optimized: 'restored',
		failed: 'restored',
		unsupported: 'restored',
		elsewhere: 'restored',
	},
	// Others are put there when a worker comes to them: Optimize all asks for all.
	trash: { uploading: 'trashed', waiting: 'trashed', optimizing: 'trashed' },
	untrash: { trashed: 'wait' },
	// SlashImage 1.2 optimized it: it was paid for, and isn't sent again until its file changes.
	found_1_2: { never: 'earlier', uploading: 'earlier', waiting: 'earlier' },
};

/** Somebody is waiting for these; the others may be of the whole library, and new uploads come before it. */
export const urgentEvents: readonly EventName[] = [ 'upload', 'edit', 'replace', 'untrash' ];
