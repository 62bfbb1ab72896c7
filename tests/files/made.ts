// Made by make.ts, as are the files.

/**
 * What is wrong with an answer.
 *
 * incomplete: it ends too early, or has no pixels
 * type: it is of another type than its name says
 * sides: it is larger, smaller, or lies on its side
 * turned: it is shown turned or mirrored, because what says how it lies is lost or was obeyed twice
 * still: it moved, and moves no more
 * time: all frames together take more or less time
 * loop: it is played another number of times
 * transparency: what was clear is not
 * look: it shows something else
 * colours: what its numbers mean is lost, and they were not converted
 * rights: whose it is, or who made it, is lost
 * panorama: what makes it a panorama is lost
 */
export type Difference =
	| 'incomplete'
	| 'type'
	| 'sides'
	| 'turned'
	| 'still'
	| 'time'
	| 'loop'
	| 'transparency'
	| 'look'
	| 'colours'
	| 'rights'
	| 'panorama';

/**
 * What a file carries that an answer would lose.
 *
 * hdr: light brighter than white
 * gain_map: a second picture that makes it brighter on screens that can
 * motion: a video
 * depth: how far away each pixel is
 * stereo: a second picture, for the other eye
 * layers: what a program needs to edit it, or to stretch it
 * appended: another file
 * sequence: further pictures, as a film
 * cmyk: the colours of print
 */
export type Carried = 'hdr' | 'gain_map' | 'motion' | 'depth' | 'stereo' | 'layers' | 'appended' | 'sequence' | 'cmyk';

export interface Case {
	name: string;
	/** Of each file: where it lies, from pictures/. */
	before: string;
	/** An answer that is the same picture. */
	right?: string;
	/** Answers that are not; of several differences, each is a right thing to say. */
	wrong: { file: string; difference: Difference | Difference[] }[];
	/** What of the file before can't be kept; an empty list where it only looks so. */
	carries?: Carried[];
}

