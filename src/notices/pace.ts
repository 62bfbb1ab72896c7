/** Milliseconds between two looks: the first, and at most. Under five seconds, which is what people are promised. */
export const pace = { first: 1_000, slow: 4_000 };
