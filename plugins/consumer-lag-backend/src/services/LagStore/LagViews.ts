import { problemSchema } from '@homelab/plugin-consumer-lag-common';
import type {
  Cluster,
  GroupDetail,
  GroupSummary,
  TopicResponse,
  TopicSummary,
} from '@homelab/plugin-consumer-lag-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { toNumber } from './rows';
import type { ClusterRow, GroupRow, TopicRow } from './rows';

/** A cluster as configured. */
export interface KnownCluster {
  readonly name: string;
  readonly title: string;
  readonly dashboardUrl: string | null;
}

/**
 * What pages show, as the collector stored it: brokers are not asked, however many look.
 * The JSON columns hold what the collector wrote from the types of the common package.
 */
export class LagViews {
  constructor(
    private readonly deps: {
      knex: Knex;
      clusters: readonly KnownCluster[];
      pollIntervalMs: number;
    },
  ) {}

  /** Every configured cluster, in the order of the configuration. */
  async clusters(): Promise<Cluster[]> {
    const { knex, clusters, pollIntervalMs } = this.deps;
    const rows = await knex<ClusterRow>('lag_cluster');
    return clusters.map(({ name, title, dashboardUrl }) => {
      const row = rows.find(({ cluster }) => cluster === name);
      const polledAtMs = toNumber(row?.polled_at_ms ?? null);
      return {
        // One by one: a cluster's configuration holds passwords too.
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

  /** Groups, worst first and then by name, see `rankOfGroup`; of one cluster or of all that are configured. */
  async groups(cluster?: string): Promise<GroupSummary[]> {
    return JSON.parse(await this.groupsJson(cluster));
  }

  /** The same as JSON text: an answer needs no more, and hundreds of groups take a while to parse. */
  async groupsJson(cluster?: string): Promise<string> {
    const rows: Pick<GroupRow, 'summary'>[] = await this.deps
      .knex<GroupRow>('lag_group')
      .whereIn('cluster', this.names(cluster))
      .orderBy([{ column: 'rank' }, { column: 'group_id' }])
      .select('summary');
    return `[${rows.map(({ summary }) => summary).join()}]`;
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

  /** Kafka topics by name. */
  async topics(cluster?: string): Promise<TopicSummary[]> {
    const rows: Pick<TopicRow, 'summary'>[] = await this.deps
      .knex<TopicRow>('lag_topic')
      .whereIn('cluster', this.names(cluster))
      .orderBy('topic')
      .select('summary');
    return rows.map(({ summary }) => JSON.parse(summary));
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
