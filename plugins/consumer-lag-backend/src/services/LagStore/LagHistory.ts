import type {
  GroupEvent,
  HistoryRange,
  HistoryResponse,
} from '@homelab/plugin-consumer-lag-common';
import { groupEventSchema } from '@homelab/plugin-consumer-lag-common';
import type { Knex } from 'knex';
import { toNumber } from './rows';
import type { EventRow } from './rows';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const rollupMs = 5 * minuteMs;

/** How long values are kept. */
export const keptMs = { raw: dayMs, rollup: 14 * dayMs, event: 14 * dayMs };

const ranges: Record<HistoryRange, { spanMs: number; stepMs: number }> = {
  '1h': { spanMs: 60 * minuteMs, stepMs: 15_000 },
  '6h': { spanMs: 6 * 60 * minuteMs, stepMs: minuteMs },
  '24h': { spanMs: dayMs, stepMs: rollupMs },
  '14d': { spanMs: 14 * dayMs, stepMs: 60 * minuteMs },
};

const maxEvents = 500;

interface PointRow {
  at_ms: string | number;
  lag: string | number | null;
  time_lag_ms: string | number | null;
  produced: number | null;
  consumed: number | null;
}

/** Reads, rolls up and deletes the history of groups. */
export class LagHistory {
  constructor(private readonly knex: Knex) {}

  /** The lag of a group over a range, on one Kafka topic or all. Steps without values are left out. */
  async ofGroup(options: {
    cluster: string;
    groupId: string;
    topic?: string;
    range: HistoryRange;
    nowMs: number;
    pollIntervalMs: number;
  }): Promise<HistoryResponse> {
    const { cluster, groupId, topic, range, nowMs } = options;
    const { spanMs } = ranges[range];
    const stepMs = Math.max(ranges[range].stepMs, options.pollIntervalMs);
    const fromMs = nowMs - spanMs;
    const rows: PointRow[] = await this.knex
      .with('polls', query =>
        // The sum over the group's topics at each poll.
        query
          .from(range === '14d' ? 'lag_rollup' : 'lag_raw')
          .join('lag_series', 'lag_series.id', 'series_id')
          .where('at_ms', '>=', fromMs)
          .andWhere({
            cluster,
            group_id: groupId,
            ...(topic !== undefined && { topic }),
          })
          .groupBy('at_ms')
          .select('at_ms')
          .sum({ lag: 'lag' })
          .max({ time_lag_ms: 'time_lag_ms' })
          .sum({
            produced: 'produced_per_second',
            consumed: 'consumed_per_second',
          }),
      )
      .from('polls')
      .select(this.knex.raw('at_ms - at_ms % ? as step', [stepMs]))
      .groupBy('step')
      .orderBy('step')
      .max({ lag: 'lag', time_lag_ms: 'time_lag_ms' })
      .avg({ produced: 'produced', consumed: 'consumed' })
      .then(found =>
        found.map(({ step, ...row }: PointRow & { step: string }) => ({
          ...row,
          at_ms: step,
        })),
      );
    return {
      from: new Date(fromMs).toISOString(),
      to: new Date(nowMs).toISOString(),
      stepMs,
      points: rows.map(row => ({
        at: new Date(Number(row.at_ms)).toISOString(),
        lag: toNumber(row.lag),
        timeLagMs: toNumber(row.time_lag_ms),
        producedPerSecond: row.produced,
        consumedPerSecond: row.consumed,
      })),
      events: await this.events(cluster, groupId, fromMs),
    };
  }

  private async events(
    cluster: string,
    groupId: string,
    fromMs: number,
  ): Promise<GroupEvent[]> {
    const rows = await this.knex<EventRow>('lag_event')
      .where({ cluster, group_id: groupId })
      .andWhere('at_ms', '>=', fromMs)
      .orderBy('at_ms', 'desc')
      .limit(maxEvents);
    return rows
      .map(({ at_ms, kind, severity, text }) =>
        groupEventSchema.parse({
          at: new Date(Number(at_ms)).toISOString(),
          kind,
          severity,
          text,
        }),
      )
      .toReversed();
  }

  /** Rolls up the last half hour into 5-minute steps. Idempotent. */
  async rollUp(nowMs: number): Promise<void> {
    const fromMs = Math.floor((nowMs - 30 * minuteMs) / rollupMs) * rollupMs;
    await this.knex.raw(
      `insert into lag_rollup (series_id, at_ms, lag, time_lag_ms, produced_per_second, consumed_per_second)
       select series_id, at_ms - at_ms % ${rollupMs} as step, max(lag), max(time_lag_ms),
              avg(produced_per_second), avg(consumed_per_second)
       from lag_raw
       where at_ms >= ? and committed is not null
       group by series_id, step
       on conflict (series_id, at_ms) do update set
         lag = excluded.lag, time_lag_ms = excluded.time_lag_ms,
         produced_per_second = excluded.produced_per_second,
         consumed_per_second = excluded.consumed_per_second`,
      [fromMs],
    );
  }

  /** Deletes expired values, and series without values. */
  async tidy(nowMs: number): Promise<void> {
    const older = (table: string, ms: number) =>
      this.knex(table)
        .where('at_ms', '<', nowMs - ms)
        .delete();
    await older('lag_raw', keptMs.raw);
    await older('lag_rollup', keptMs.rollup);
    await older('lag_event', keptMs.event);
    const has = (table: string) =>
      this.knex(table).whereRaw(`${table}.series_id = lag_series.id`).select(1);
    await this.knex('lag_series')
      .whereNotExists(has('lag_raw'))
      .whereNotExists(has('lag_rollup'))
      .delete();
  }
}
