interface Point {
  x: number;
  y: number;
}

const margin = 2.5;

/**
 * The path of values from zero to their maximum. Unknown values break the line; a single known
 * value is a dash.
 */
export function sparkPath(
  values: readonly (number | null)[],
  size: { widthPx: number; heightPx: number },
): { line: string; area: string; end: Point | null } {
  const { widthPx, heightPx } = size;
  const known = values.filter(value => value !== null);
  const peak = Math.max(1, ...known);
  const step = values.length > 1 ? (widthPx - margin) / (values.length - 1) : 0;
  const runs: Point[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) {
      runs.push([]);
      return;
    }
    const share = value / peak;
    const y = heightPx - 1 - share * (heightPx - 1 - margin);
    runs[runs.length - 1]?.push({ x: index * step, y });
  });
  const drawn = runs
    .filter(run => run.length > 0)
    .map(run => (run.length === 1 ? widened(run, step) : run));
  const last = drawn[drawn.length - 1];
  const endsNow = values[values.length - 1] !== null;
  return {
    line: drawn.map(pathOf).join(''),
    area: drawn.map(run => areaOf(run, heightPx)).join(''),
    end: (endsNow && last?.[last.length - 1]) || null,
  };
}

function widened(run: readonly Point[], step: number): Point[] {
  return run.flatMap(({ x, y }) => [
    { x: Math.max(0, x - step / 2), y },
    { x: x + step / 2, y },
  ]);
}

function pathOf(run: readonly Point[]): string {
  return run
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${text(x)} ${text(y)}`)
    .join('');
}

function areaOf(run: readonly Point[], heightPx: number): string {
  const first = run[0];
  const last = run[run.length - 1];
  if (first === undefined || last === undefined) return '';
  return `${pathOf(run)}L${text(last.x)} ${heightPx}L${text(first.x)} ${heightPx}Z`;
}

function text(pixels: number): string {
  return String(Math.round(pixels * 10) / 10);
}
