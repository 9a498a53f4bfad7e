import {
  addSums,
  dayMs,
  followedFields,
  heatPumpDefaults,
  initialHeatPump,
  minuteMs,
  noSums,
  openRuns,
  stepHeatPump,
} from '@homelab/heat-pump';
import type {
  HeatPumpEvent,
  HeatPumpLogState,
  HeatPumpSums,
  PowerEstimate,
  Run,
} from '@homelab/heat-pump';
import { heatpumpStatusSchema } from '@homelab/telemetry';
import { heatPumpMomentsSql, usualIntervalMs } from '@homelab/timescale-schema';
import type { Database } from '../database/database.ts';
import type { Range } from '../time/parameters.ts';

/** A machine whose readings change more often is broken; the log then ends early. */
const maxMoments = 50_000;
/** No heat pump is read so rarely that a longer silence is no gap. */
const longestGapMs = 30 * minuteMs;
/** Readings of a few days are followed by minutes, of more by five minutes. */
const fewDaysMs = 4 * dayMs;

const statement = {
  name: 'heatpump-moments',
  text: heatPumpMomentsSql(followedFields),
};

interface MomentRow {
  readonly first_ms: number;
  readonly last_ms: number;
  readonly readings: number;
  /** Rows of one number tell the same state. */
  readonly stretch: number;
  readonly [field: string]: unknown;
}

/** What the readings of a range tell of a heat pump. */
export interface HeatPumpLog {
  /** After the last reading. */
  readonly state: HeatPumpLogState;
  readonly sums: HeatPumpSums;
  /** In the order in which they began; those that have not ended last until the last reading. */
  readonly runs: readonly Run[];
  readonly events: readonly HeatPumpEvent[];
  /** The range has more changes than are followed. */
  readonly truncated: boolean;
}

/**
 * Follows the readings of a heat pump through a range, day by day: no query and no memory grows
 * with the number of readings. Rejects like a query.
 */
export async function followHeatPump(
  database: Database,
  asked: {
    readonly deviceId: string;
    readonly range: Range;
    readonly estimate: PowerEstimate | null;
  },
): Promise<HeatPumpLog> {
  const { estimate } = asked;
  let state = initialHeatPump;
  let sums = noSums;
  const runs: Run[] = [];
  const events: HeatPumpEvent[] = [];
  let maxGapMs = heatPumpDefaults.maxGapMs;
  let before: MomentRow | undefined;

  const take = (row: MomentRow, atMs: number) => {
    // Each row is a mean over its time.
    const options = { powerShape: 'hold', estimate, maxGapMs } as const;
    const step = stepHeatPump(state, statusOf(row, atMs), options);
    state = step.state;
    sums = addSums(sums, step.sums);
    runs.push(...step.ended);
    events.push(...step.events);
  };
  const endOf = (row: MomentRow) => {
    if (row.last_ms > row.first_ms) take(row, row.last_ms);
  };

  let count = 0;
  for await (const rows of readMoments(database, asked)) {
    const usualGapMs = 3 * usualIntervalMs(rows.map(spanOf));
    maxGapMs = Math.max(maxGapMs, Math.min(usualGapMs, longestGapMs));
    for (const row of rows) {
      if (before && isEnd(before, row, maxGapMs)) endOf(before);
      take(row, row.first_ms);
      before = row;
    }
    count += rows.length;
  }
  if (before) endOf(before);
  return {
    state,
    sums,
    runs: [...runs, ...openRuns(state)].sort((a, b) => a.fromMs - b.fromMs),
    events,
    truncated: count >= maxMoments,
  };
}

/** Whether something ends with a row, so that its last reading counts beside its first. */
function isEnd(row: MomentRow, next: MomentRow, maxGapMs: number): boolean {
  return row.stretch !== next.stretch || next.first_ms - row.last_ms > maxGapMs;
}

async function* readMoments(
  database: Database,
  { deviceId, range }: { deviceId: string; range: Range },
): AsyncGenerator<readonly MomentRow[]> {
  const { fromMs, toMs } = range;
  const slotMs = toMs - fromMs <= fewDaysMs ? minuteMs : 5 * minuteMs;
  let left = maxMoments;
  for (let startMs = fromMs; startMs < toMs && left > 0; startMs += dayMs) {
    const rows = await database.rows<MomentRow & Record<string, unknown>>(
      statement,
      [
        deviceId,
        new Date(startMs),
        new Date(Math.min(startMs + dayMs, toMs)),
        `${slotMs} milliseconds`,
        left,
      ],
    );
    left -= rows.length;
    yield rows;
  }
}

const spanOf = ({ first_ms, last_ms, readings }: MomentRow) => ({
  firstMs: first_ms,
  lastMs: last_ms,
  readings,
});

const nothingKnown = heatpumpStatusSchema.parse({
  timestamp: new Date(0).toISOString(),
  device_id: '-',
});

function statusOf(row: MomentRow, atMs: number) {
  const known = followedFields.map(field => [field, row[field] ?? null]);
  const timestamp = new Date(atMs).toISOString();
  return { ...nothingKnown, ...Object.fromEntries(known), timestamp };
}
