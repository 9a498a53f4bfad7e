/**
 * The style of outdated numbers: without colour and slightly dimmed. No more than that, because
 * they must stay readable when nothing newer is known.
 */
export const staleLook = { filter: 'grayscale(1)', opacity: 0.9 } as const;
