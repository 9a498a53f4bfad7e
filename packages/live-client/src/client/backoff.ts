/**
 * Waits that double from `minMs` to `maxMs`, each randomly shortened by up to half, so that the
 * clients of one failed server do not return in step.
 */
export function createBackoff(options: {
  minMs: number;
  maxMs: number;
  random: () => number;
}) {
  const { minMs, maxMs, random } = options;
  let ceilingMs = minMs;
  return {
    nextMs(): number {
      const waitMs = Math.round(ceilingMs * (1 - random() / 2));
      ceilingMs = Math.min(ceilingMs * 2, maxMs);
      return waitMs;
    },
    reset(): void {
      ceilingMs = minMs;
    },
  };
}
