import type { Band, Gap, History } from '@homelab/plugin-heat-pump-common';
import type { ColourToken } from '@homelab/telemetry';

/** One line of a chart before it is put on the shared time axis. */
export interface LineSource {
  id: string;
  label: string;
  colour: ColourToken;
  dashed?: boolean;
  filled?: boolean;
  /** Drawn only once someone asks for it. */
  hiddenAtFirst?: boolean;
  history: History;
  field: string;
}

/**
 * A line on the shared time axis of a chart. In the columns `null` is a gap, and
 * `undefined` says only that this line has no point at that time.
 */
export interface ChartLine {
  id: string;
  label: string;
  colour: ColourToken;
  dashed: boolean;
  filled: boolean;
  hiddenAtFirst: boolean;
  mean: Column;
  min: Column;
  max: Column;
}

export type Column = (number | null | undefined)[];

/** Lines with one time axis, milliseconds since 1970, rising. */
export interface ChartLines {
  time: number[];
  lines: ChartLine[];
}

/** Times of a history at which its lines must break: just inside each gap. */
function breakTimes(gaps: readonly Gap[], time: readonly number[]): number[] {
  const first = time[0];
  if (first === undefined) return [];
  return gaps
    .map(gap => Date.parse(gap.from) + 1)
    .filter(breakMs => breakMs > first);
}

/**
 * Puts lines of several histories on one time axis. Lines break at gaps and nowhere else,
 * so that a sensor that speaks seldom still has a line. Lines without any value are left out.
 */
export function alignLines(sources: readonly LineSource[]): ChartLines {
  const histories = [...new Set(sources.map(({ history }) => history))];
  const breaks = new Map(
    histories.map(history => [
      history,
      new Set(breakTimes(history.gaps, history.time)),
    ]),
  );
  const times = new Set<number>();
  for (const history of histories) {
    for (const timeMs of history.time) times.add(timeMs);
    for (const timeMs of breaks.get(history) ?? []) times.add(timeMs);
  }
  const time = [...times].sort((a, b) => a - b);
  const lines = sources.flatMap(source => {
    const { history, field } = source;
    const series = history.series.find(one => one.field === field);
    if (series === undefined) return [];
    const at = new Map(history.time.map((timeMs, index) => [timeMs, index]));
    const column = (values: readonly (number | null)[]): Column =>
      time.map(timeMs => {
        const index = at.get(timeMs);
        if (index !== undefined) return values[index];
        return breaks.get(history)?.has(timeMs) ? null : undefined;
      });
    return [
      {
        id: source.id,
        label: source.label,
        colour: source.colour,
        dashed: source.dashed ?? false,
        filled: source.filled ?? false,
        hiddenAtFirst: source.hiddenAtFirst ?? false,
        mean: column(series.mean),
        min: column(series.min),
        max: column(series.max),
      },
    ];
  });
  return { time, lines };
}

/** Index of the last point at which a line has a value, or -1. */
export function lastValueIndex(column: Column): number {
  return column.findLastIndex(value => value !== null && value !== undefined);
}

/**
 * Index of the point of a line nearest to an index of the shared axis, looking at most
 * `reach` points away; -1 when it has none there.
 */
export function nearestIndex(column: Column, index: number, reach = 3): number {
  for (let away = 0; away <= reach; away += 1) {
    for (const candidate of [index - away, index + away]) {
      const value = column[candidate];
      if (value !== null && value !== undefined) return candidate;
    }
    // A break is where the line ends: nothing is read across it.
    if (column[index - away] === null || column[index + away] === null)
      return -1;
  }
  return -1;
}

/** What a band means, in words, and the colour it has. */
export const bandLooks: Record<
  Band['kind'],
  { label: string; colour: ColourToken; strip: boolean }
> = {
  alarm: { label: 'Alarm', colour: 'supply', strip: false },
  defrost: { label: 'Defrost', colour: 'outdoor', strip: false },
  aux_heater: { label: 'Auxiliary heater', colour: 'heat', strip: false },
  hot_water: { label: 'Hot water', colour: 'hotWater', strip: false },
  compressor: { label: 'Compressor', colour: 'neutral', strip: true },
};
