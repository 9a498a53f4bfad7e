import { styled } from '@mui/material/styles';
import { useMemo, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { formatDay, formatDayTime } from '../Age';
import { focusRing, VisuallyHidden } from '../Panel';
import { formatNumber } from '../Quantity';
import { ChartActions } from './ChartActions';
import type {
  ChartBand,
  ChartLine,
  ChartLines,
  ChartMarker,
  TimeRange,
  ValueWords,
} from './chartSeries';
import { lastValueIndex, nearestIndex } from './chartSeries';
import { ChartTable } from './ChartTable';
import { canDraw, Plot } from './Plot';
import { Readout } from './Readout';
import { toCsv } from './toCsv';

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: theme.spacing(0.5, 2),
}));

const Title = styled('h4')(({ theme }) => ({
  margin: 0,
  fontSize: '0.875rem',
  fontWeight: 600,
  color: theme.palette.text.primary,
  '& span': { fontWeight: 400, color: theme.palette.text.secondary },
}));

const Actions = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: theme.spacing(1),
  marginLeft: 'auto',
}));

const Canvas = styled('div')(({ theme }) => ({
  borderRadius: 6,
  ...focusRing(theme),
}));

export interface TimeSeriesChartProps {
  title: string;
  chart: ChartLines;
  bands?: readonly ChartBand[];
  gaps: readonly TimeRange[];
  /** Text in a gap; `no readings` by default. */
  gapWords?: string;
  markers?: readonly ChartMarker[];
  range: TimeRange;
  unit: string;
  decimals: number;
  /** Formats values that are not plain numbers, such as durations. */
  words?: ValueWords;
  /** Each point is a local day: its time is written as a date. */
  perDay?: boolean;
  /** What a point stands for, beside its time: `mean of 5 min`. */
  pointWords?: string;
  /** Start the value axis at zero. */
  zeroBased?: boolean;
  height: number;
  timeZone: string;
  /** Controls before the buttons for table and CSV. */
  actions?: ReactNode;
  /** Charts with the same key move their cursors together. */
  syncKey: string;
  /** Requests another range; `null` resets it. */
  onZoom(range: TimeRange | null): void;
}

const defaultGapWords = 'no readings';
const noBands: readonly ChartBand[] = [];
const noMarkers: readonly ChartMarker[] = [];

/** A smaller or larger range around a time, at least ten minutes. */
export function zoomedRange(
  range: TimeRange,
  aboutMs: number,
  factor: number,
): TimeRange {
  const lengthMs = Math.max(600_000, (range.toMs - range.fromMs) * factor);
  const share = (aboutMs - range.fromMs) / (range.toMs - range.fromMs);
  const fromMs = Math.round(aboutMs - share * lengthMs);
  return { fromMs, toMs: Math.round(fromMs + lengthMs) };
}

