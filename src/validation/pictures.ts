// When an answer of the service is the same picture as the file it was made from.
import type { OutcomeCode } from './outcomes.ts';

/**
 * What may hang on a file that the service doesn't give back, as the host reads it. A file with any of it is not sent;
 * the first is said.
 */
export const carried = {
	hdr: 'has_hdr',
	gain_map: 'has_gain_map',
	motion: 'has_motion',
	depth: 'has_depth',
	stereo: 'has_stereo',
	layers: 'has_layers',
	sequence: 'has_sequence',
	cmyk: 'has_cmyk',
	appended: 'has_appended',
} as const satisfies Record< string, OutcomeCode >;

export type Carried = keyof typeof carried;

/** How an answer differs from its file, as the host measures it. */
export interface Comparison {
	/** Whether the type is the same. */
	type: boolean;
	/** Whether all of the answer is there. */
	complete: boolean;
	/** Whether an animation became a picture that stands still. */
	still: boolean;
	/** By how much of its time an animation is longer or shorter: 0.5 is half. */
	time: number;
	/** Whether an animation plays as often. */
	loops: boolean;
	/** Width and height, as they are stored. */
	sides: 'same' | 'swapped' | 'other';
	square: boolean;
	/** What says how to turn it: still says the same, says that it is upright, or something else. */
	tag: 'kept' | 'upright' | 'other';
	/** What it said of the file: to turn it by a quarter, to flip or halve it, or nothing. */
	turn: 'none' | 'flip' | 'quarter';
	/** Whether transparency and the meaning of the colours are the same by what the files say. */
	alpha: boolean;
	colour: boolean;
	/** Whether both could be looked at. If not, the next three are 0. */
	looked: boolean;
	/** How different the two look in sRGB on average, 0 to 1, how different in the worst place, and how transparent. */
	look: number;
	worst: number;
	clear: number;
	/** By how much more they differ in sRGB than in their own numbers: what a profile does that was only dropped. */
	colours: number;
	/** Whether what was asked to be kept is there. */
	rights: boolean;
	panorama: boolean;
}

/** All that is named has to be so; a number: more than that. */
export interface PictureRule extends Partial< Comparison > {
	outcome: OutcomeCode;
}

/** The first that fits refuses the answer. What none fits is the same picture. */
export const pictureRules: readonly PictureRule[] = [
	{ type: false, outcome: 'broken_type' },
	{ complete: false, outcome: 'broken_incomplete' },
	{ still: true, outcome: 'broken_still' },
	{ time: 0.05, outcome: 'broken_time' },
	{ loops: false, outcome: 'broken_loops' },
	{ sides: 'other', outcome: 'broken_sides' },
	{ tag: 'other', outcome: 'broken_turned' },
	{ tag: 'kept', sides: 'swapped', outcome: 'broken_turned' },
	{ tag: 'upright', turn: 'flip', sides: 'swapped', outcome: 'broken_turned' },
	{ tag: 'upright', turn: 'quarter', square: false, sides: 'same', outcome: 'broken_turned' },
	// Whether the pixels were turned shows in the pixels alone.
	{ tag: 'upright', turn: 'flip', looked: false, outcome: 'broken_turned' },
	{ tag: 'upright', turn: 'quarter', square: true, looked: false, outcome: 'broken_turned' },
	{ clear: 0.3, outcome: 'broken_transparency' },
	{ alpha: false, looked: false, outcome: 'broken_transparency' },
	{ colours: 0.008, outcome: 'broken_colours' },
	{ colour: false, looked: false, outcome: 'broken_colours' },
	{ look: 0.045, outcome: 'broken_look' },
	{ worst: 0.25, outcome: 'broken_look' },
	{ rights: false, outcome: 'broken_rights' },
	{ panorama: false, outcome: 'broken_panorama' },
];

/** Says how an answer is not the same picture, as an outcome; null: it is. */
export const differenceOf = ( comparison: Comparison ): OutcomeCode | null =>
	pictureRules.find( ( { outcome: _, ...rule } ) =>
		Object.entries( rule ).every( ( [ name, wanted ] ) => {
			const seen = comparison[ name as keyof Comparison ];
			return typeof wanted === 'number' ? Number( seen ) > wanted : seen === wanted;
		} )
	)?.outcome ?? null;
