/** The quantities that have their own colour on every page and chart. */
export type ColourToken = keyof typeof measurementColours;

/**
 * One colour per quantity, for light and for dark surfaces. Each has at least 3:1
 * contrast against the surface it is meant for, which a test checks.
 */
export const measurementColours = {
  electricity: { light: '#B26A00', dark: '#FFB74D' },
  production: { light: '#827717', dark: '#DCE775' },
  heat: { light: '#D84315', dark: '#FF8A65' },
  supply: { light: '#C62828', dark: '#EF5350' },
  return: { light: '#7B1FA2', dark: '#CE93D8' },
  outdoor: { light: '#1565C0', dark: '#64B5F6' },
  room: { light: '#2E7D32', dark: '#81C784' },
  hotWater: { light: '#00796B', dark: '#4DB6AC' },
  brine: { light: '#303F9F', dark: '#9FA8DA' },
  neutral: { light: '#5F6368', dark: '#A8ADB3' },
} as const satisfies Record<string, { light: string; dark: string }>;

/** The surfaces that the colours are checked against. */
export const colourSurfaces = { light: '#FFFFFF', dark: '#1E1F22' } as const;
