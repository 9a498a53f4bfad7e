/**
 * One scale from nothing to very much, even to the eye; text upon each step is readable.
 * Lag has this colour in charts too. Whether it is bad is not told by it but by the status.
 */
export const heatColours = {
  light: [
    { fill: 'transparent', text: '#1B1C1E' },
    { fill: '#E6E0F5', text: '#1B1C1E' },
    { fill: '#C8BCE8', text: '#1B1C1E' },
    { fill: '#A390D6', text: '#1B1C1E' },
    { fill: '#7556BB', text: '#FFFFFF' },
    { fill: '#472B8C', text: '#FFFFFF' },
  ],
  dark: [
    { fill: 'transparent', text: '#ECEDEE' },
    { fill: '#332B50', text: '#ECEDEE' },
    { fill: '#4A3E74', text: '#ECEDEE' },
    { fill: '#68589F', text: '#FFFFFF' },
    { fill: '#9885D2', text: '#151618' },
    { fill: '#CFC4F4', text: '#151618' },
  ],
} as const;

/** The colour of lag in charts, on light and dark surfaces. */
export const lagColour = { light: '#7556BB', dark: '#9885D2' } as const;
