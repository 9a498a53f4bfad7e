import type {
  GroupDetail,
  GroupEvent,
  LagStatus,
  Problem,
} from '@homelab/plugin-consumer-lag-common';
import type { Knex } from 'knex';
import type { TopicDetail } from '../../lag/describeTopic';
import type { ReadPoll, TopicPoll } from '../../lag/LagMemory';
import { rankOfGroup } from '../../lag/rankOfGroup';
import { chunks } from '@homelab/portal-node';
import { readStoredPolls } from './readStoredPolls';
import type { StoredPolls } from './readStoredPolls';
import { offsetsToJson, toNumber } from './rows';
import type { ClusterRow, GroupRow, SeriesRow } from './rows';

const chunkRows = 500;

/** A group as it was last stored. */
export interface StoredGroup {
  readonly status: LagStatus;
  readonly sinceMs: number;
  /** Since when it has had no member; null while it has some. */
  readonly memberlessSinceMs: number | null;
  readonly state: string | null;
  readonly members: string | null;
}

/** A stored poll of a group and a Kafka topic. */
export interface ReadPollRow extends ReadPoll {
  readonly timeLagMs: number | null;
  readonly producedPerSecond: number | null;
  readonly consumedPerSecond: number | null;
}

/** The result of one poll of a cluster. */
export interface StoredPoll {
  readonly cluster: string;
  readonly atMs: number;
  readonly requests: number;
  readonly problems: readonly Problem[];
  readonly groups: readonly (GroupDetail & { readonly fingerprint: string })[];
  readonly topics: readonly TopicDetail[];
  readonly topicPolls: readonly TopicPoll[];
  readonly readPolls: readonly ReadPollRow[];
  readonly events: readonly (GroupEvent & { readonly groupId: string })[];
}

/** Stores polls, and loads what a collector needs after a restart. */
export class LagStore {
  private readonly seriesIds = new Map<string, number>();

  constructor(private readonly knex: Knex) {}

  /** Stores a poll in one transaction. */
  async savePoll(poll: StoredPoll): Promise<void> {
    try {
      await this.knex.transaction(trx => this.write(trx, poll));
    } catch (error) {
      // A series may have been deleted meanwhile: the next poll reloads all ids.
      this.seriesIds.clear();
      throw error;
    }
  }

  private async write(trx: Knex.Transaction, poll: StoredPoll): Promise<void> {
    await this.ensureSeries(trx, poll);
    await this.saveGroups(trx, poll);
    await this.saveTopics(trx, poll);
    await trx.batchInsert('lag_raw', this.rawRows(poll), chunkRows);
    const events = poll.events.map(({ groupId, at, ...event }) => ({
      ...event,
      cluster: poll.cluster,
      group_id: groupId,
      at_ms: Date.parse(at),
    }));
    await trx.batchInsert('lag_event', events, chunkRows);
    await saveCluster(trx, {
      cluster: poll.cluster,
      polled_at_ms: poll.atMs,
      requests: poll.requests,
      problem: null,
      partial_problems: JSON.stringify(poll.problems),
    });
  }

  /** Stores that a cluster could not be polled; its last data stays. */
  async saveFailure(cluster: string, problem: Problem): Promise<void> {
    await this.knex<ClusterRow>('lag_cluster')
      .insert({ cluster, problem: JSON.stringify(problem) })
      .onConflict('cluster')
      .merge(['problem']);
  }

  async addEvent(
    cluster: string,
    event: GroupEvent & { readonly groupId: string },
  ): Promise<void> {
    const { groupId, at, ...rest } = event;
    await this.knex('lag_event').insert({
      ...rest,
      cluster,
      group_id: groupId,
      at_ms: Date.parse(at),
    });
  }

  /** The groups of a cluster at the last poll. */
  async groups(cluster: string): Promise<Map<string, StoredGroup>> {
    const rows = await this.knex<GroupRow>('lag_group')
      .where({ cluster })
      .select(
        'group_id',
        'status',
        'since_ms',
        'memberless_since_ms',
        'state',
        'members',
      );
    return new Map(
      rows.map(row => [
        row.group_id,
        {
          status: row.status,
          sinceMs: Number(row.since_ms),
          memberlessSinceMs: toNumber(row.memberless_since_ms),
          state: row.state,
          members: row.members,
        },
      ]),
    );
  }

  /** See {@link readStoredPolls}. */
  pollsAfter(
    cluster: string,
    afterMs: number,
    nowMs: number,
  ): AsyncGenerator<StoredPolls> {
    return readStoredPolls(this.knex, { cluster, afterMs, nowMs });
  }

