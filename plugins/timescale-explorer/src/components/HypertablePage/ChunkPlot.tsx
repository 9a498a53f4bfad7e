import { formatBytes } from '@homelab/plugin-timescale-explorer-common';
import type {
  PolicyEdge,
  ChunkState,
} from '@homelab/plugin-timescale-explorer-common';
import { formatDate, formatDayTime, useWidth } from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import { styled, useTheme } from '@mui/material/styles';
import type { Theme } from '@mui/material/styles';
import { useEffect, useRef, useState } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { chunkColour } from './chunkColours';

/** A chunk that has a time. */
export interface Bar {
  fromMs: number;
  toMs: number;
  bytes: number;
  state: ChunkState;
}

const heightPx = 260;

const Frame = styled('div')({
  position: 'relative',
  width: '100%',
  minHeight: heightPx,
  touchAction: 'pan-y',
});

interface PlotProps {
  bars: readonly Bar[];
  edges: readonly PolicyEdge[];
  range: TimeRange;
  /** Index of the bar under the cursor of the keyboard. */
  cursorIndex: number | null;
  timeZone: string;
  onCursor(index: number | null): void;
  onZoom(range: TimeRange): void;
}

/** The canvas: one bar per chunk from its beginning to its end, as high as it is large. */
export function ChunkPlot(props: PlotProps) {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const width = useWidth(frame);
  const theme = useTheme();
  const plotRef = useRef<uPlot>();
  const latest = useRef(props);
  latest.current = props;
  const { bars, edges, cursorIndex, timeZone } = props;
  const { fromMs, toMs } = props.range;

  useEffect(() => {
    if (frame === null || width === 0) return undefined;
    let isGone = false;
    // Loaded lazily, because the library accesses `window` on import.
    import('uplot').then(({ default: Chart }) => {
      if (isGone) return;
      plotRef.current = new Chart(
        {
          width,
          height: heightPx,
          padding: [16, 16, 0, 0],
          legend: { show: false },
          tzDate: epochS => Chart.tzDate(new Date(epochS * 1000), timeZone),
          scales: {
            x: { time: true, range: () => [fromMs / 1000, toMs / 1000] },
            y: { range: (_, __, high) => [0, Math.max(1, high) * 1.08] },
          },
          axes: [
            {
              ...axis(theme),
              values: (_, splits) => timesOf(splits, timeZone),
            },
            {
              ...axis(theme),
              size: 68,
              values: (_, splits) => splits.map(formatBytes),
            },
          ],
          series: [{}, { paths: () => null, points: { show: false } }],
          cursor: {
            y: false,
            drag: { x: true, y: false, setScale: false },
            points: { show: false },
          },
          hooks: {
            // Above the grid, which would cut the bars.
            drawAxes: [plot => drawBars(plot, bars, theme)],
            draw: [plot => drawEdges(plot, edges, theme)],
            setCursor: [
              plot => latest.current.onCursor(plot.cursor.idx ?? null),
            ],
            setSelect: [plot => zoomInto(plot, latest.current.onZoom)],
          },
        },
        [
          bars.map(bar => (bar.fromMs + bar.toMs) / 2000),
          bars.map(({ bytes }) => bytes),
        ],
        frame,
      );
    });
    return () => {
      isGone = true;
      plotRef.current?.destroy();
      plotRef.current = undefined;
    };
  }, [frame, width, bars, edges, fromMs, toMs, timeZone, theme]);

  useEffect(() => {
    const bar = cursorIndex === null ? undefined : bars[cursorIndex];
    const plot = plotRef.current;
    if (plot === undefined || bar === undefined) return;
    const left = plot.valToPos((bar.fromMs + bar.toMs) / 2000, 'x');
    plot.setCursor({ left, top: heightPx / 3 });
  }, [cursorIndex, bars]);

  return <Frame ref={setFrame} />;
}

function axis({ palette, typography }: Theme): uPlot.Axis {
  return {
    stroke: palette.text.secondary,
    font: `12px ${typography.fontFamily}`,
    grid: { stroke: palette.divider, width: 1 },
    ticks: { show: false },
  };
}

/** Days, or times of the day where several ticks are within one. */
function timesOf(splits: readonly number[], timeZone: string): string[] {
  const [first = 0, second = first] = splits;
  const write = second - first < 86_400 ? formatDayTime : formatDate;
  return splits.map(epochS => write(epochS * 1000, timeZone));
}

function zoomInto(plot: uPlot, onZoom: (range: TimeRange) => void) {
  const { left, width } = plot.select;
  if (width < 8) return;
  plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  onZoom({
    fromMs: plot.posToVal(left, 'x') * 1000,
    toMs: plot.posToVal(left + width, 'x') * 1000,
  });
}

function drawBars(plot: uPlot, bars: readonly Bar[], theme: Theme) {
  const { ctx, bbox } = plot;
  const bottom = plot.valToPos(0, 'y', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { fromMs, toMs, bytes, state } of bars) {
    const left = plot.valToPos(fromMs / 1000, 'x', true);
    const wide = plot.valToPos(toMs / 1000, 'x', true) - left;
    const top = plot.valToPos(bytes, 'y', true);
    ctx.fillStyle = chunkColour(theme, state);
    // Neighbours are told apart as long as there is room for a gap.
    const gap = wide > 6 ? 2 : 0;
    // An empty chunk is a line, so that it is not taken for a gap.
    ctx.fillRect(
      left,
      Math.min(top, bottom - 2),
      Math.max(1, wide - gap),
      Math.max(2, bottom - top),
    );
  }
  ctx.restore();
}

function drawEdges(
  plot: uPlot,
  edges: readonly PolicyEdge[],
  { palette }: Theme,
) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.setLineDash([6, 5]);
  ctx.lineWidth = 2;
  ctx.strokeStyle = palette.text.primary;
  for (const { at } of edges) {
    const x = plot.valToPos(Date.parse(at) / 1000, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
