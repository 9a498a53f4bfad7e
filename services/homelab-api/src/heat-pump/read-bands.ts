import { bandsFrom } from '@homelab/heat-pump';
import type { Band } from '@homelab/heat-pump';
import { findGaps, minGapMs, transitionsSql } from '@homelab/timescale-schema';
import type { Database } from '../database/database.ts';
import { readRawPoints } from '../series/raw-points.ts';
import type { Range } from '../time/parameters.ts';

/** Changes of state in a range; a machine that changes more often is broken. */
export const maxTransitions = 20_000;

const transitions = { name: 'heatpump-transitions', text: transitionsSql() };

interface TransitionRow {
  time_ms: number;
  previous_ms: number | null;
  alarm: boolean;
  defrost: boolean;
  aux_heater: boolean;
  hot_water: boolean;
  compressor: boolean;
  alarm_names: string;
}

/**
 * When the compressor ran, water was heated, the coil defrosted, an auxiliary heater was on and
 * an alarm was, from readings. `truncated` when the range holds too many changes; the bands then
 * end early.
 */
export async function readBands(
  database: Database,
  asked: { readonly deviceId: string; readonly range: Range },
): Promise<{ bands: Band[]; truncated: boolean }> {
  const { deviceId, range } = asked;
  const times = [new Date(range.fromMs), new Date(range.toMs)];
  const { spans } = await readRawPoints(database, {
    stream: 'heatpump',
    deviceId,
    fields: [],
    range,
    maxPoints: 200,
  });
  // How long a silence may be depends on how often the device sends.
  const { maxGapMs } = findGaps(spans, range, minGapMs.heatpump);
  const rows = await database.rows<TransitionRow & Record<string, unknown>>(
    transitions,
    [
      deviceId,
      ...times,
      `${Math.round(maxGapMs)} milliseconds`,
      maxTransitions,
    ],
  );
  const bands = bandsFrom(
    rows.map(({ time_ms, previous_ms, alarm_names, ...active }) => ({
      timeMs: time_ms,
      previousMs: previous_ms,
      active,
      alarmNames: alarm_names.replaceAll('_', ' '),
    })),
    maxGapMs,
  );
  return { bands, truncated: rows.length === maxTransitions };
}
