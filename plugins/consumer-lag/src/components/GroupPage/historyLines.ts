import type {
  HistoryResponse,
  Severity,
} from '@homelab/plugin-consumer-lag-common';
import { alignLines } from '@homelab/portal-react';
import type {
  ChartLines,
  ChartMarker,
  ThemedColour,
  TimeRange,
} from '@homelab/portal-react';
import { lagColour } from '../HeatStrip';

/** The unit of the lag. */
export type LagUnit = 'records' | 'time';

/** Produced records are the ground, consumed ones the line on it: falling behind shows as a gap. */
const producedColour = { light: '#5F6368', dark: '#A8ADB3' };
const consumedColour = { light: '#1565C0', dark: '#64B5F6' };

const markerColours: Record<Severity, ThemedColour> = {
  act: { light: '#C3281F', dark: '#FF8A80' },
  watch: { light: '#8F5B00', dark: '#E5B454' },
  unknown: { light: '#5F6368', dark: '#A8ADB3' },
  ok: { light: '#1E7B3C', dark: '#6FCB8A' },
};

/** Periods without polls, including before the first point and after the last. */
export function gapsOf({
  points,
  stepMs,
  from,
  to,
}: HistoryResponse): TimeRange[] {
  const times = [from, ...points.map(({ at }) => at), to].map(Date.parse);
  return times.slice(1).flatMap((toMs, index) => {
    const fromMs = times[index] ?? toMs;
    // A poll that is late by less than a step leaves no gap.
    return toMs - fromMs > 2 * stepMs ? [{ fromMs, toMs }] : [];
  });
}

/** Events as markers in the charts. */
export function markersOf({ events }: HistoryResponse): ChartMarker[] {
  return events.map(({ at, kind, text, severity }) => ({
    atMs: Date.parse(at),
    label: text,
    // A harmless rebalance is no good news either.
    colour:
      markerColours[
        kind !== 'status' && severity === 'ok' ? 'unknown' : severity
      ],
  }));
}

function timesOf(history: HistoryResponse) {
  return {
    time: history.points.map(({ at }) => Date.parse(at)),
    gaps: gapsOf(history),
  };
}

/** Produced and consumed records per second. */
export function rateLines(history: HistoryResponse): ChartLines {
  const times = timesOf(history);
  return alignLines([
    {
      id: 'produced',
      label: 'Produced',
      colour: producedColour,
      filled: true,
      times,
      mean: history.points.map(point => point.producedPerSecond),
    },
    {
      id: 'consumed',
      label: 'Consumed',
      colour: consumedColour,
      times,
      mean: history.points.map(point => point.consumedPerSecond),
    },
  ]);
}

/** The lag in records, or in milliseconds. */
export function lagLines(history: HistoryResponse, unit: LagUnit): ChartLines {
  return alignLines([
    {
      id: unit,
      label: unit === 'time' ? 'Behind' : 'Lag',
      colour: lagColour,
      filled: true,
      times: timesOf(history),
      mean: history.points.map(({ lag, timeLagMs }) =>
        unit === 'time' ? timeLagMs : lag,
      ),
    },
  ]);
}