export const cases: Case[] = [
	{
		name: 'plain-jpeg',
		before: 'plain-jpeg/before.jpg',
		right: 'plain-jpeg/right.jpg',
		wrong: [
			{ file: 'plain-jpeg/wrong-quarter.jpg', difference: 'incomplete' },
			{ file: 'plain-jpeg/wrong-half.jpg', difference: 'look' },
			{ file: 'plain-jpeg/wrong-white.jpg', difference: 'look' },
			{ file: 'plain-jpeg/wrong-another.jpg', difference: 'look' },
			{ file: 'plain-jpeg/wrong-turned.jpg', difference: 'sides' },
			{ file: 'plain-jpeg/wrong-upside-down.jpg', difference: [ 'look', 'turned' ] },
			{ file: 'plain-jpeg/wrong-mirrored.jpg', difference: [ 'look', 'turned' ] },
			{ file: 'plain-jpeg/wrong-smaller.jpg', difference: 'sides' },
			{ file: 'plain-jpeg/wrong-type.jpg', difference: 'type' },
			{ file: 'plain-jpeg/wrong-without-scan.jpg', difference: 'incomplete' },
			{ file: 'plain-jpeg/wrong-closed.jpg', difference: [ 'look', 'incomplete' ] },
		],
	},
	{
		name: 'plain-png',
		before: 'plain-png/before.png',
		right: 'plain-png/right.png',
		wrong: [
			{ file: 'plain-png/wrong-quarter.png', difference: 'incomplete' },
			{ file: 'plain-png/wrong-half.png', difference: 'look' },
			{ file: 'plain-png/wrong-white.png', difference: 'look' },
			{ file: 'plain-png/wrong-another.png', difference: 'look' },
			{ file: 'plain-png/wrong-turned.png', difference: 'sides' },
			{ file: 'plain-png/wrong-upside-down.png', difference: [ 'look', 'turned' ] },
			{ file: 'plain-png/wrong-mirrored.png', difference: [ 'look', 'turned' ] },
			{ file: 'plain-png/wrong-smaller.png', difference: 'sides' },
			{ file: 'plain-png/wrong-type.png', difference: 'type' },
		],
	},
	{
		name: 'plain-gif',
		before: 'plain-gif/before.gif',
		right: 'plain-gif/right.gif',
		wrong: [
			{ file: 'plain-gif/wrong-quarter.gif', difference: 'incomplete' },
			{ file: 'plain-gif/wrong-half.gif', difference: 'look' },
			{ file: 'plain-gif/wrong-white.gif', difference: 'look' },
			{ file: 'plain-gif/wrong-another.gif', difference: 'look' },
			{ file: 'plain-gif/wrong-turned.gif', difference: 'sides' },
			{ file: 'plain-gif/wrong-upside-down.gif', difference: [ 'look', 'turned' ] },
			{ file: 'plain-gif/wrong-mirrored.gif', difference: [ 'look', 'turned' ] },
			{ file: 'plain-gif/wrong-smaller.gif', difference: 'sides' },
			{ file: 'plain-gif/wrong-type.gif', difference: 'type' },
		],
	},
	{
		name: 'plain-webp',
		before: 'plain-webp/before.webp',
		right: 'plain-webp/right.webp',
		wrong: [
			{ file: 'plain-webp/wrong-quarter.webp', difference: 'incomplete' },
			{ file: 'plain-webp/wrong-half.webp', difference: 'look' },
			{ file: 'plain-webp/wrong-white.webp', difference: 'look' },
			{ file: 'plain-webp/wrong-another.webp', difference: 'look' },
			{ file: 'plain-webp/wrong-turned.webp', difference: 'sides' },
			{ file: 'plain-webp/wrong-upside-down.webp', difference: [ 'look', 'turned' ] },
			{ file: 'plain-webp/wrong-mirrored.webp', difference: [ 'look', 'turned' ] },
			{ file: 'plain-webp/wrong-smaller.webp', difference: 'sides' },
			{ file: 'plain-webp/wrong-type.webp', difference: 'type' },
		],
	},
	{
		name: 'plain-avif',
		before: 'plain-avif/before.avif',
		right: 'plain-avif/right.avif',
		wrong: [
			{ file: 'plain-avif/wrong-quarter.avif', difference: 'incomplete' },
			{ file: 'plain-avif/wrong-half.avif', difference: 'look' },
			{ file: 'plain-avif/wrong-white.avif', difference: 'look' },
			{ file: 'plain-avif/wrong-another.avif', difference: 'look' },
			{ file: 'plain-avif/wrong-turned.avif', difference: 'sides' },
			{ file: 'plain-avif/wrong-upside-down.avif', difference: [ 'look', 'turned' ] },
			{ file: 'plain-avif/wrong-mirrored.avif', difference: [ 'look', 'turned' ] },
			{ file: 'plain-avif/wrong-smaller.avif', difference: 'sides' },
			{ file: 'plain-avif/wrong-type.avif', difference: 'type' },
		],
	},
	{
		name: 'square-jpeg',
		before: 'square-jpeg/before.jpg',
		right: 'square-jpeg/right.jpg',
		wrong: [ { file: 'square-jpeg/wrong-turned.jpg', difference: [ 'look', 'turned' ] } ],
	},
	{
		name: 'square-png',
		before: 'square-png/before.png',
		right: 'square-png/right.png',
		wrong: [ { file: 'square-png/wrong-turned.png', difference: [ 'look', 'turned' ] } ],
	},
	{
		name: 'square-webp',
		before: 'square-webp/before.webp',
		right: 'square-webp/right.webp',
		wrong: [ { file: 'square-webp/wrong-turned.webp', difference: [ 'look', 'turned' ] } ],
	},
	{
		name: 'orientation-1',
		before: 'orientation-1/before.jpg',
		right: 'orientation-1/right-kept.jpg',
		wrong: [
			{ file: 'orientation-1/wrong-upside-down.jpg', difference: [ 'turned', 'look' ] },
			{ file: 'orientation-1/wrong-other-tag.jpg', difference: [ 'turned', 'look' ] },
		],
	},
	{
		name: 'orientation-1, upright',
		before: 'orientation-1/before.jpg',
		right: 'orientation-1/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-2',
		before: 'orientation-2/before.jpg',
		right: 'orientation-2/right-kept.jpg',
		wrong: [
			{ file: 'orientation-2/wrong-dropped.jpg', difference: 'turned' },
			{ file: 'orientation-2/wrong-twice.jpg', difference: 'turned' },
		],
	},
	{
		name: 'orientation-2, upright',
		before: 'orientation-2/before.jpg',
		right: 'orientation-2/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-2, upright-1',
		before: 'orientation-2/before.jpg',
		right: 'orientation-2/right-upright-1.jpg',
		wrong: [],
	},
	{
		name: 'orientation-3',
		before: 'orientation-3/before.jpg',
		right: 'orientation-3/right-kept.jpg',
		wrong: [
			{ file: 'orientation-3/wrong-dropped.jpg', difference: 'turned' },
			{ file: 'orientation-3/wrong-twice.jpg', difference: 'turned' },
		],
	},
	{
		name: 'orientation-3, upright',
		before: 'orientation-3/before.jpg',
		right: 'orientation-3/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-3, upright-1',
		before: 'orientation-3/before.jpg',
		right: 'orientation-3/right-upright-1.jpg',
		wrong: [],
	},
	{
		name: 'orientation-4',
		before: 'orientation-4/before.jpg',
		right: 'orientation-4/right-kept.jpg',
		wrong: [
			{ file: 'orientation-4/wrong-dropped.jpg', difference: 'turned' },
			{ file: 'orientation-4/wrong-twice.jpg', difference: 'turned' },
		],
	},
	{
		name: 'orientation-4, upright',
		before: 'orientation-4/before.jpg',
		right: 'orientation-4/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-4, upright-1',
		before: 'orientation-4/before.jpg',
		right: 'orientation-4/right-upright-1.jpg',
		wrong: [],
	},
	{
		name: 'orientation-5',
		before: 'orientation-5/before.jpg',
		right: 'orientation-5/right-kept.jpg',
		wrong: [
			{ file: 'orientation-5/wrong-dropped.jpg', difference: 'turned' },
			{ file: 'orientation-5/wrong-twice.jpg', difference: 'turned' },
			{ file: 'orientation-5/wrong-as-6.jpg', difference: [ 'turned', 'look' ] },
		],
	},
	{
		name: 'orientation-5, upright',
		before: 'orientation-5/before.jpg',
		right: 'orientation-5/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-5, upright-1',
		before: 'orientation-5/before.jpg',
		right: 'orientation-5/right-upright-1.jpg',
		wrong: [],
	},
	{
		name: 'orientation-6',
		before: 'orientation-6/before.jpg',
		right: 'orientation-6/right-kept.jpg',
		wrong: [
			{ file: 'orientation-6/wrong-dropped.jpg', difference: 'turned' },
			{ file: 'orientation-6/wrong-twice.jpg', difference: 'turned' },
		],
	},
	{
		name: 'orientation-6, upright',
		before: 'orientation-6/before.jpg',
		right: 'orientation-6/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-6, upright-1',
		before: 'orientation-6/before.jpg',
		right: 'orientation-6/right-upright-1.jpg',
		wrong: [],
	},
	{
		name: 'orientation-7',
		before: 'orientation-7/before.jpg',
		right: 'orientation-7/right-kept.jpg',
		wrong: [
			{ file: 'orientation-7/wrong-dropped.jpg', difference: 'turned' },
			{ file: 'orientation-7/wrong-twice.jpg', difference: 'turned' },
		],
	},
	{
		name: 'orientation-7, upright',
		before: 'orientation-7/before.jpg',
		right: 'orientation-7/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-7, upright-1',
		before: 'orientation-7/before.jpg',
		right: 'orientation-7/right-upright-1.jpg',
		wrong: [],
	},
	{
		name: 'orientation-8',
		before: 'orientation-8/before.jpg',
		right: 'orientation-8/right-kept.jpg',
		wrong: [
			{ file: 'orientation-8/wrong-dropped.jpg', difference: 'turned' },
			{ file: 'orientation-8/wrong-twice.jpg', difference: 'turned' },
		],
	},
	{
		name: 'orientation-8, upright',
		before: 'orientation-8/before.jpg',
		right: 'orientation-8/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-8, upright-1',
		before: 'orientation-8/before.jpg',
		right: 'orientation-8/right-upright-1.jpg',
		wrong: [],
	},
	{
		name: 'orientation-5-square',
		before: 'orientation-5-square/before.jpg',
		right: 'orientation-5-square/right-kept.jpg',
		wrong: [
			{ file: 'orientation-5-square/wrong-dropped.jpg', difference: 'turned' },
			{ file: 'orientation-5-square/wrong-twice.jpg', difference: 'turned' },
			{ file: 'orientation-5-square/wrong-as-6.jpg', difference: [ 'turned', 'look' ] },
		],
	},
	{
		name: 'orientation-5-square, upright',
		before: 'orientation-5-square/before.jpg',
		right: 'orientation-5-square/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-5-square, upright-1',
		before: 'orientation-5-square/before.jpg',
		right: 'orientation-5-square/right-upright-1.jpg',
		wrong: [],
	},
	{
		name: 'orientation-6-square',
		before: 'orientation-6-square/before.jpg',
		right: 'orientation-6-square/right-kept.jpg',
		wrong: [
			{ file: 'orientation-6-square/wrong-dropped.jpg', difference: 'turned' },
			{ file: 'orientation-6-square/wrong-twice.jpg', difference: 'turned' },
		],
	},
	{
		name: 'orientation-6-square, upright',
		before: 'orientation-6-square/before.jpg',
		right: 'orientation-6-square/right-upright.jpg',
		wrong: [],
	},
	{
		name: 'orientation-6-square, upright-1',
		before: 'orientation-6-square/before.jpg',
		right: 'orientation-6-square/right-upright-1.jpg',
		wrong: [],
	},
	{
		name: 'orientation-6-webp',
		before: 'orientation-6-webp/before.webp',
		right: 'orientation-6-webp/right-kept.webp',
		wrong: [
			{ file: 'orientation-6-webp/wrong-dropped.webp', difference: 'turned' },
			{ file: 'orientation-6-webp/wrong-twice.webp', difference: 'turned' },
		],
	},
	{
		name: 'orientation-6-webp, upright',
		before: 'orientation-6-webp/before.webp',
		right: 'orientation-6-webp/right-upright.webp',
		wrong: [],
	},
	{
		name: 'orientation-6-png',
		before: 'orientation-6-png/before.png',
		right: 'orientation-6-png/right-kept.png',
		wrong: [
			{ file: 'orientation-6-png/wrong-dropped.png', difference: 'turned' },
			{ file: 'orientation-6-png/wrong-twice.png', difference: 'turned' },
		],
	},
	{
		name: 'orientation-6-png, upright',
		before: 'orientation-6-png/before.png',
		right: 'orientation-6-png/right-upright.png',
		wrong: [],
	},
	{
		name: 'avif-irot-1',
		before: 'avif-irot-1/before.avif',
		right: 'avif-irot-1/right-kept.avif',
		wrong: [
			{ file: 'avif-irot-1/wrong-dropped.avif', difference: 'turned' },
			{ file: 'avif-irot-1/wrong-twice.avif', difference: 'turned' },
		],
	},
	{
		name: 'avif-irot-1, upright',
		before: 'avif-irot-1/before.avif',
		right: 'avif-irot-1/right-upright.avif',
		wrong: [],
	},
	{
		name: 'avif-irot-2',
		before: 'avif-irot-2/before.avif',
		right: 'avif-irot-2/right-kept.avif',
		wrong: [
			{ file: 'avif-irot-2/wrong-dropped.avif', difference: 'turned' },
			{ file: 'avif-irot-2/wrong-twice.avif', difference: 'turned' },
		],
	},
	{
		name: 'avif-irot-2, upright',
		before: 'avif-irot-2/before.avif',
		right: 'avif-irot-2/right-upright.avif',
		wrong: [],
	},
	{
		name: 'avif-irot-3',
		before: 'avif-irot-3/before.avif',
		right: 'avif-irot-3/right-kept.avif',
		wrong: [
			{ file: 'avif-irot-3/wrong-dropped.avif', difference: 'turned' },
			{ file: 'avif-irot-3/wrong-twice.avif', difference: 'turned' },
		],
	},
	{
		name: 'avif-irot-3, upright',
		before: 'avif-irot-3/before.avif',
		right: 'avif-irot-3/right-upright.avif',
		wrong: [],
	},
	{
		name: 'avif-imir-left-right',
		before: 'avif-imir-left-right/before.avif',
		right: 'avif-imir-left-right/right-kept.avif',
		wrong: [
			{ file: 'avif-imir-left-right/wrong-dropped.avif', difference: 'turned' },
			{ file: 'avif-imir-left-right/wrong-twice.avif', difference: 'turned' },
		],
	},
	{
		name: 'avif-imir-left-right, upright',
		before: 'avif-imir-left-right/before.avif',
		right: 'avif-imir-left-right/right-upright.avif',
		wrong: [],
	},
	{
		name: 'avif-imir-top-bottom',
		before: 'avif-imir-top-bottom/before.avif',
		right: 'avif-imir-top-bottom/right-kept.avif',
		wrong: [
			{ file: 'avif-imir-top-bottom/wrong-dropped.avif', difference: 'turned' },
			{ file: 'avif-imir-top-bottom/wrong-twice.avif', difference: 'turned' },
		],
	},
	{
		name: 'avif-imir-top-bottom, upright',
		before: 'avif-imir-top-bottom/before.avif',
		right: 'avif-imir-top-bottom/right-upright.avif',
		wrong: [],
	},
	{
		name: 'animated-gif',
		before: 'animated-gif/before.gif',
		right: 'animated-gif/right.gif',
		wrong: [
			{ file: 'animated-gif/wrong-still.gif', difference: 'still' },
			{ file: 'animated-gif/wrong-fast.gif', difference: 'time' },
			{ file: 'animated-gif/wrong-once.gif', difference: 'loop' },
			{ file: 'animated-gif/wrong-quarter.gif', difference: 'incomplete' },
		],
	},
	{
		name: 'animated-gif-merged',
		before: 'animated-gif-merged/before.gif',
		right: 'animated-gif-merged/right.gif',
		wrong: [ { file: 'animated-gif-merged/wrong-left-out.gif', difference: 'time' } ],
	},
	{
		name: 'animated-png',
		before: 'animated-png/before.png',
		right: 'animated-png/right.png',
		wrong: [
			{ file: 'animated-png/wrong-still.png', difference: 'still' },
			{ file: 'animated-png/wrong-fast.png', difference: 'time' },
			{ file: 'animated-png/wrong-once.png', difference: 'loop' },
			{ file: 'animated-png/wrong-quarter.png', difference: 'incomplete' },
		],
	},
	{
		name: 'animated-png-merged',
		before: 'animated-png-merged/before.png',
		right: 'animated-png-merged/right.png',
		wrong: [ { file: 'animated-png-merged/wrong-left-out.png', difference: 'time' } ],
	},
	{
		name: 'animated-webp',
		before: 'animated-webp/before.webp',
		right: 'animated-webp/right.webp',
		wrong: [
			{ file: 'animated-webp/wrong-still.webp', difference: 'still' },
			{ file: 'animated-webp/wrong-fast.webp', difference: 'time' },
			{ file: 'animated-webp/wrong-once.webp', difference: 'loop' },
			{ file: 'animated-webp/wrong-quarter.webp', difference: 'incomplete' },
		],
	},
	{
		name: 'animated-webp-merged',
		before: 'animated-webp-merged/before.webp',
		right: 'animated-webp-merged/right.webp',
		wrong: [ { file: 'animated-webp-merged/wrong-left-out.webp', difference: 'time' } ],
	},
	{
		name: 'animated-avif',
		before: 'animated-avif/before.avif',
		carries: [ 'sequence' ],
		right: 'animated-avif/right.avif',
		wrong: [
			{ file: 'animated-avif/wrong-still.avif', difference: 'still' },
			{ file: 'animated-avif/wrong-fast.avif', difference: 'time' },
			{ file: 'animated-avif/wrong-once.avif', difference: 'loop' },
			{ file: 'animated-avif/wrong-quarter.avif', difference: 'incomplete' },
		],
	},
	{
		name: 'animated-avif-merged',
		before: 'animated-avif-merged/before.avif',
		carries: [ 'sequence' ],
		right: 'animated-avif-merged/right.avif',
		wrong: [ { file: 'animated-avif-merged/wrong-left-out.avif', difference: 'time' } ],
	},
	{
		name: 'animated-gif-no-times',
		before: 'animated-gif-no-times/before.gif',
		right: 'animated-gif-no-times/right.gif',
		wrong: [],
	},
	{
		name: 'transparent-png',
		before: 'transparent-png/before.png',
		right: 'transparent-png/right.png',
		wrong: [
			{ file: 'transparent-png/wrong-black.png', difference: 'transparency' },
			{ file: 'transparent-png/wrong-white.png', difference: 'transparency' },
			{ file: 'transparent-png/wrong-filled.png', difference: 'transparency' },
		],
	},
	{
		name: 'transparent-palette',
		before: 'transparent-palette/before.png',
		right: 'transparent-palette/right.png',
		wrong: [
			{ file: 'transparent-palette/wrong-black.png', difference: 'transparency' },
			{ file: 'transparent-palette/wrong-white.png', difference: 'transparency' },
		],
	},
	{
		name: 'transparent-webp',
		before: 'transparent-webp/before.webp',
		right: 'transparent-webp/right.webp',
		wrong: [
			{ file: 'transparent-webp/wrong-black.webp', difference: 'transparency' },
			{ file: 'transparent-webp/wrong-white.webp', difference: 'transparency' },
		],
	},
	{
		name: 'transparent-gif',
		before: 'transparent-gif/before.gif',
		right: 'transparent-gif/right.gif',
		wrong: [
			{ file: 'transparent-gif/wrong-black.gif', difference: 'transparency' },
			{ file: 'transparent-gif/wrong-white.gif', difference: 'transparency' },
		],
	},
	{
		name: 'transparent-avif',
		before: 'transparent-avif/before.avif',
		right: 'transparent-avif/right.avif',
		wrong: [
			{ file: 'transparent-avif/wrong-black.avif', difference: 'transparency' },
			{ file: 'transparent-avif/wrong-white.avif', difference: 'transparency' },
			{ file: 'transparent-avif/wrong-filled.avif', difference: 'transparency' },
		],
	},
	{ name: 'opaque-png', before: 'opaque-png/before.png', right: 'opaque-png/right-without.png', wrong: [] },
	{ name: 'opaque-png, kept', before: 'opaque-png/before.png', right: 'opaque-png/right-kept.png', wrong: [] },
	{ name: 'opaque-avif', before: 'opaque-avif/before.avif', right: 'opaque-avif/right-without.avif', wrong: [] },
	{ name: 'opaque-avif, kept', before: 'opaque-avif/before.avif', right: 'opaque-avif/right-kept.avif', wrong: [] },
	{
		name: 'colours-display-p3-jpeg',
		before: 'colours-display-p3-jpeg/before.jpg',
		right: 'colours-display-p3-jpeg/right-kept.jpg',
		wrong: [ { file: 'colours-display-p3-jpeg/wrong-dropped.jpg', difference: 'colours' } ],
	},
	{
		name: 'colours-display-p3-jpeg, converted',
		before: 'colours-display-p3-jpeg/before.jpg',
		right: 'colours-display-p3-jpeg/right-converted.jpg',
		wrong: [],
	},
	{
		name: 'colours-adobe-rgb-jpeg',
		before: 'colours-adobe-rgb-jpeg/before.jpg',
		right: 'colours-adobe-rgb-jpeg/right-kept.jpg',
		wrong: [ { file: 'colours-adobe-rgb-jpeg/wrong-dropped.jpg', difference: 'colours' } ],
	},
	{
		name: 'colours-adobe-rgb-jpeg, converted',
		before: 'colours-adobe-rgb-jpeg/before.jpg',
		right: 'colours-adobe-rgb-jpeg/right-converted.jpg',
		wrong: [],
	},
	{
		name: 'colours-pro-photo-jpeg',
		before: 'colours-pro-photo-jpeg/before.jpg',
		right: 'colours-pro-photo-jpeg/right-kept.jpg',
		wrong: [ { file: 'colours-pro-photo-jpeg/wrong-dropped.jpg', difference: 'colours' } ],
	},
	{
		name: 'colours-pro-photo-jpeg, converted',
		before: 'colours-pro-photo-jpeg/before.jpg',
		right: 'colours-pro-photo-jpeg/right-converted.jpg',
		wrong: [],
	},
	{
		name: 'colours-display-p3-png',
		before: 'colours-display-p3-png/before.png',
		right: 'colours-display-p3-png/right-kept.png',
		wrong: [ { file: 'colours-display-p3-png/wrong-dropped.png', difference: 'colours' } ],
	},
	{
		name: 'colours-display-p3-png, converted',
		before: 'colours-display-p3-png/before.png',
		right: 'colours-display-p3-png/right-converted.png',
		wrong: [],
	},
	{
		name: 'colours-display-p3-webp',
		before: 'colours-display-p3-webp/before.webp',
		right: 'colours-display-p3-webp/right-kept.webp',
		wrong: [ { file: 'colours-display-p3-webp/wrong-dropped.webp', difference: 'colours' } ],
	},
	{
		name: 'colours-display-p3-webp, converted',
		before: 'colours-display-p3-webp/before.webp',
		right: 'colours-display-p3-webp/right-converted.webp',
		wrong: [],
	},
	{
		name: 'colours-grey-jpeg',
		before: 'colours-grey-jpeg/before.jpg',
		right: 'colours-grey-jpeg/right-kept.jpg',
		wrong: [ { file: 'colours-grey-jpeg/wrong-dropped.jpg', difference: 'colours' } ],
	},
	{
		name: 'colours-grey-jpeg, converted',
		before: 'colours-grey-jpeg/before.jpg',
		right: 'colours-grey-jpeg/right-converted.jpg',
		wrong: [],
	},
	{
		name: 'colours-srgb-jpeg',
		before: 'colours-srgb-jpeg/before.jpg',
		right: 'colours-srgb-jpeg/right-dropped.jpg',
		wrong: [],
	},
	{
		name: 'colours-srgb-jpeg, kept',
		before: 'colours-srgb-jpeg/before.jpg',
		right: 'colours-srgb-jpeg/right-kept.jpg',
		wrong: [],
	},
	{
		name: 'colours-gamma-png',
		before: 'colours-gamma-png/before.png',
		right: 'colours-gamma-png/right-kept.png',
		wrong: [ { file: 'colours-gamma-png/wrong-dropped.png', difference: 'colours' } ],
	},
	{
		name: 'colours-gamma-png, converted',
		before: 'colours-gamma-png/before.png',
		right: 'colours-gamma-png/right-converted.png',
		wrong: [],
	},
	{
		name: 'colours-usual-gamma-png',
		before: 'colours-usual-gamma-png/before.png',
		right: 'colours-usual-gamma-png/right-dropped.png',
		wrong: [],
	},
	{
		name: 'colours-usual-gamma-png, kept',
		before: 'colours-usual-gamma-png/before.png',
		right: 'colours-usual-gamma-png/right-kept.png',
		wrong: [],
	},
	{
		name: 'colours-cicp-p3-png',
		before: 'colours-cicp-p3-png/before.png',
		right: 'colours-cicp-p3-png/right-kept.png',
		wrong: [ { file: 'colours-cicp-p3-png/wrong-dropped.png', difference: 'colours' } ],
	},
	{
		name: 'colours-cicp-p3-png, converted',
		before: 'colours-cicp-p3-png/before.png',
		right: 'colours-cicp-p3-png/right-converted.png',
		wrong: [],
	},
	{
		name: 'colours-nclx-p3-avif',
		before: 'colours-nclx-p3-avif/before.avif',
		right: 'colours-nclx-p3-avif/right-kept.avif',
		wrong: [ { file: 'colours-nclx-p3-avif/wrong-dropped.avif', difference: 'colours' } ],
	},
	{
		name: 'colours-nclx-p3-avif, converted',
		before: 'colours-nclx-p3-avif/before.avif',
		right: 'colours-nclx-p3-avif/right-converted.avif',
		wrong: [],
	},
	{
		name: 'rights-exif-jpeg',
		before: 'rights-exif-jpeg/before.jpg',
		right: 'rights-exif-jpeg/right-kept.jpg',
		wrong: [
			{ file: 'rights-exif-jpeg/wrong-stripped.jpg', difference: 'rights' },
			{ file: 'rights-exif-jpeg/wrong-only-place.jpg', difference: 'rights' },
		],
	},
	{
		name: 'rights-exif-jpeg, without-place',
		before: 'rights-exif-jpeg/before.jpg',
		right: 'rights-exif-jpeg/right-without-place.jpg',
		wrong: [],
	},
	{
		name: 'rights-iptc-jpeg',
		before: 'rights-iptc-jpeg/before.jpg',
		right: 'rights-iptc-jpeg/right-kept.jpg',
		wrong: [ { file: 'rights-iptc-jpeg/wrong-stripped.jpg', difference: 'rights' } ],
	},
	{
		name: 'rights-xmp-jpeg',
		before: 'rights-xmp-jpeg/before.jpg',
		right: 'rights-xmp-jpeg/right-kept.jpg',
		wrong: [
			{ file: 'rights-xmp-jpeg/wrong-stripped.jpg', difference: 'rights' },
			{ file: 'rights-xmp-jpeg/wrong-only-place.jpg', difference: 'rights' },
		],
	},
	{
		name: 'rights-xmp-jpeg, without-place',
		before: 'rights-xmp-jpeg/before.jpg',
		right: 'rights-xmp-jpeg/right-without-place.jpg',
		wrong: [],
	},
	{
		name: 'rights-all-jpeg',
		before: 'rights-all-jpeg/before.jpg',
		right: 'rights-all-jpeg/right-kept.jpg',
		wrong: [
			{ file: 'rights-all-jpeg/wrong-stripped.jpg', difference: 'rights' },
			{ file: 'rights-all-jpeg/wrong-only-place.jpg', difference: 'rights' },
		],
	},
	{
		name: 'rights-all-jpeg, without-place',
		before: 'rights-all-jpeg/before.jpg',
		right: 'rights-all-jpeg/right-without-place.jpg',
		wrong: [],
	},
	{
		name: 'rights-exif-png',
		before: 'rights-exif-png/before.png',
		right: 'rights-exif-png/right-kept.png',
		wrong: [
			{ file: 'rights-exif-png/wrong-stripped.png', difference: 'rights' },
			{ file: 'rights-exif-png/wrong-only-place.png', difference: 'rights' },
		],
	},
	{
		name: 'rights-exif-png, without-place',
		before: 'rights-exif-png/before.png',
		right: 'rights-exif-png/right-without-place.png',
		wrong: [],
	},
	{
		name: 'rights-xmp-png',
		before: 'rights-xmp-png/before.png',
		right: 'rights-xmp-png/right-kept.png',
		wrong: [
			{ file: 'rights-xmp-png/wrong-stripped.png', difference: 'rights' },
			{ file: 'rights-xmp-png/wrong-only-place.png', difference: 'rights' },
		],
	},
	{
		name: 'rights-xmp-png, without-place',
		before: 'rights-xmp-png/before.png',
		right: 'rights-xmp-png/right-without-place.png',
		wrong: [],
	},
	{
		name: 'rights-exif-webp',
		before: 'rights-exif-webp/before.webp',
		right: 'rights-exif-webp/right-kept.webp',
		wrong: [
			{ file: 'rights-exif-webp/wrong-stripped.webp', difference: 'rights' },
			{ file: 'rights-exif-webp/wrong-only-place.webp', difference: 'rights' },
		],
	},
	{
		name: 'rights-exif-webp, without-place',
		before: 'rights-exif-webp/before.webp',
		right: 'rights-exif-webp/right-without-place.webp',
		wrong: [],
	},
	{
		name: 'rights-xmp-webp',
		before: 'rights-xmp-webp/before.webp',
		right: 'rights-xmp-webp/right-kept.webp',
		wrong: [
			{ file: 'rights-xmp-webp/wrong-stripped.webp', difference: 'rights' },
			{ file: 'rights-xmp-webp/wrong-only-place.webp', difference: 'rights' },
		],
	},
	{
		name: 'rights-xmp-webp, without-place',
		before: 'rights-xmp-webp/before.webp',
		right: 'rights-xmp-webp/right-without-place.webp',
		wrong: [],
	},
	{ name: 'place-only-jpeg', before: 'place-only-jpeg/before.jpg', right: 'place-only-jpeg/right.jpg', wrong: [] },
	{
		name: 'panorama-jpeg',
		before: 'panorama-jpeg/before.jpg',
		right: 'panorama-jpeg/right.jpg',
		wrong: [ { file: 'panorama-jpeg/wrong-stripped.jpg', difference: 'panorama' } ],
	},
	{ name: 'hdr-pq-avif', before: 'hdr-pq-avif/before.avif', carries: [ 'hdr' ], wrong: [] },
	{ name: 'hdr-pq-png', before: 'hdr-pq-png/before.png', carries: [ 'hdr' ], wrong: [] },
	{ name: 'hdr-hlg-avif', before: 'hdr-hlg-avif/before.avif', carries: [ 'hdr' ], wrong: [] },
	{ name: 'hdr-hlg-png', before: 'hdr-hlg-png/before.png', carries: [ 'hdr' ], wrong: [] },
	{ name: 'gain-map-google-jpeg', before: 'gain-map-google-jpeg/before.jpg', carries: [ 'gain_map' ], wrong: [] },
	{ name: 'gain-map-apple-jpeg', before: 'gain-map-apple-jpeg/before.jpg', carries: [ 'gain_map' ], wrong: [] },
	{ name: 'gain-map-iso-jpeg', before: 'gain-map-iso-jpeg/before.jpg', carries: [ 'gain_map' ], wrong: [] },
	{ name: 'gain-map-avif', before: 'gain-map-avif/before.avif', carries: [ 'gain_map' ], wrong: [] },
	{ name: 'motion-google-jpeg', before: 'motion-google-jpeg/before.jpg', carries: [ 'motion' ], wrong: [] },
	{ name: 'motion-google-old-jpeg', before: 'motion-google-old-jpeg/before.jpg', carries: [ 'motion' ], wrong: [] },
	{ name: 'motion-samsung-jpeg', before: 'motion-samsung-jpeg/before.jpg', carries: [ 'motion' ], wrong: [] },
	{ name: 'harmless-samsung-time-jpeg', before: 'harmless-samsung-time-jpeg/before.jpg', carries: [], wrong: [] },
	{ name: 'sequence-avif', before: 'sequence-avif/before.avif', carries: [ 'sequence' ], wrong: [] },
	{ name: 'depth-google-jpeg', before: 'depth-google-jpeg/before.jpg', carries: [ 'depth' ], wrong: [] },
	{ name: 'depth-apple-jpeg', before: 'depth-apple-jpeg/before.jpg', carries: [ 'depth' ], wrong: [] },
	{ name: 'depth-avif', before: 'depth-avif/before.avif', carries: [ 'depth' ], wrong: [] },
	{ name: 'stereo-mpo-jpeg', before: 'stereo-mpo-jpeg/before.jpg', carries: [ 'stereo' ], wrong: [] },
	{ name: 'stereo-jps-jpeg', before: 'stereo-jps-jpeg/before.jpg', carries: [ 'stereo' ], wrong: [] },
	{ name: 'layers-fireworks-png', before: 'layers-fireworks-png/before.png', carries: [ 'layers' ], wrong: [] },
	{ name: 'layers-drawio-png', before: 'layers-drawio-png/before.png', carries: [ 'layers' ], wrong: [] },
	{ name: 'layers-nine-patch-png', before: 'layers-nine-patch-png/before.png', carries: [ 'layers' ], wrong: [] },
	{ name: 'appended-zip-jpeg', before: 'appended-zip-jpeg/before.jpg', carries: [ 'appended' ], wrong: [] },
	{ name: 'appended-zip-png', before: 'appended-zip-png/before.png', carries: [ 'appended' ], wrong: [] },
	{ name: 'appended-zip-gif', before: 'appended-zip-gif/before.gif', carries: [ 'appended' ], wrong: [] },
	{ name: 'appended-zip-webp', before: 'appended-zip-webp/before.webp', carries: [ 'appended' ], wrong: [] },
	{ name: 'cmyk-jpeg', before: 'cmyk-jpeg/before.jpg', carries: [ 'cmyk' ], wrong: [] },
	{ name: 'cmyk-ycck-jpeg', before: 'cmyk-ycck-jpeg/before.jpg', carries: [ 'cmyk' ], wrong: [] },
	{ name: 'harmless-padded-zero-jpeg', before: 'harmless-padded-zero-jpeg/before.jpg', carries: [], wrong: [] },
	{ name: 'harmless-padded-255-jpeg', before: 'harmless-padded-255-jpeg/before.jpg', carries: [], wrong: [] },
	{
		name: 'harmless-large-thumbnail-jpeg',
		before: 'harmless-large-thumbnail-jpeg/before.jpg',
		carries: [],
		wrong: [],
	},
	{
		name: 'harmless-larger-thumbnails-jpeg',
		before: 'harmless-larger-thumbnails-jpeg/before.jpg',
		carries: [],
		wrong: [],
	},
	{ name: 'harmless-thumbnail-jpeg', before: 'harmless-thumbnail-jpeg/before.jpg', carries: [], wrong: [] },
	{ name: 'harmless-restart-jpeg', before: 'harmless-restart-jpeg/before.jpg', carries: [], wrong: [] },
	{ name: 'harmless-progressive-jpeg', before: 'harmless-progressive-jpeg/before.jpg', carries: [], wrong: [] },
	{ name: 'harmless-grey-jpeg', before: 'harmless-grey-jpeg/before.jpg', carries: [], wrong: [] },
	{ name: 'harmless-444-jpeg', before: 'harmless-444-jpeg/before.jpg', carries: [], wrong: [] },
	{ name: 'harmless-vpag-png', before: 'harmless-vpag-png/before.png', carries: [], wrong: [] },
	{ name: 'harmless-canv-png', before: 'harmless-canv-png/before.png', carries: [], wrong: [] },
	{ name: 'harmless-idot-png', before: 'harmless-idot-png/before.png', carries: [], wrong: [] },
	{ name: 'harmless-16-bit-png', before: 'harmless-16-bit-png/before.png', carries: [], wrong: [] },
	{ name: 'harmless-grey-alpha-png', before: 'harmless-grey-alpha-png/before.png', carries: [], wrong: [] },
	{ name: 'harmless-interlaced-png', before: 'harmless-interlaced-png/before.png', carries: [], wrong: [] },
	{ name: 'harmless-texts-png', before: 'harmless-texts-png/before.png', carries: [], wrong: [] },
	{ name: 'harmless-lossless-webp', before: 'harmless-lossless-webp/before.webp', carries: [], wrong: [] },
	{
		name: 'harmless-lossless-alpha-webp',
		before: 'harmless-lossless-alpha-webp/before.webp',
		carries: [],
		wrong: [],
	},
	{ name: 'harmless-comment-gif', before: 'harmless-comment-gif/before.gif', carries: [], wrong: [] },
	{ name: 'harmless-no-alpha-avif', before: 'harmless-no-alpha-avif/before.avif', carries: [], wrong: [] },
];
