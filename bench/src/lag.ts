import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { z } from 'zod';
import type { Bench, BenchContext } from './bench-context.ts';
import { percentile } from './figures.ts';
import type { Figure } from './figures.ts';
import { benchKafka, openKafkaAdmin } from './kafka-ends.ts';
import { startLagBackend } from './lag-backend.ts';
import type { LagBackend } from './lag-backend.ts';

const groups = 500;
const partitions = 12;
const records = 12_000;
const topic = 'bench-lag';
const pollSeconds = 5;
/** Pages open in the second half; each polls every 5 seconds, as ours do. */
const browsers = 50;
const browserPollMs = 5_000;
const windowMs = 30_000;
const requestsPerRound = 200;
const atOnce = 4;

/**
 * How fast the overview of 500 groups responds, compared with reading the same rows from the
 * database, and whether brokers get more requests when many pages are open.
 */
export const benchLag: Bench = async context => {
  context.report(`  ${groups} groups on ${partitions} partitions`);
  await makeGroups(context);
  const backend = await startLagBackend(context, { pollSeconds });
  try {
    await untilPolled(backend);
    const alone = await requestsPerMinute(backend, 0);
    context.report(`  ${browsers} browsers open`);
    const watched = await requestsPerMinute(backend, browsers);
    const bytes = {
      overview: Buffer.byteLength(await backend.get('/groups')),
      widget: Buffer.byteLength(await backend.get('/groups/summary')),
    };
    const overview: number[] = [];
    const rows: number[] = [];
    for (let round = 1; round <= context.rounds; round += 1) {
      context.report(`  round ${round} of ${context.rounds}`);
      rows.push(
        await p95(() =>
          backend.pool.query(
            'select summary from "consumer-lag".lag_group order by rank, group_id',
          ),
        ),
      );
      overview.push(await p95(() => backend.get('/groups')));
    }
    return figuresOf({ alone, watched, overview, rows, bytes });
  } finally {
    await backend.stop();
  }
};

function figuresOf(all: {
  alone: number;
  watched: number;
  overview: number[];
  rows: number[];
  bytes: { overview: number; widget: number };
}): Figure[] {
  return [
    { name: 'ceiling: the rows alone, p95', unit: 'ms', rounds: all.rows },
    {
      ...{ name: `overview of ${groups} groups, p95`, unit: 'ms' },
      ...{ rounds: all.overview, goal: { atMost: 200 } },
    },
    {
      ...{ name: 'overview, uncompressed', unit: 'kB' },
      rounds: [all.bytes.overview / 1000],
    },
    {
      ...{ name: 'widget and entity card, uncompressed', unit: 'kB' },
      ...{ rounds: [all.bytes.widget / 1000], goal: { atMost: 10 } },
    },
    {
      ...{ name: 'broker requests a minute, nobody looks', unit: '/min' },
      rounds: [all.alone],
    },
    {
      ...{ name: `the same, ${browsers} browsers open`, unit: '/min' },
      rounds: [all.watched],
    },
    {
      ...{ name: 'one / other', unit: 'x', rounds: [all.watched / all.alone] },
      goal: { atMost: 1.1 },
    },
  ];
}

/** Groups that have committed somewhere between the beginning and the end. */
async function makeGroups({ stack }: BenchContext): Promise<void> {
  const admin = await openKafkaAdmin(stack);
  await admin.createTopics([{ name: topic, partitions }]);
  await admin.stop();
  const producer = benchKafka(stack.ports.kafka).producer();
  await producer.start();
  await producer.send(
    Array.from({ length: records }, (_, index) => ({
      topic,
      key: null,
      value: 'x',
      partition: index % partitions,
    })),
  );
  await producer.stop();
  const kafka = new Kafka({
    brokers: [`127.0.0.1:${stack.ports.kafka}`],
    logLevel: logLevel.NOTHING,
  });
  const setter = kafka.admin();
  await setter.connect();
  const names = Array.from(
    { length: groups },
    (_, index) => `group-${String(index).padStart(3, '0')}`,
  );
  for (let start = 0; start < names.length; start += 10)
    await Promise.all(
      names.slice(start, start + 10).map((groupId, index) =>
        setter.setOffsets({
          groupId,
          topic,
          partitions: Array.from({ length: partitions }, (_, partition) => ({
            partition,
            offset: String((start + index) % (records / partitions)),
          })),
        }),
      ),
    );
  await setter.disconnect();
}

async function untilPolled(backend: LagBackend): Promise<void> {
  const schema = z.object({ groups: z.array(z.unknown()) });
  const deadlineMs = Date.now() + 120_000;
  for (;;) {
    const seen = schema.parse(JSON.parse(await backend.get('/groups')));
    if (seen.groups.length >= groups) return;
    if (Date.now() > deadlineMs)
      throw new Error(
        `Only ${seen.groups.length} groups were seen after 120 s.`,
      );
    await delay(500);
  }
}

/** Requests to brokers while this many browsers are open, by the plugin's own count. */
async function requestsPerMinute(
  backend: LagBackend,
  count: number,
): Promise<number> {
  const stop = new AbortController();
  const looking = Array.from({ length: count }, async (_, index) => {
    await delay((browserPollMs * index) / count);
    while (!stop.signal.aborted) {
      await backend.get('/groups');
      await backend.get(
        `/clusters/bench/groups/group-${String(index).padStart(3, '0')}`,
      );
      await delay(browserPollMs, undefined, { signal: stop.signal }).catch(
        () => {},
      );
    }
  });
  const before = await requestsSent(backend);
  const beganMs = performance.now();
  await delay(windowMs);
  const sent = (await requestsSent(backend)) - before;
  const perMinute = (sent * 60_000) / (performance.now() - beganMs);
  stop.abort();
  await Promise.all(looking);
  return perMinute;
}

async function requestsSent(backend: LagBackend): Promise<number> {
  const metrics = await backend.get('/metrics');
  const found = /^kafka_consumer_lag_requests_total\{.*\} (\d+)$/m.exec(
    metrics,
  );
  return Number(found?.[1]);
}

/** The 95th percentile of the calls' duration, with a few in parallel. */
async function p95(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let index = 0; index < requestsPerRound / atOnce; index += 1) {
        const beganMs = performance.now();
        await call();
        times.push(performance.now() - beganMs);
      }
    }),
  );
  return percentile(times, 0.95);
}
