/** A curve of the last hours, ready to be drawn in a box of 100 × 100. */
export interface Spark {
  /** Path data; a gap ends one stretch and begins another. */
  readonly line: string;
  /** The surface below it, down to the bottom of the box. */
  readonly area: string;
  readonly least: number;
  readonly greatest: number;
}

interface Samples {
  readonly timeMs: readonly number[];
  readonly values: readonly (number | null)[];
}

/** A silence of so many usual steps is a gap. */
const gapSteps = 3;

/**
 * Turns samples into a path, or undefined when fewer than two are known. Never joins two points
 * across a gap. A flat curve is drawn in the middle: `minSpan` is the least height in units.
 */
export function sparklinePath(
  samples: Samples,
  options: { fromMs: number; toMs: number; minSpan: number },
): Spark | undefined {
  const points = samples.timeMs.flatMap((timeMs, index) => {
    const value = samples.values[index] ?? null;
    return value === null ? [] : [{ timeMs, value }];
  });
  if (points.length < 2) return undefined;
  const values = points.map(({ value }) => value);
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(options.minSpan, greatest - least);
  const bottom = (least + greatest - span) / 2;
  const length = options.toMs - options.fromMs;
  const gapMs = gapSteps * usualStepMs(points.map(({ timeMs }) => timeMs));
  let before = -Infinity;
  const stretches: string[][] = [];
  for (const { timeMs, value } of points) {
    const x = (100 * (timeMs - options.fromMs)) / length;
    const y = 100 - (100 * (value - bottom)) / span;
    if (timeMs - before > gapMs) stretches.push([]);
    before = timeMs;
    stretches.at(-1)?.push(`${x.toFixed(2)} ${y.toFixed(2)}`);
  }
  const lines = stretches.map(stretch => `M${stretch.join('L')}`);
  const areas = stretches.map((stretch, index) => {
    const [first, last] = [stretch[0], stretch.at(-1)].map(xOf);
    return `${lines[index]}L${last} 100H${first}Z`;
  });
  return { line: lines.join(''), area: areas.join(''), least, greatest };
}

function xOf(point: string | undefined): string {
  return point?.split(' ')[0] ?? '0';
}

function usualStepMs(timesMs: readonly number[]): number {
  const steps = timesMs
    .slice(1)
    .map((timeMs, index) => timeMs - (timesMs[index] ?? timeMs))
    .sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}
