import type { Knex } from 'knex';
import type { ReadPoll, TopicPoll } from '../../lag/LagMemory';
import { keptMs } from './LagHistory';
import { offsetsFromJson } from './rows';
import type { RawRow, SeriesRow } from './rows';

const hourMs = 60 * 60_000;
const sliceMs = 5 * 60_000;

/** Stored polls, oldest first. */
export interface StoredPolls {
  readonly topics: readonly TopicPoll[];
  readonly reads: readonly ReadPoll[];
}

type Row = RawRow & Pick<SeriesRow, 'group_id' | 'topic'>;

/**
 * Polls of a cluster after a time, oldest first, in slices, because an hour of many partitions
 * needs much memory. All polls of the last hour; before that only end offsets, one every five
 * minutes, which is enough for interpolation.
 */
export async function* readStoredPolls(
  knex: Knex,
  {
    cluster,
    afterMs,
    nowMs,
  }: { cluster: string; afterMs: number; nowMs: number },
): AsyncGenerator<StoredPolls> {
  const hourAgoMs = nowMs - hourMs;
  let fromMs = Math.max(afterMs, nowMs - keptMs.raw);
  if (fromMs < hourAgoMs) {
    const sparse = between(knex, cluster, fromMs, hourAgoMs)
      .andWhere('lag_series.group_id', '')
      .whereRaw('at_ms % 300000 < 30000');
    yield toPolls(await sparse);
    fromMs = hourAgoMs;
  }
  for (; fromMs < nowMs; fromMs += sliceMs) {
    const throughMs = Math.min(fromMs + sliceMs, nowMs);
    yield toPolls(await between(knex, cluster, fromMs, throughMs));
  }
}

function between(
  knex: Knex,
  cluster: string,
  afterMs: number,
  throughMs: number,
): Knex.QueryBuilder<object, Row[]> {
  return knex('lag_raw')
    .join('lag_series', 'lag_series.id', 'lag_raw.series_id')
    .where('lag_series.cluster', cluster)
    .andWhere('at_ms', '>', afterMs)
    .andWhere('at_ms', '<=', throughMs)
    .orderBy('at_ms')
    .select('lag_raw.*', 'group_id', 'topic');
}

function toPolls(rows: readonly Row[]): StoredPolls {
  const topics: TopicPoll[] = [];
  const reads: ReadPoll[] = [];
  for (const row of rows) {
    const poll = {
      topic: row.topic,
      atMs: Number(row.at_ms),
      ends: offsetsFromJson(row.ends),
    };
    if (row.committed === null) topics.push(poll);
    else
      reads.push({
        ...poll,
        groupId: row.group_id,
        committed: offsetsFromJson(row.committed),
        lag: row.lag === null ? null : BigInt(row.lag),
      });
  }
  return { topics, reads };
}
