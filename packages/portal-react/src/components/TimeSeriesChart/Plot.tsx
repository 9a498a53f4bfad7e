import { styled, useTheme } from '@mui/material/styles';
import { useEffect, useRef, useState } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useWidth } from '../../hooks/useWidth';
import type { ChartLook } from './drawing';
import { plotColumns, plotOptions } from './plotOptions';
import type { PlotSetup } from './plotOptions';

const Frame = styled('div')({
  position: 'relative',
  width: '100%',
  // A chart keeps its old width until the new one was measured.
  overflow: 'hidden',
  touchAction: 'pan-y',
});

/** Whether this browser can draw charts at all. */
export function canDraw(): boolean {
  return (
    typeof CanvasRenderingContext2D !== 'undefined' &&
    typeof Path2D !== 'undefined'
  );
}

interface PlotProps extends Omit<
  PlotSetup,
  'width' | 'look' | 'barPaths' | 'toZonedDate'
> {
  time: readonly number[];
  /** Index of the point under the keyboard's cursor. */
  cursorIndex: number | null;
}

function useLook(): ChartLook {
  const { palette, typography } = useTheme();
  return {
    mode: palette.mode,
    text: palette.text.primary,
    quiet: palette.text.secondary,
    grid: palette.divider,
    surface: palette.background.paper,
    fontFamily: typography.fontFamily ?? 'sans-serif',
  };
}

/** The library always has it; its types leave room for a build without. */
function barsOf({ paths }: typeof uPlot) {
  if (paths.bars === undefined) throw new Error('uPlot cannot draw bars.');
  return paths.bars;
}

/** The canvas of a chart. */
export function Plot(props: PlotProps) {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const width = useWidth(frame);
  const look = useLook();
  const plotRef = useRef<uPlot>();
  const latest = useRef(props);
  latest.current = props;
  const { time, lines, bands, gaps, markers, height, unit, zeroBased } = props;
  const { fromMs, toMs, timeZone, syncKey, cursorIndex, gapWords } = props;
  const shape = JSON.stringify([
    lines.map(({ id, bars }) => [id, bars]),
    [height, unit, zeroBased, fromMs, toMs, timeZone, syncKey, gapWords, look],
    width >= 640,
  ]);
  const drawable = frame !== null && width > 0;

  useEffect(() => {
    if (frame === null || !drawable) return undefined;
    let gone = false;
    // Loaded lazily, because the library accesses `window` on import.
    import('uplot').then(({ default: Chart }) => {
      if (gone) return;
      const { current } = latest;
      const options = plotOptions({
        ...current,
        width: frame.clientWidth,
        look,
        barPaths: barsOf(Chart),
        onCursor: index => latest.current.onCursor(index),
        onZoom: range => latest.current.onZoom(range),
        toZonedDate: epochS =>
          Chart.tzDate(new Date(epochS * 1000), current.timeZone),
      });
      const columns = plotColumns(current.time, current.lines);
      plotRef.current = new Chart(options, columns, frame);
    });
    return () => {
      gone = true;
      plotRef.current?.destroy();
      plotRef.current = undefined;
    };
    // `shape` covers everything that needs a new plot.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [frame, drawable, shape, bands, gaps, markers]);

  useEffect(() => {
    plotRef.current?.setData(plotColumns(time, lines));
  }, [time, lines]);

  useEffect(() => {
    if (width > 0) plotRef.current?.setSize({ width, height });
  }, [width, height]);

  useEffect(() => {
    const plot = plotRef.current;
    const timeMs = cursorIndex === null ? undefined : time[cursorIndex];
    if (plot === undefined || timeMs === undefined) return;
    const left = plot.valToPos(timeMs / 1000, 'x');
    plot.setCursor({ left, top: height / 3 });
  }, [cursorIndex, time, height]);

  return <Frame ref={setFrame} style={{ minHeight: height }} />;
}
