import { stepStretch } from '../runs/stretch.ts';
import type { OpenStretch, Stretch } from '../runs/stretch.ts';
import { bandKinds } from './band.ts';
import type { Band, BandKind } from './band.ts';

/**
 * A reading at which a condition changed, or which follows a gap. Rows are in time order and
 * include the first and the last reading of the range.
 */
export interface TransitionRow {
  timeMs: number;
  /** Time of the reading before it; `null` for the first of the range. */
  previousMs: number | null;
  /** Which conditions held at this reading. */
  active: Record<BandKind, boolean>;
  alarmNames: string;
}

/**
 * Turns transitions into bands. A band lasts until the reading that no longer shows it; at a
 * gap longer than `maxGapMs` it ends with the last reading before, marked open, because what
 * happened then is unknown.
 */
export function bandsFrom(
  rows: readonly TransitionRow[],
  maxGapMs: number,
): Band[] {
  return bandKinds
    .flatMap(kind => bandsOfKind(kind, rows, maxGapMs))
    .sort((a, b) => a.from.localeCompare(b.from));
}

function bandsOfKind(
  kind: BandKind,
  rows: readonly TransitionRow[],
  maxGapMs: number,
): Band[] {
  const bands: Band[] = [];
  let open: OpenStretch | null = null;
  let label: string | null = null;
  const addBand = ({ fromMs, toMs, openStart, openEnd }: Stretch) =>
    bands.push({
      kind,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      openStart,
      openEnd,
      label,
    });
  for (const { timeMs, previousMs, active, alarmNames } of rows) {
    const step = stepStretch(open, {
      atMs: timeMs,
      active: active[kind],
      previousMs,
      isContinuous: previousMs === null || timeMs - previousMs <= maxGapMs,
    });
    if (step.closed !== null) addBand(step.closed);
    if (step.open !== null && step.open !== open) {
      label = kind === 'alarm' && alarmNames !== '' ? alarmNames : null;
    }
    open = step.open;
  }
  const last = rows.at(-1);
  if (open !== null && last !== undefined) {
    addBand({ ...(open as OpenStretch), toMs: last.timeMs, openEnd: true });
  }
  return bands;
}
