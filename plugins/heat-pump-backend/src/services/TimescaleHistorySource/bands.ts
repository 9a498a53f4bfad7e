import { bandKinds } from '@homelab/plugin-heat-pump-common';
import type { Band, BandKind } from '@homelab/plugin-heat-pump-common';

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

interface OpenBand {
  fromMs: number;
  openStart: boolean;
  label: string | null;
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
  let open: OpenBand | undefined;
  const close = (toMs: number, openEnd: boolean) => {
    if (open === undefined) return;
    bands.push({
      kind,
      from: new Date(open.fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      openStart: open.openStart,
      openEnd,
      label: open.label,
    });
    open = undefined;
  };
  for (const row of rows) {
    const { previousMs } = row;
    const afterGap = previousMs !== null && row.timeMs - previousMs > maxGapMs;
    if (afterGap) close(previousMs, true);
    if (!row.active[kind]) {
      close(row.timeMs, false);
    } else if (open === undefined) {
      open = {
        fromMs: row.timeMs,
        openStart: previousMs === null || afterGap,
        label:
          kind === 'alarm' && row.alarmNames !== '' ? row.alarmNames : null,
      };
    }
  }
  const last = rows.at(-1);
  if (last !== undefined) close(last.timeMs, true);
  return bands;
}
