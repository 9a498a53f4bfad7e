import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type {
  KafkaAdmin,
  KafkaClient,
  OutgoingRecord,
  ReadRecord,
  RecordProducer,
} from '@homelab/kafka';
import { deadLetterHeaders, recordHeaders } from '@homelab/telemetry';
import {
  createTestAdmin,
  createTestKafka,
  createTestProducer,
  createTestTopics,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { commonLetterFormat, readLedger, redrive } from '../src/index.ts';
import type {
  Ledger,
  RedriveOptions,
  RedriveOutcome,
  RedrivePlaces,
} from '../src/index.ts';

/** How long to wait for real servers on a busy machine. */
export const patience = { timeoutMs: 30_000 };

/** A dead-letter topic and its redrive places, for one test. */
export interface RedriveFixture {
  readonly kafka: KafkaClient;
  readonly admin: KafkaAdmin;
  readonly producer: RecordProducer;
  /** The dead-letter topic. */
  readonly topic: string;
  /** The Kafka topic that letters of the sink come from. */
  readonly origin: string;
  readonly places: RedrivePlaces;
  /** Where letters that come from MQTT go. */
  readonly ingest: string;
  redrive(options?: Partial<RedriveOptions>): Promise<RedriveOutcome>;
  ledger(): Promise<Ledger>;
  /** Reads a Kafka topic until it holds at least this many committed records. */
  recordsOf(topic: string, atLeast?: number): Promise<ReadRecord[]>;
}

/** Creates a dead-letter topic and the places of its redrives. */
export async function createRedriveFixture(
  t: TestScope,
): Promise<RedriveFixture> {
  const names = await createTestTopics(t, ['dlq']);
  const targets = await createTestTopics(t, ['origin', 'ingest'], {
    partitions: 3,
  });
  const { ledger: ledgerTopic } = await createTestTopics(t, ['ledger'], {
    config: { 'cleanup.policy': 'compact' },
  });
  const kafka = createTestKafka();
  const admin = await createTestAdmin(t);
  const producer = await createTestProducer(t);
  const places: RedrivePlaces = {
    ledgerTopic,
    targetOf: { mqtt: targets.ingest },
    originTopics: [targets.origin],
    transactionalId: uniqueName('redrive'),
  };
  const base = {
    kafka,
    admin,
    places,
    format: commonLetterFormat,
    topic: names.dlq,
    by: 'test',
  };
  return {
    kafka,
    admin,
    producer,
    places,
    topic: names.dlq,
    origin: targets.origin,
    ingest: targets.ingest,
    redrive: options => redrive({ ...base, ...options }),
    ledger: () => readLedger(kafka, ledgerTopic),
    recordsOf: (topic, atLeast = 0) =>
      eventually(async () => {
        const records = await readAll(kafka, topic);
        if (records.length >= atLeast) return records;
        throw new Error(`${records.length} of ${atLeast} records in ${topic}`);
      }, patience),
  };
}

async function readAll(
  kafka: KafkaClient,
  topic: string,
): Promise<ReadRecord[]> {
  const all: ReadRecord[] = [];
  await kafka.read({
    topics: [topic],
    onRecords: async records => {
      all.push(...records);
      return 'more';
    },
  });
  return all;
}

/** A letter as the sink writes it, number `index` of its topic. */
export function sinkLetter(
  { topic, origin }: Pick<RedriveFixture, 'topic' | 'origin'>,
  index: number,
  headers: Record<string, string> = {},
): OutgoingRecord {
  const failedAt = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
  return {
    topic,
    key: `device-${index % 10}`,
    value: JSON.stringify({ number: index }),
    headers: {
      [recordHeaders.mqttTopic]: 'homelab/energy/device',
      [recordHeaders.schemaVersion]: '1',
      [deadLetterHeaders.stage]: 'sink',
      [deadLetterHeaders.code]: 'database_rejected',
      [deadLetterHeaders.message]: 'SQLSTATE 22003',
      [deadLetterHeaders.originTopic]: origin,
      [deadLetterHeaders.originPartition]: '0',
      [deadLetterHeaders.originOffset]: String(index),
      [deadLetterHeaders.lastFailedAt]: failedAt,
      ...headers,
    },
  };
}

/** The numbers that the values of records hold, in order. */
export function numbersOf(records: readonly ReadRecord[]): number[] {
  return records
    .map(({ value }): number => JSON.parse(String(value)).number)
    .toSorted((a, b) => a - b);
}

/** The numbers from 0 to below `count`. */
export const upTo = (count: number) =>
  Array.from({ length: count }, (_, index) => index);

/** A redrive in a process of its own. */
export interface RedriveProcess {
  kill(signal: NodeJS.Signals): void;
  /** Letters that it reported as sent. */
  sent(): number;
  /** Its outcome; undefined when it was killed first. */
  readonly ended: Promise<{ code: number | null; outcome?: RedriveOutcome }>;
}

const main = join(import.meta.dirname, 'redrive-main.ts');

/** Starts a redrive in a process of its own. */
export function startRedrive(
  t: TestScope,
  { topic, places }: Pick<RedriveFixture, 'topic' | 'places'>,
  options: {
    ratePerSecond?: number;
    death?: { transactions: number; intoMs?: number };
  } = {},
): RedriveProcess {
  const { brokers } = testServers().kafka;
  const child = spawn(
    process.execPath,
    [main, JSON.stringify({ brokers, topic, places, ...options })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.onTestFinished(() => void child.kill('SIGKILL'));
  let sent = 0;
  let outcome: RedriveOutcome | undefined;
  createInterface({ input: child.stdout }).on('line', line => {
    if (line === 'sent') sent += 1;
    else outcome = JSON.parse(line);
  });
  return {
    kill: signal => void child.kill(signal),
    sent: () => sent,
    ended: once(child, 'close').then(([code]) => ({ code, outcome })),
  };
}
