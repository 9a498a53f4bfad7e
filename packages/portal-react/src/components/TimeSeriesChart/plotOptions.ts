import type uPlot from 'uplot';
import { formatClock, formatDate, formatDay, formatMonth } from '../Age';
import type {
  ChartBand,
  ChartLine,
  ChartMarker,
  TimeRange,
  ValueWords,
} from './chartSeries';
import { lonePoints } from './chartSeries';
import { drawBands, drawEndLabels, drawGaps, drawMarkers } from './drawing';
import type { ChartLook } from './drawing';

/** Everything a plot needs in addition to its points. */
export interface PlotSetup {
  width: number;
  height: number;
  /** The lines drawn now, in the order of their columns. */
  lines: readonly ChartLine[];
  bands: readonly ChartBand[];
  gaps: readonly TimeRange[];
  /** Text in a gap. */
  gapWords: string;
  markers: readonly ChartMarker[];
  fromMs: number;
  toMs: number;
  unit: string;
  decimals: number;
  words?: ValueWords;
  zeroBased: boolean;
  timeZone: string;
  syncKey: string;
  look: ChartLook;
  onCursor(index: number | null): void;
  onZoom(range: TimeRange): void;
  /** Draws a series as bars. */
  barPaths: uPlot.Series.BarsPathBuilderFactory;
  /** Converts a time to the site's zone as the plotting library expects it. */
  toZonedDate(epochS: number): Date;
}

const daySeconds = 86_400;
const labelledWidth = 640;

function transparent(colour: string, share: number): string {
  const alpha = Math.round(share * 255)
    .toString(16)
    .padStart(2, '0');
  return `${colour}${alpha}`;
}

/** Share of the space between two bars, and the widest in pixels. */
const barSizes = {
  wide: { size: [0.72, 48], share: 0.3 },
  narrow: { size: [0.36, 24], share: 1 },
} as const;

/** Three columns per line: mean, and maximum and minimum for the envelope. */
function seriesOf({ lines, look, barPaths }: PlotSetup): uPlot.Series[] {
  return lines.flatMap((line): uPlot.Series[] => {
    const colour = line.colour[look.mode];
    const edge: uPlot.Series = {
      scale: 'y',
      width: 0,
      points: { show: false },
    };
    return [
      {
        label: line.label,
        scale: 'y',
        stroke: colour,
        width: 2,
        dash: line.dashed ? [6, 5] : undefined,
        fill: line.filled ? transparent(colour, 0.16) : undefined,
        points: {
          show: line.bars === undefined,
          size: 6,
          fill: colour,
          filter: (plot, index) => lonePoints([...(plot.data[index] ?? [])]),
        },
        ...(line.bars && {
          width: 0,
          fill: transparent(colour, barSizes[line.bars].share),
          paths: barPaths({ size: [...barSizes[line.bars].size] }),
        }),
      },
      edge,
      edge,
    ];
  });
}

function veilsOf({ lines, look }: PlotSetup): uPlot.Band[] {
  return lines.map((line, index) => ({
    series: [3 * index + 2, 3 * index + 3],
    fill: transparent(line.colour[look.mode], 0.2),
  }));
}

/**
 * Labels of the time axis. Clock times have their day below where a day begins, and at the
 * first label, so that a time always has a date.
 */
function timeLabels(setup: PlotSetup) {
  const { timeZone } = setup;
  return (
    _plot: uPlot,
    splits: number[],
    _axis: number,
    _space: number,
    step: number,
  ) => {
    const days = splits.map(split => formatDay(split * 1000, timeZone));
    return splits.map((split, index) => {
      const timeMs = split * 1000;
      if (step >= 28 * daySeconds) return formatMonth(timeMs, timeZone);
      if (step > daySeconds) return formatDate(timeMs, timeZone);
      if (step === daySeconds) return days[index];
      const clock = formatClock(timeMs, timeZone);
      return days[index] === days[index - 1]
        ? clock
        : `${clock}\n${days[index]}`;
    });
  };
}

