/** The fixed ends of the scale of pipe temperatures, in °C. */
export const scaleEndsC = { cold: -10, warm: 65 } as const;

/** Ends of the scale in OKLab, where equal steps look equal. */
const cold = { a: -0.04, b: -0.17 };
const warm = { a: 0.22, b: 0.095 };

const lightness = { light: 0.6, dark: 0.68 } as const;

/**
 * The colour of a water temperature: from blue through grey to red on a scale with fixed ends,
 * so that the same colour always means the same temperature. Equal temperature differences
 * look equally different, and all colours are equally bright. `null` is unknown.
 */
export function temperatureColour(
  temperatureC: number | null,
  mode: 'light' | 'dark',
): string | null {
  if (temperatureC === null) return null;
  const middle = (scaleEndsC.cold + scaleEndsC.warm) / 2;
  const half = (scaleEndsC.warm - scaleEndsC.cold) / 2;
  const position = Math.max(-1, Math.min(1, (temperatureC - middle) / half));
  const end = position < 0 ? cold : warm;
  const part = Math.abs(position);
  const a = (end.a * part).toFixed(4);
  const b = (end.b * part).toFixed(4);
  return `oklab(${lightness[mode]} ${a} ${b})`;
}
