import { join } from 'node:path';
import { createDeadLetterTopics } from '@homelab/plugin-dead-letters-node';
import { pluginDatabases } from '@homelab/portal-node/testing';
import type { Knex } from 'knex';
import { LagMemory } from '../src/lag/LagMemory';
import type { KafkaCluster } from '@homelab/kafka-clusters';
import { LagCollector } from '../src/services/LagCollector';
import { LagHistory, LagStore, LagViews } from '../src/services/LagStore';
import { quietLogger } from '@homelab/kafka-clusters/testing';

/** The databases that Backstage supports, with the plugin's tables. */
export const databases = pluginDatabases(
  join(import.meta.dirname, '../migrations'),
);
export const createPluginDatabase = databases[0][1];

/** A collector under test. */
export interface TestCollector {
  readonly collector: LagCollector;
  readonly views: LagViews;
  readonly history: LagHistory;
  /** Polls a number of times without pauses. */
  poll(times?: number): Promise<void>;
}

/** A collector with an empty memory, as after a start of the backend. */
export function createTestCollector(options: {
  knex: Knex;
  kafka: KafkaCluster;
  groupIds?: readonly string[];
  /** Catalog entities that name every group. */
  entityRefs?: readonly string[];
}): TestCollector {
  const { knex, kafka, groupIds, entityRefs = [] } = options;
  const limits = { minSamples: 5, allowedLag: 0n };
  const collector = new LagCollector({
    cluster: 'test',
    kafka,
    store: new LagStore(knex),
    memory: new LagMemory(limits),
    limits,
    pollIntervalMs: 1_000,
    includeGroup: groupId => groupIds?.includes(groupId) ?? true,
    deadLetters: createDeadLetterTopics({ topics: ['*.dlq'] }),
    refsOf: () => ({ entityRefs, ownerRefs: [] }),
    onPoll: async () => {},
    logger: quietLogger,
    now: Date.now,
  });
  return {
    collector,
    views: new LagViews({
      knex,
      clusters: [{ name: 'test', title: 'Test', dashboardUrl: null }],
      pollIntervalMs: 1_000,
    }),
    history: new LagHistory(knex),
    async poll(times = 1) {
      for (let index = 0; index < times; index += 1) await collector.poll();
    },
  };
}
