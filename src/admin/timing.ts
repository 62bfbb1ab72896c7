/** How long the screen waits, in milliseconds. Passed down, so that a test need not sit through it. */
export const timing = {
	/** After the last keystroke, before the field says what is wrong. A paste is answered at once. */
	settle: 700,
	/** How long a person waits for an answer before the screen gives up. */
	giveUp: 15_000,
	/** Between two looks while images are in motion… */
	poll: 3_000,
	/** …when nothing moves and nothing is wrong… */
	rest: 60_000,
	/** …and at most, when nothing changes: under five seconds, which is what people are promised. */
	slow: 4_500,
	/** Between two steps in which this screen works the queue itself, because nobody else does. */
	step: 300,
	/** How long to keep looking after an attempt was cancelled: the server may still finish it. */
	unsettled: 20_000,
};

export type Timing = typeof timing;
