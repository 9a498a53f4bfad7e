/** A colour on light and on dark surfaces. */
export interface ThemedColour {
  light: string;
  dark: string;
}

/** A time range, milliseconds since 1970. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

/** A time range in which a condition held. */
export interface ChartBand extends TimeRange {
  label: string;
  colour: ThemedColour;
  /** Drawn as a strip at the bottom instead of over the full height. */
  strip?: boolean;
}

/** Something that happened at one time. */
export interface ChartMarker {
  atMs: number;
  label: string;
  colour: ThemedColour;
}

/** Formats values that are not plain numbers, such as durations. */
export interface ValueWords {
  write(value: number): string;
  /** Short enough for an axis. */
  writeShort(value: number): string;
  /** Axis steps that give round values. */
  steps: readonly number[];
}

/** The times shared by several lines, and the gaps between readings. */
export interface LineTimes {
  /** Milliseconds since 1970, ascending. */
  time: readonly number[];
  gaps: readonly TimeRange[];
}

/** How much of the space between two bars a bar takes. */
export type BarWidth = 'wide' | 'narrow';

/** A line before it is aligned to the shared time axis. */
export interface LineSource {
  id: string;
  label: string;
  colour: ThemedColour;
  dashed?: boolean;
  filled?: boolean;
  /** Bars instead of a line, centred on their times; narrow ones stand in front of wide ones. */
  bars?: BarWidth;
  /** Hidden until toggled. */
  hiddenAtFirst?: boolean;
  /** Overrides the chart's decimals. */
  decimals?: number;
  /** Lines from the same readings share one object. */
  times: LineTimes;
  mean: readonly (number | null)[];
  /** Minimum and maximum behind each mean; without them no envelope is drawn. */
  min?: readonly (number | null)[];
  max?: readonly (number | null)[];
}

/**
 * A line on the chart's shared time axis. In the columns `null` is a gap; `undefined` only
 * means that this line has no point at that time.
 */
export interface ChartLine {
  id: string;
  label: string;
  colour: ThemedColour;
  dashed: boolean;
  filled: boolean;
  bars?: BarWidth;
  hiddenAtFirst: boolean;
  decimals?: number;
  mean: Column;
  min: Column;
  max: Column;
}

export type Column = (number | null | undefined)[];

/** Lines with one time axis, milliseconds since 1970, ascending. */
export interface ChartLines {
  time: number[];
  lines: ChartLine[];
}

/** Times at which lines must break: just inside each gap. */
function breakTimes({ gaps, time }: LineTimes): number[] {
  const first = time[0];
  if (first === undefined) return [];
  return gaps
    .map(({ fromMs }) => fromMs + 1)
    .filter(breakMs => breakMs > first);
}

/**
 * Aligns lines from several sources to one time axis. Lines break only at gaps, so that a
 * sensor that rarely sends still has a line.
 */
export function alignLines(sources: readonly LineSource[]): ChartLines {
  const origins = [...new Set(sources.map(({ times }) => times))];
  const breaks = new Map(
    origins.map(times => [times, new Set(breakTimes(times))]),
  );
  const instants = new Set<number>();
  for (const times of origins) {
    for (const timeMs of times.time) instants.add(timeMs);
    for (const timeMs of breaks.get(times) ?? []) instants.add(timeMs);
  }
  const time = [...instants].sort((a, b) => a - b);
  const indices = new Map(
    origins.map(times => [
      times,
      new Map(times.time.map((timeMs, index) => [timeMs, index])),
    ]),
  );
  const lines = sources.map(source => {
    const { times, mean, min = mean, max = mean } = source;
    const at = indices.get(times);
    const column = (values: readonly (number | null)[]): Column =>
      time.map(timeMs => {
        const index = at?.get(timeMs);
        if (index !== undefined) return values[index];
        return breaks.get(times)?.has(timeMs) ? null : undefined;
      });
    return {
      id: source.id,
      label: source.label,
      colour: source.colour,
      dashed: source.dashed ?? false,
      filled: source.filled ?? false,
      bars: source.bars,
      hiddenAtFirst: source.hiddenAtFirst ?? false,
      decimals: source.decimals,
      mean: column(mean),
      min: column(min),
      max: column(max),
    };
  });
  return { time, lines };
}

/**
 * Indices of the points without a neighbour on either side, of which a line draws nothing: the
 * only reading, or one between two gaps.
 */
export function lonePoints(column: Column): number[] {
  const points = column.flatMap((value, index) =>
    value === undefined ? [] : [{ value, index }],
  );
  return points.flatMap(({ value, index }, place) => {
    const isAlone =
      (points[place - 1]?.value ?? null) === null &&
      (points[place + 1]?.value ?? null) === null;
    return value !== null && isAlone ? [index] : [];
  });
}

/** Index of the last point at which a line has a value, or -1. */
export function lastValueIndex(column: Column): number {
  return column.findLastIndex(value => value !== null && value !== undefined);
}

/**
 * Index of the line's point nearest to an index of the shared axis, at most `reach` points
 * away; -1 if there is none.
 */
export function nearestIndex(column: Column, index: number, reach = 3): number {
  for (let away = 0; away <= reach; away += 1) {
    for (const candidate of [index - away, index + away]) {
      const value = column[candidate];
      if (value !== null && value !== undefined) return candidate;
    }
    // The line ends at a break: values beyond it do not count.
    if (column[index - away] === null || column[index + away] === null)
      return -1;
  }
  return -1;
}