  /** Deletes polls of a cluster from after a time, when the clock went back. */
  async forgetAfter(cluster: string, atMs: number): Promise<void> {
    const series = this.knex('lag_series').where({ cluster }).select('id');
    for (const table of ['lag_raw', 'lag_rollup'])
      await this.knex(table)
        .whereIn('series_id', series.clone())
        .andWhere('at_ms', '>', atMs)
        .delete();
  }

  private async saveGroups(trx: Knex, poll: StoredPoll): Promise<void> {
    const rows = poll.groups.map(({ fingerprint, ...group }) => {
      const { protocolType, assignor, members, partitions, skew, ...summary } =
        group;
      return {
        cluster: poll.cluster,
        group_id: group.groupId,
        polled_at_ms: poll.atMs,
        rank: rankOfGroup(summary),
        status: group.status,
        since_ms: Date.parse(group.since),
        lag: group.lag,
        memberless_since_ms:
          group.memberlessSince === null
            ? null
            : Date.parse(group.memberlessSince),
        state: group.state,
        members: fingerprint,
        summary: JSON.stringify(summary),
        detail: JSON.stringify({
          protocolType,
          assignor,
          members,
          partitions,
          skew,
        }),
      };
    });
    for (const some of chunks(rows, chunkRows))
      await trx('lag_group')
        .insert(some)
        .onConflict(['cluster', 'group_id'])
        .merge();
    await this.forgetOthers(trx, 'lag_group', poll);
  }

  private async saveTopics(trx: Knex, poll: StoredPoll): Promise<void> {
    const rows = poll.topics.map(({ partitions, ...summary }) => ({
      cluster: poll.cluster,
      topic: summary.topic,
      polled_at_ms: poll.atMs,
      summary: JSON.stringify(summary),
      detail: JSON.stringify({ partitions }),
    }));
    for (const some of chunks(rows, chunkRows))
      await trx('lag_topic')
        .insert(some)
        .onConflict(['cluster', 'topic'])
        .merge();
    await this.forgetOthers(trx, 'lag_topic', poll);
  }

  /** Deletes what a complete poll did not see; after a partial poll nothing. */
  private async forgetOthers(
    trx: Knex,
    table: string,
    { cluster, atMs, problems }: StoredPoll,
  ): Promise<void> {
    if (problems.length > 0) return;
    await trx(table)
      .where({ cluster })
      // Not only older ones: the clock may have gone back.
      .whereNot({ polled_at_ms: atMs })
      .delete();
  }

  private rawRows(poll: StoredPoll) {
    const { cluster } = poll;
    return [
      ...poll.topicPolls.map(({ topic, atMs, ends }) => ({
        series_id: this.seriesId(cluster, '', topic),
        at_ms: atMs,
        ends: offsetsToJson(ends),
      })),
      ...poll.readPolls.map(read => ({
        series_id: this.seriesId(cluster, read.groupId, read.topic),
        at_ms: read.atMs,
        ends: offsetsToJson(read.ends),
        committed: offsetsToJson(read.committed),
        lag: read.lag === null ? null : String(read.lag),
        time_lag_ms:
          read.timeLagMs === null ? null : Math.round(read.timeLagMs),
        produced_per_second: read.producedPerSecond,
        consumed_per_second: read.consumedPerSecond,
      })),
    ];
  }

  private seriesId(cluster: string, groupId: string, topic: string): number {
    const id = this.seriesIds.get(JSON.stringify([cluster, groupId, topic]));
    if (id === undefined)
      throw new Error(`The series of ${groupId} and ${topic} has no id.`);
    return id;
  }

  /** The ids of the series of a poll, created as needed. A series lasts as long as its values. */
  private async ensureSeries(trx: Knex, poll: StoredPoll): Promise<void> {
    const { cluster } = poll;
    const wanted = [
      ...poll.topicPolls.map(({ topic }) => ['', topic] as const),
      ...poll.readPolls.map(({ groupId, topic }) => [groupId, topic] as const),
    ].filter(
      ([groupId, topic]) =>
        !this.seriesIds.has(JSON.stringify([cluster, groupId, topic])),
    );
    if (wanted.length === 0) return;
    const rows = wanted.map(([groupId, topic]) => ({
      cluster,
      group_id: groupId,
      topic,
    }));
    for (const some of chunks(rows, chunkRows))
      await trx('lag_series')
        .insert(some)
        .onConflict(['cluster', 'group_id', 'topic'])
        .ignore();
    for (const row of await trx<SeriesRow>('lag_series').where({
      cluster,
    }))
      this.seriesIds.set(
        JSON.stringify([row.cluster, row.group_id, row.topic]),
        row.id,
      );
  }
}

async function saveCluster(
  trx: Knex,
  row: {
    cluster: string;
    polled_at_ms: number;
    requests: number;
    problem: null;
    partial_problems: string;
  },
): Promise<void> {
  await trx('lag_cluster').insert(row).onConflict('cluster').merge();
}
