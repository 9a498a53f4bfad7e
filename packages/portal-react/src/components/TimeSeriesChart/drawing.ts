import type uPlot from 'uplot';
import { lastValueIndex } from './chartSeries';
import type {
  ChartBand,
  ChartLine,
  ChartMarker,
  TimeRange,
} from './chartSeries';

/** Colours and fonts of a chart, taken from the theme. */
export interface ChartLook {
  mode: 'light' | 'dark';
  text: string;
  quiet: string;
  grid: string;
  surface: string;
  fontFamily: string;
}

const stripHeight = 4;

/** The part of the plot between two times, in device pixels; empty when outside. */
function span(plot: uPlot, { fromMs, toMs }: TimeRange) {
  const { left, width } = plot.bbox;
  const clamp = (x: number) => Math.max(left, Math.min(left + width, x));
  const from = clamp(plot.valToPos(fromMs / 1000, 'x', true));
  const to = clamp(plot.valToPos(toMs / 1000, 'x', true));
  return { from, width: to - from };
}

/** Draws bands behind the lines, or as a strip below them. */
export function drawBands(
  plot: uPlot,
  bands: readonly ChartBand[],
  mode: 'light' | 'dark',
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const band of bands) {
    const { from, width } = span(plot, band);
    if (width <= 0) continue;
    ctx.fillStyle = band.colour[mode];
    const wide = Math.max(width, devicePixelRatio);
    if (band.strip) {
      const height = stripHeight * devicePixelRatio;
      ctx.globalAlpha = 0.8;
      ctx.fillRect(from, bbox.top + bbox.height - height, wide, height);
    } else {
      ctx.globalAlpha = mode === 'light' ? 0.13 : 0.2;
      ctx.fillRect(from, bbox.top, wide, bbox.height);
    }
  }
  ctx.restore();
}

/** Marks events: a line with a flag on top. */
export function drawMarkers(
  plot: uPlot,
  markers: readonly ChartMarker[],
  mode: 'light' | 'dark',
): void {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  const flag = 5 * scale;
  ctx.save();
  ctx.lineWidth = scale;
  for (const { atMs, colour } of markers) {
    const x = Math.round(plot.valToPos(atMs / 1000, 'x', true)) + scale / 2;
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = colour[mode];
    ctx.fillStyle = colour[mode];
    ctx.setLineDash([3 * scale, 3 * scale]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - flag, bbox.top - flag);
    ctx.lineTo(x + flag, bbox.top - flag);
    ctx.lineTo(x, bbox.top + flag * 0.6);
    ctx.fill();
  }
  ctx.restore();
}

/** Hatches gaps, and labels them if there is room. */
export function drawGaps(
  plot: uPlot,
  gaps: readonly TimeRange[],
  look: ChartLook,
  words: string,
): void {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = look.quiet;
  ctx.fillStyle = look.quiet;
  ctx.lineWidth = scale;
  ctx.font = `${12 * scale}px ${look.fontFamily}`;
  ctx.textAlign = 'center';
  for (const gap of gaps) {
    const { from, width } = span(plot, gap);
    if (width < 2 * scale) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(from, bbox.top, width, bbox.height);
    ctx.clip();
    ctx.globalAlpha = 0.22;
    ctx.beginPath();
    for (let x = from - bbox.height; x < from + width; x += 9 * scale) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
    if (width < 90 * scale) continue;
    ctx.fillText(words, from + width / 2, bbox.top + 16 * scale);
  }
  ctx.restore();
}

/** Moves labels apart so that none overlap, keeping their order. */
export function spread(
  positions: readonly number[],
  distance: number,
  low: number,
  high: number,
): number[] {
  const order = positions
    .map((wanted, index) => ({ wanted, index }))
    .sort((a, b) => a.wanted - b.wanted);
  const placed = order.map(({ wanted }) => wanted);
  for (let index = 0; index < placed.length; index += 1) {
    const below = index === 0 ? low : (placed[index - 1] ?? low) + distance;
    placed[index] = Math.max(placed[index] ?? low, below);
  }
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const above =
      index === placed.length - 1
        ? high
        : (placed[index + 1] ?? high) - distance;
    placed[index] = Math.min(placed[index] ?? high, above);
  }
  const result: number[] = [];
  order.forEach(({ index }, place) => {
    result[index] = placed[place] ?? low;
  });
  return result;
}

/** Writes each line's name next to its end, in its colour. */
export function drawEndLabels(
  plot: uPlot,
  lines: readonly ChartLine[],
  look: ChartLook,
): void {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  const ends = lines.flatMap(line => {
    const value = line.mean[lastValueIndex(line.mean)];
    if (value === null || value === undefined) return [];
    return [{ line, y: plot.valToPos(value, 'y', true) }];
  });
  const ys = spread(
    ends.map(({ y }) => y),
    15 * scale,
    bbox.top + 6 * scale,
    bbox.top + bbox.height - 6 * scale,
  );
  ctx.save();
  ctx.font = `600 ${12 * scale}px ${look.fontFamily}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ends.forEach(({ line }, index) => {
    ctx.fillStyle = line.colour[look.mode];
    ctx.fillText(
      line.label,
      bbox.left + bbox.width + 8 * scale,
      ys[index] ?? 0,
    );
  });
  ctx.restore();
}
