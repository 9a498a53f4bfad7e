/** The goal of a measurement. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** One measured quantity, once per round. */
export interface Figure {
  readonly name: string;
  /** Shown after the number: `msg/s`, `us`, `ms`, or `x` for a ratio. */
  readonly unit: string;
  readonly rounds: readonly number[];
  readonly goal?: Goal;
}

/** The middle of the values; for an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1
    ? upper
    : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** The smallest value that the share `p` (0 to 1) of all values does not exceed. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = Math.max(1, Math.ceil(p * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

/** One divided by the other, round by round: a ratio compares values measured in the same round. */
export function ratioOf(
  name: string,
  one: Pick<Figure, 'rounds'>,
  other: Pick<Figure, 'rounds'>,
  goal?: Goal,
): Figure {
  const rounds = one.rounds.map(
    (value, index) => value / (other.rounds[index] ?? NaN),
  );
  return { name, unit: 'x', rounds, goal };
}

/** True when the median reaches the goal, or when there is none. */
export function isMet({ rounds, goal }: Figure): boolean {
  if (goal === undefined) return true;
  const value = median(rounds);
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** A table with one line per figure: median, lowest and highest round, goal, and whether it is met. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map(figure => [
    figure.name,
    `${round(median(figure.rounds))} ${figure.unit}`,
    figure.rounds.length > 1
      ? `${round(Math.min(...figure.rounds))} .. ${round(Math.max(...figure.rounds))}`
      : '',
    goalText(figure),
  ]);
  const table = [['', 'median', 'lowest .. highest', 'goal'], ...rows];
  const widths = [0, 1, 2].map(column =>
    Math.max(...table.map(row => (row[column] ?? '').length)),
  );
  return table
    .map(row =>
      row
        .map((cell, column) =>
          column === 0
            ? cell.padEnd(widths[0] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function goalText(figure: Figure): string {
  const { goal } = figure;
  if (goal === undefined) return '';
  const wanted = 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;
  return `${wanted}  ${isMet(figure) ? 'met' : 'MISSED'}`;
}

/** Rounds to three significant digits. */
function round(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
