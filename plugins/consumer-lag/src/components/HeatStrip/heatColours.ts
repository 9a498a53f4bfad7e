/**
 * A perceptually even scale from nothing to very much, with readable text on each step. Lag has
 * this colour in charts too. It shows how much, not how bad: that is the status.
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
