import type { Failure } from '../client/failure.ts';
import type { ImageState } from '../validation/image-state.ts';
import type { Image, ImageDetails, StatusPage } from '../validation/schemas.ts';

/** What is known of the images on this page. Each place that shows one is found in the document when it is drawn. */
export interface Shown {
	page: StatusPage;
	images: Map< number, Image | ImageDetails >;
	/** Why the site does not answer this person any more: what is shown is how it was. Null: it does. */
	ended: Failure | null;
	/** Grows with each `replace`: an answer that was asked for before is older than what is shown. */
	version: number;
	/** Images that came into view and that nothing is known of yet. */
	asked: number[];
	/** When the site last said something, by its own clock: an older answer comes from a cache. */
	revision: number;
	/** Draws an image again wherever it is shown, and looks for news if it is in motion. */
	replace: ( image: Image | ImageDetails ) => void;
}

const selector = '.slashimage-status[data-id], .slashimage-badge[data-id]';

/** The places of one image, or of all, as they are in the document now. */
export const places = ( id?: number ): HTMLElement[] =>
	[ ...document.querySelectorAll< HTMLElement >( selector ) ].filter(
		( place ) => id === undefined || id === idOf( place )
	);

export const idOf = ( place: HTMLElement ): number => Number( place.dataset[ 'id' ] );

const final: readonly ImageState[] = [
	'optimized',
	'partly_optimized',
	'failed',
	'unsupported',
	'elsewhere',
	'not_optimized',
];

/** Whether an image's state is one that changes by itself, now or once the key is back. */
export const isMoving = ( { state }: Image ): boolean => ! final.includes( state );

/** Whether two answers about an image say the same. */
export const isSame = ( one: Image | undefined, other: Image ): boolean =>
	one !== undefined &&
	( [ 'state', 'sentence', 'bytes_before', 'bytes_after' ] as const ).every(
		( name ) => one[ name ] === other[ name ]
	);

/** Whether an answer of the site is about an image: one that is not must not take the page down. */
export const isImage = ( answer: Partial< Image > | null ): answer is Image =>
	typeof answer?.id === 'number' && typeof answer.state === 'string' && typeof answer.sentence === 'string';
