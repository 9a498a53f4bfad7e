import { darkTokens, lightTokens } from './tokens';

/** Relative luminance as WCAG defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(start => {
    const channel = parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort(
    (a, b) => b - a,
  );
  return (light + 0.05) / (dark + 0.05);
}

describe.each([lightTokens, darkTokens])('the $mode theme', tokens => {
  const surfaces = [tokens.canvas, tokens.surface];

  it.each([
    'text',
    'textQuiet',
    'accent',
    'ok',
    'watch',
    'act',
    'unknown',
  ] as const)('has 4.5:1 contrast for %s on canvas and surface', name => {
    for (const surface of surfaces) {
      expect(contrast(tokens[name], surface)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('has 3:1 contrast for the borders of fields', () => {
    for (const surface of surfaces) {
      expect(contrast(tokens.borderStrong, surface)).toBeGreaterThanOrEqual(3);
    }
  });

  it('has 4.5:1 contrast on its accent and its fills', () => {
    expect(contrast(tokens.onAccent, tokens.accent)).toBeGreaterThanOrEqual(
      4.5,
    );
    for (const [text, fill] of [
      [tokens.ok, tokens.okFill],
      [tokens.watch, tokens.watchFill],
      [tokens.act, tokens.actFill],
      [tokens.accent, tokens.accentFill],
    ] as const) {
      expect(contrast(text, fill)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