function axesOf(setup: PlotSetup): uPlot.Axis[] {
  const { look, unit, words } = setup;
  const steps = stepsOf(setup);
  const common: uPlot.Axis = {
    stroke: look.quiet,
    font: `12px ${look.fontFamily}`,
    grid: { stroke: look.grid, width: 1 },
    ticks: { show: false },
  };
  return [
    {
      ...common,
      space: 72,
      size: 46,
      gap: 8,
      values: timeLabels(setup),
      grid: { show: false },
    },
    {
      ...common,
      scale: 'y',
      ...(steps && { incrs: [...steps] }),
      size: 52,
      space: 40,
      values: (_plot, splits) =>
        splits.map((split, index) => {
          if (words) return words.writeShort(split);
          const text = axisNumber(split);
          // No room for a long unit here; it is next to the title.
          const hasUnit = index === splits.length - 1 && unit.length <= 3;
          return hasUnit ? `${text} ${unit}` : text;
        }),
    },
  ];
}

// en-GB abbreviates millions with m, which usually means milli.
const compact = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  maximumFractionDigits: 1,
});

const plain = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** A number short enough for an axis: `−2.5`, `2,000`, `12k`, `3M`. */
export function axisNumber(value: number): string {
  const text =
    Math.abs(value) < 10_000
      ? plain.format(value)
      : compact.format(value).replace('K', 'k');
  return text.replace('-', '−');
}

/** Steps between the values of an axis of whole numbers. */
const wholeSteps = Array.from({ length: 16 }, (_, power) =>
  [1, 2, 5].map(digit => digit * 10 ** power),
).flat();

function stepsOf({
  words,
  decimals,
}: PlotSetup): readonly number[] | undefined {
  return words?.steps ?? (decimals === 0 ? wholeSteps : undefined);
}

/**
 * The minimum and maximum of the axis: all data with some margin, or from zero.
 *
 * @param leastStep the smallest step of the axis, of which at least one must fit
 */
export function valueRange(
  low: number | null,
  high: number | null,
  zeroBased: boolean,
  leastStep = 0.25,
): [number, number] {
  if (low === null || high === null) return [0, leastStep * 4];
  const air = Math.max((high - low) * 0.08, leastStep);
  if (zeroBased) return [Math.min(0, low), high + air];
  return [low - air, high + air];
}

/** The options of a plot with our axes, colours, bands, gaps, cursor and zoom. */
export function plotOptions(setup: PlotSetup): uPlot.Options {
  const { look, lines } = setup;
  const hasEndLabels = setup.width >= labelledWidth;
  return {
    width: setup.width,
    height: setup.height,
    padding: [12, hasEndLabels ? 118 : 24, 0, 0],
    tzDate: setup.toZonedDate,
    legend: { show: false },
    scales: {
      x: { time: true, range: () => [setup.fromMs / 1000, setup.toMs / 1000] },
      y: {
        range: (_plot, low, high) =>
          valueRange(low, high, setup.zeroBased, stepsOf(setup)?.[0]),
      },
    },
    axes: axesOf(setup),
    series: [{}, ...seriesOf(setup)],
    bands: veilsOf(setup),
    cursor: {
      y: false,
      sync: { key: setup.syncKey },
      drag: { x: true, y: false, setScale: false },
      points: {
        // Of a line's three columns only the mean has a dot.
        size: (_plot, index) => (index % 3 === 1 ? 7 : 0),
        width: (_plot, index) => (index % 3 === 1 ? 2 : 0),
        fill: look.surface,
      },
    },
    hooks: {
      drawClear: [
        plot => drawBands(plot, setup.bands, look.mode),
        plot => drawGaps(plot, setup.gaps, look, setup.gapWords),
      ],
      draw: [
        plot => drawMarkers(plot, setup.markers, look.mode),
        ...(hasEndLabels
          ? [(plot: uPlot) => drawEndLabels(plot, lines, look)]
          : []),
      ],
      setCursor: [plot => setup.onCursor(plot.cursor.idx ?? null)],
      setSelect: [
        plot => {
          const { left, width } = plot.select;
          if (width < 8) return;
          const fromMs = plot.posToVal(left, 'x') * 1000;
          const toMs = plot.posToVal(left + width, 'x') * 1000;
          plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
          setup.onZoom({ fromMs, toMs });
        },
      ],
    },
  };
}

/** The columns of a plot: time in seconds, then three for each line. */
export function plotColumns(
  time: readonly number[],
  lines: readonly ChartLine[],
): uPlot.AlignedData {
  return [
    time.map(timeMs => timeMs / 1000),
    ...lines.flatMap(({ mean, min, max }) => [mean, max, min]),
  ];
}
