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

/** What the lag is counted in. */
export type LagUnit = 'records' | 'time';

/** What comes is the ground, what is read is the line upon it: one sees it sink below. */
const producedColour = { light: '#5F6368', dark: '#A8ADB3' };
const consumedColour = { light: '#1565C0', dark: '#64B5F6' };

const markerColours: Record<Severity, ThemedColour> = {
  act: { light: '#C3281F', dark: '#FF8A80' },
  watch: { light: '#8F5B00', dark: '#E5B454' },
  unknown: { light: '#5F6368', dark: '#A8ADB3' },
  ok: { light: '#1E7B3C', dark: '#6FCB8A' },
};

/** Stretches in which nothing was read from Kafka, also before the first point and after the last. */
export function gapsOf({
  points,
  stepMs,
  from,
  to,
}: HistoryResponse): TimeRange[] {
  const times = [from, ...points.map(({ at }) => at), to].map(Date.parse);
  return times.slice(1).flatMap((toMs, index) => {
    const fromMs = times[index] ?? toMs;
    // A poll that is late by less than a step leaves no hole.
    return toMs - fromMs > 2 * stepMs ? [{ fromMs, toMs }] : [];
  });
}

/** Events as marks in the charts. */
export function markersOf({ events }: HistoryResponse): ChartMarker[] {
  return events.map(({ at, kind, text, severity }) => ({
    atMs: Date.parse(at),
    label: text,
    // A rebalance that does no harm is not good news either.
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

/** What came and what was read. */
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