/**
 * Time series with our axes, colours, bands and gaps. The cursor shows every value at its
 * time; brushing, or plus and minus, zooms; arrow keys move the cursor; Escape resets. The
 * same points are available as a table and as CSV.
 */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { title, chart, range, unit, decimals, timeZone, onZoom } = props;
  const { gapWords = defaultGapWords, markers = noMarkers, words } = props;
  const [asTable, setAsTable] = useState(false);
  const [cursorIndex, setCursorIndex] = useState<number | null>(null);
  const [keyIndex, setKeyIndex] = useState<number | null>(null);
  const { hidden, shownLines, toggle } = useHiddenLines(chart.lines);

  const onKeyDown = keyHandler({
    chart,
    range,
    at: keyIndex ?? cursorIndex ?? chart.time.length - 1,
    onMove: setKeyIndex,
    onZoom,
  });

  const write = props.perDay === true ? formatDay : formatDayTime;
  const writeTime = (timeMs: number) => write(timeMs, timeZone);
  const spoken =
    keyIndex === null
      ? ''
      : spokenValues(chart, keyIndex, { ...props, writeTime });
  const showTable = asTable || !canDraw();
  return (
    <div role="group" aria-label={title}>
      <Head>
        <Title>
          {title}
          {unit.length > 3 && <span>, {unit}</span>}
        </Title>
        <Actions>
          {props.actions}
          <ChartActions
            title={title}
            asTable={showTable}
            onTable={setAsTable}
            csv={() => toCsv(chart, unit)}
          />
        </Actions>
      </Head>
      {showTable ? (
        <ChartTable {...{ chart, title, unit, decimals, writeTime, words }} />
      ) : (
        <>
          <Readout
            {...{
              chart,
              hidden,
              cursorIndex,
              unit,
              decimals,
              writeTime,
              words,
            }}
            pointWords={props.pointWords}
            onToggle={toggle}
          />
          <Canvas
            tabIndex={0}
            role="img"
            aria-label={`Chart of ${title}. Arrow keys move the cursor, plus and minus zoom, Escape shows all.`}
            onKeyDown={onKeyDown}
            onDoubleClick={() => onZoom(null)}
            onBlur={() => setKeyIndex(null)}
          >
            <Plot
              time={chart.time}
              lines={shownLines}
              bands={props.bands ?? noBands}
              gaps={props.gaps}
              gapWords={gapWords}
              markers={markers}
              words={words}
              height={props.height}
              fromMs={range.fromMs}
              toMs={range.toMs}
              unit={unit}
              decimals={decimals}
              zeroBased={props.zeroBased === true}
              timeZone={timeZone}
              syncKey={props.syncKey}
              cursorIndex={keyIndex}
              onCursor={setCursorIndex}
              onZoom={onZoom}
            />
          </Canvas>
          <VisuallyHidden role="status">{spoken}</VisuallyHidden>
        </>
      )}
    </div>
  );
}

/** Which lines are drawn: all but those hidden initially, until one is toggled. */
function useHiddenLines(lines: readonly ChartLine[]) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const hidden = useMemo(
    () =>
      new Set(
        lines
          .filter(({ id, hiddenAtFirst }) => hiddenAtFirst !== toggled.has(id))
          .map(({ id }) => id),
      ),
    [lines, toggled],
  );
  const shownLines = useMemo(
    () => lines.filter(({ id }) => !hidden.has(id)),
    [lines, hidden],
  );
  const toggle = (id: string) =>
    setToggled(before => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return { hidden, shownLines, toggle };
}

/** Moves the cursor and zooms by keyboard. */
function keyHandler(deps: {
  chart: ChartLines;
  range: TimeRange;
  /** Index of the point under the cursor. */
  at: number;
  onMove(index: number): void;
  onZoom(range: TimeRange | null): void;
}) {
  const { chart, range, at, onMove, onZoom } = deps;
  const last = chart.time.length - 1;
  return (event: KeyboardEvent) => {
    const aboutMs = chart.time[at] ?? range.toMs;
    const step = event.shiftKey ? 10 : 1;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => onMove(Math.max(0, at - step)),
      ArrowRight: () => onMove(Math.min(last, at + step)),
      '+': () => onZoom(zoomedRange(range, aboutMs, 0.5)),
      '-': () => onZoom(zoomedRange(range, aboutMs, 2)),
      Escape: () => onZoom(null),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
}

function spokenValues(
  chart: ChartLines,
  index: number,
  look: Pick<
    TimeSeriesChartProps,
    'unit' | 'decimals' | 'words' | 'gapWords'
  > & { writeTime(timeMs: number): string },
): string {
  const values = chart.lines.flatMap(line => {
    const at = nearestIndex(line.mean, index);
    if (lastValueIndex(line.mean) < 0 || at < 0) return [];
    const value = line.mean[at] ?? 0;
    const text =
      look.words?.write(value) ??
      `${formatNumber(value, line.decimals ?? look.decimals)} ${look.unit}`;
    return [`${line.label} ${text}`];
  });
  const time = look.writeTime(chart.time[index] ?? 0);
  return `${time}: ${values.join(', ') || (look.gapWords ?? defaultGapWords)}`;
}
