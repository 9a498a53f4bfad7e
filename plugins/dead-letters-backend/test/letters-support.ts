import { join } from 'node:path';
import type { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { OutgoingRecord, ReadRecord } from '@homelab/kafka';
import { redriveSchema } from '@homelab/plugin-dead-letters-common';
import type { Redrive } from '@homelab/plugin-dead-letters-common';
import { pluginDatabases, startPlugin } from '@homelab/portal-node/testing';
import type { Answer, TestPlugin } from '@homelab/portal-node/testing';
import {
  createTestKafka,
  createTestTopics,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import type { Knex } from 'knex';
import plugin from '../src';

/** How long to wait for real servers on a busy machine. */
export const patience = { timeoutMs: 30_000, intervalMs: 50 };
export const clusterName = 'test';

/** The databases that Backstage supports, with the plugin's tables. */
export const databases = pluginDatabases(
  join(import.meta.dirname, '../migrations'),
);
export const createPluginDatabase = databases[0][1];

export const enabled = {
  peek: { enabled: true },
  redrive: { enabled: true, defaultRatePerSecond: 500 },
};

/** The plugin on real servers, and its database. */
export interface TestPortal extends TestPlugin {
  readonly knex: Knex;
}

/** Starts the plugin with a `deadLetters` section. */
export async function startPortal(
  t: TestScope,
  options: {
    config: Partial<LetterTopics['deadLetters']> & {
      createLedger?: boolean;
      actions?: object;
      mask?: object;
      reasons?: object;
      titles?: object;
    };
    /** Of the Kafka cluster; by default that of the tests. */
    brokers?: readonly string[];
    knex?: Knex;
    result?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  },
): Promise<TestPortal> {
  const { brokers = testServers().kafka.brokers } = options;
  const knex = options.knex ?? (await createPluginDatabase(t));
  const portal = await startPlugin(t, {
    plugin,
    pluginId: 'dead-letters',
    config: {
      kafka: {
        clientId: uniqueName('portal'),
        clusters: [{ name: clusterName, brokers }],
      },
      deadLetters: options.config,
    },
    knex,
    result: options.result,
  });
  return { ...portal, knex };
}

/** A dead-letter topic, its origin topic, and their configuration. */
export interface LetterTopics {
  readonly dlq: string;
  readonly origin: string;
  readonly ledger: string;
  /** The `deadLetters` section. */
  readonly deadLetters: {
    readonly topics: readonly string[];
    readonly writableTopics: readonly string[];
    readonly ledgerTopic: string;
    readonly transactionalId: string;
    readonly refreshIntervalMs: number;
  };
}

export async function createLetterTopics(
  t: TestScope,
  options: {
    partitions?: number;
    /** Of the dead-letter topic. */
    config?: Readonly<Record<string, string>>;
  } = {},
): Promise<LetterTopics> {
  const { dlq } = await createTestTopics(t, ['dlq'], options);
  const { origin } = await createTestTopics(t, ['origin'], { partitions: 3 });
  const { ledger } = await createTestTopics(t, ['ledger'], {
    config: { 'cleanup.policy': 'compact' },
  });
  return {
    dlq,
    origin,
    ledger,
    deadLetters: {
      topics: [dlq],
      writableTopics: [origin],
      ledgerTopic: ledger,
      transactionalId: uniqueName('redrive'),
      refreshIntervalMs: 1_000,
    },
  };
}

/** A letter as Spring Kafka writes it. */
export function letter(
  { dlq, origin }: Pick<LetterTopics, 'dlq' | 'origin'>,
  index: number,
  change: Partial<OutgoingRecord> = {},
): OutgoingRecord {
  return {
    topic: dlq,
    key: `key-${index}`,
    value: JSON.stringify({ number: index }),
    timestampMs: Date.UTC(2026, 0, 1) + index * 1_000,
    ...change,
    headers: {
      'kafka_dlt-original-topic': origin,
      'kafka_dlt-exception-cause-fqcn': 'IllegalStateException',
      'kafka_dlt-exception-message': 'no such order',
      'kafka_dlt-original-consumer-group': 'billing',
      trace: `trace-${index}`,
      ...change.headers,
    },
  };
}

/** The numbers from 0 to below `count`. */
export const upTo = (count: number) =>
  Array.from({ length: count }, (_, index) => index);

/** All committed records of a topic, once there are at least so many. */
export function recordsOf(topic: string, atLeast = 0): Promise<ReadRecord[]> {
  return eventually(async () => {
    const all: ReadRecord[] = [];
    await createTestKafka().read({
      topics: [topic],
      onRecords: async records => {
        all.push(...records);
        return 'more';
      },
    });
    if (all.length >= atLeast) return all;
    throw new Error(`${all.length} of ${atLeast} records in ${topic}`);
  }, patience);
}

/** The numbers in the values of records, in order. */
export function numbersOf(records: readonly ReadRecord[]): number[] {
  return records
    .map(({ value }): number => JSON.parse(String(value)).number)
    .sort((a, b) => a - b);
}

/** Starts redrives of one topic and waits for them. */
export function createRedriveCalls(portal: TestPortal, topic: string) {
  const base = `/clusters/${clusterName}`;

  async function get(id: string): Promise<Redrive> {
    return redriveSchema.parse(
      (await portal.get(`${base}/redrives/${id}`)).body,
    );
  }

  async function ended(id: string): Promise<Redrive> {
    return eventually(async () => {
      const redrive = await get(id);
      if (redrive.endedAt !== null) return redrive;
      throw new Error(`The redrive is ${redrive.state} with ${redrive.sent}.`);
    }, patience);
  }

  const start = (body: object) =>
    portal.post(`${base}/dead-letters/${topic}/redrives`, body);

  async function dryRun(order: object): Promise<Redrive> {
    const answer = await start({ ...order, dryRun: true });
    return ended(redriveIn(answer).id);
  }

  return {
    get,
    ended,
    start,
    dryRun,
    /** A dry run and then the actual redrive. */
    async begin(order: object): Promise<Redrive> {
      const { id } = await dryRun(order);
      const answer = await start({ ...order, dryRun: false, dryRunId: id });
      return redriveIn(answer);
    },
    cancel: (id: string) => portal.post(`${base}/redrives/${id}/cancel`),
    resume: (id: string) => portal.post(`${base}/redrives/${id}/resume`),
  };
}

/** Parses a redrive from an answer; throws the text of a refusal. */
function redriveIn({ status, text, body }: Answer): Redrive {
  if (status >= 300) throw new Error(`The answer is ${status}: ${text}`);
  return redriveSchema.parse(body);
}
