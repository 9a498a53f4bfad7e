/**
 * How numbers look that are too old to be believed: without colour, and a little dimmed. No
 * more than that, for they must stay readable when they are all that is known.
 */
export const staleLook = { filter: 'grayscale(1)', opacity: 0.9 } as const;
