import {
  countStatuses,
  groupLineSchema,
  problemSchema,
} from '@homelab/plugin-consumer-lag-common';
import type {
  Cluster,
  GroupDetail,
  GroupsInShort,
  GroupSummary,
  TopicResponse,
  TopicSummary,
} from '@homelab/plugin-consumer-lag-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { sumKnownOffsets } from '../../lag/flow';
import { toText } from '../../lag/texts';
import { toNumber } from './rows';
import type { ClusterRow, GroupRow, TopicRow } from './rows';

/** A cluster as configured. */
export interface KnownCluster {
  readonly name: string;
  readonly title: string;
  readonly dashboardUrl: string | null;
}

/**
 * The data of the pages, as the collector stored it, without requests to brokers. The JSON columns
 * hold types of the common package.
 */
export class LagViews {
  constructor(
    private readonly deps: {
      knex: Knex;
      clusters: readonly KnownCluster[];
      pollIntervalMs: number;
    },
  ) {}

  /** The configured clusters, in the order of the configuration. */
  async clusters(): Promise<Cluster[]> {
    const { knex, clusters, pollIntervalMs } = this.deps;
    const rows = await knex<ClusterRow>('lag_cluster');
    return clusters.map(({ name, title, dashboardUrl }) => {
      const row = rows.find(({ cluster }) => cluster === name);
      const polledAtMs = toNumber(row?.polled_at_ms ?? null);
      return {
        // Field by field, because the configuration of a cluster contains passwords.
        name,
        title,
        dashboardUrl,
        polledAt:
          polledAtMs === null ? null : new Date(polledAtMs).toISOString(),
        pollIntervalMs,
        requestsPerPoll: row?.requests ?? null,
        problem: row?.problem
          ? problemSchema.parse(JSON.parse(row.problem))
          : null,
        partialProblems: z
          .array(problemSchema)
          .parse(JSON.parse(row?.partial_problems ?? '[]')),
      };
    });
  }

  /** The groups of one or all configured clusters, by `rankOfGroup` and then by name. */
  async groups(cluster?: string): Promise<GroupSummary[]> {
    return JSON.parse((await this.groupsJson(cluster)).groups);
  }

  /**
   * The worst groups as JSON text, and the number of groups. Not parsed, because an answer needs
   * only text and hundreds of groups take long to parse.
   */
  async groupsJson(
    cluster?: string,
    limit?: number,
  ): Promise<{ groups: string; total: number }> {
    const rows: Pick<GroupRow, 'summary'>[] = await this.worstFirst(cluster)
      .select('summary')
      .modify(query => void (limit !== undefined && query.limit(limit)));
    const isAll = limit === undefined || rows.length < limit;
    return {
      groups: `[${rows.map(({ summary }) => summary).join()}]`,
      total: isAll
        ? rows.length
        : await this.count('lag_group', this.names(cluster)),
    };
  }

  /** The number of groups of each status, of one or all clusters, filtered by `isMeant`, and the worst in short. */
  async groupsInShort(options: {
    cluster?: string;
    isMeant?: (cluster: string, groupId: string) => boolean;
    limit: number;
  }): Promise<Pick<GroupsInShort, 'counts' | 'lag' | 'worst'>> {
    const { cluster, isMeant = () => true, limit } = options;
    const all: Pick<GroupRow, 'cluster' | 'group_id' | 'status' | 'lag'>[] =
      await this.worstFirst(cluster).select(
        'cluster',
        'group_id',
        'status',
        'lag',
      );
    const meant = all.filter(row => isMeant(row.cluster, row.group_id));
    const worst = await this.worstFirst(cluster)
      .whereIn(
        ['cluster', 'group_id'],
        meant.slice(0, limit).map(row => [row.cluster, row.group_id]),
      )
      .select('summary');
    return {
      counts: countStatuses(meant.map(({ status }) => ({ status }))),
      lag: toText(
        sumKnownOffsets(
          meant.map(({ lag }) => (lag === null ? null : BigInt(lag))),
        ),
      ),
      // Leaves out the other fields of a summary.
      worst: worst.map(({ summary }) =>
        groupLineSchema.parse(JSON.parse(summary)),
      ),
    };
  }

  private worstFirst(cluster: string | undefined) {
    return this.deps
      .knex<GroupRow>('lag_group')
      .whereIn('cluster', this.names(cluster))
      .orderBy([{ column: 'rank' }, { column: 'group_id' }]);
  }

  private async count(
    table: 'lag_group' | 'lag_topic',
    clusters: readonly string[],
  ): Promise<number> {
    const row = await this.deps
      .knex(table)
      .whereIn('cluster', clusters)
      .count({ count: '*' })
      .first();
    return Number(row?.count ?? 0);
  }

  async group(
    cluster: string,
    groupId: string,
  ): Promise<GroupDetail | undefined> {
    const row = await this.deps
      .knex<GroupRow>('lag_group')
      .where({ cluster, group_id: groupId })
      .first('summary', 'detail');
    return row && { ...JSON.parse(row.summary), ...JSON.parse(row.detail) };
  }

  /** Kafka topics by name, and their number. */
  async topics(
    cluster?: string,
    limit = Number.MAX_SAFE_INTEGER,
  ): Promise<{ topics: TopicSummary[]; total: number }> {
    const rows: Pick<TopicRow, 'summary'>[] = await this.deps
      .knex<TopicRow>('lag_topic')
      .whereIn('cluster', this.names(cluster))
      .orderBy('topic')
      .limit(limit)
      .select('summary');
    return {
      topics: rows.map(({ summary }) => JSON.parse(summary)),
      total:
        rows.length < limit
          ? rows.length
          : await this.count('lag_topic', this.names(cluster)),
    };
  }

  async topic(
    cluster: string,
    topic: string,
  ): Promise<TopicResponse['topic'] | undefined> {
    const row = await this.deps
      .knex<TopicRow>('lag_topic')
      .where({ cluster, topic })
      .first('summary', 'detail');
    return row && { ...JSON.parse(row.summary), ...JSON.parse(row.detail) };
  }

  private names(cluster: string | undefined): readonly string[] {
    return this.deps.clusters
      .map(({ name }) => name)
      .filter(name => cluster === undefined || name === cluster);
  }
}
