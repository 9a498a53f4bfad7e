/** The electricity of a heat pump covers its source and its auxiliary heaters. */
export const boundary = 'H3' as const;
