import { join } from 'node:path';
import { createTestDatabase } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import knexFactory from 'knex';
import type { Knex } from 'knex';
import { createDeadLetterTopics } from '../src/lag/deadLetterTopics';
import { LagMemory } from '../src/lag/LagMemory';
import type { KafkaCluster } from '@homelab/kafka-clusters';
import { LagCollector } from '../src/services/LagCollector';
import { LagHistory, LagStore, LagViews } from '../src/services/LagStore';
import { quietLogger } from '@homelab/kafka-clusters/testing';

/** A database with the tables of the plugin, dropped when the test ends. */
export async function createPluginDatabase(t: TestScope): Promise<Knex> {
  const database = await createTestDatabase(t, { migrated: false });
  const knex = knexFactory({
    client: 'pg',
    connection: database.connection('homelab_owner'),
    pool: { min: 0, max: 4 },
  });
  t.onTestFinished(() => knex.destroy());
  await knex.migrate.latest({
    directory: join(import.meta.dirname, '../migrations'),
  });
  return knex;
}

/** What a test sees of a collector. */
export interface TestCollector {
  readonly collector: LagCollector;
  readonly views: LagViews;
  readonly history: LagHistory;
  /** Polls some times, as fast as it goes. */
  poll(times?: number): Promise<void>;
}

/** A collector with a memory of its own, as after a start of the backend. */
export function createTestCollector(options: {
  knex: Knex;
  kafka: KafkaCluster;
  groupIds?: readonly string[];
  /** Entities of the catalog that name every group. */
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
