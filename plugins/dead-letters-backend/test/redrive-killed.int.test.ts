import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  createTestProducer,
  eventually,
  seededRandom,
  testServers,
} from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { createRedriveStore } from '../src/services/Redrives';
import {
  createLetterTopics,
  createPluginDatabase,
  letter,
  numbersOf,
  patience,
  recordsOf,
  upTo,
} from './letters-support';
import type { LetterTopics } from './letters-support';

const t = { onTestFinished };
const seed = 5;
const count = 1_000;
/** Short, so that a dead process is detected soon. */
const leaseMs = 6_000;
const main = join(import.meta.dirname, 'redrive-main.ts');
const nodeOptions = [
  // The plugin's sources are more than JavaScript with types.
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  '--import',
  join(import.meta.dirname, 'resolve-sources.ts'),
];

/** Runs redrives in separate processes on one database. */
async function createProcesses(topics: LetterTopics) {
  const knex = await createPluginDatabase(t);
  const { host, port, user, database } = await connectionOf(knex);
  const base = {
    brokers: testServers().kafka.brokers,
    connection: {
      host,
      port,
      user,
      database,
      password: testServers().postgres.passwords.homelab_owner,
    },
    leaseMs,
    dlq: topics.dlq,
    places: {
      ledgerTopic: topics.ledger,
      targetOf: {},
      originTopics: [topics.origin],
      transactionalId: topics.deadLetters.transactionalId,
    },
  };
  const store = createRedriveStore({ database: knex, now: Date.now, leaseMs });

  /** Starts a process and returns the lines it prints. */
  function run(order: object | string) {
    const child = spawn(
      process.execPath,
      [...[...nodeOptions, main], JSON.stringify({ ...base, order })],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', line => {
      lines.push(line);
    });
    const closed = once(child, 'close');
    return {
      said: (number: number) =>
        eventually(() => {
          const line = lines[number];
          if (line === undefined) throw new Error('It has not said it yet.');
          return line;
        }, patience),
      async kill() {
        child.kill('SIGKILL');
        await closed;
      },
      closed,
    };
  }

  return { store, run };
}

/** The connection settings of a knex pool. */
async function connectionOf(
  knex: Awaited<ReturnType<typeof createPluginDatabase>>,
) {
  const { connectionParameters } = await knex.client.acquireRawConnection();
  return connectionParameters;
}

test(`killed at any moment (seed ${seed}) and run again by new processes, a redrive of 1,000 letters sends each one once`, async () => {
  const topics = await createLetterTopics(t);
  const producer = await createTestProducer(t);
  await producer.send(upTo(count).map(index => letter(topics, index)));
  const { store, run } = await createProcesses(topics);
  const random = seededRandom(seed);
  const selection = { kind: 'filter', filter: {} };

  const dryRun = run({ selection, dryRun: true });
  const dryRunId = await dryRun.said(0);
  await eventually(async () => {
    expect(await store.find(dryRunId)).toMatchObject({
      state: 'complete',
      sent: { [topics.origin]: count },
    });
  }, patience);
  await dryRun.kill();
  expect(await recordsOf(topics.origin)).toEqual([]);

  const sentOf = async (id: string) => {
    const { sent = {} } = (await store.find(id)) ?? {};
    return sent[topics.origin] ?? 0;
  };
  let process = run({ selection, dryRun: false, dryRunId, ratePerSecond: 60 });
  const id = await process.said(0);
  for (let kills = 1; kills <= 3; kills += 1) {
    const least = 150 * kills + random.integer(0, 99);
    await eventually(async () => {
      const { state, failure } = (await store.find(id)) ?? {};
      expect({ state, failure }).toEqual({ state: 'running', failure: null });
      expect(await sentOf(id)).toBeGreaterThanOrEqual(least);
    }, patience);
    await process.kill();
    // Its lease has not expired yet: no other process starts.
    const dead = await store.find(id);
    if (dead === undefined) throw new Error('The redrive is gone.');
    expect(await store.resume(dead, 'user:default/hasty')).toBeUndefined();
    await eventually(() => {
      expect(Date.now()).toBeGreaterThan(dead.lease_until_ms ?? Infinity);
    }, patience);
    process = run(id);
    expect(await process.said(0)).toBe(id);
  }
  expect(await process.said(1)).toBe('complete');
  expect(await store.find(id)).toMatchObject({
    state: 'complete',
    sent: { [topics.origin]: count },
    redriven_before: 0,
    attempts: [
      { by: 'user:default/starter' },
      { by: 'user:default/resumer' },
      { by: 'user:default/resumer' },
      { by: 'user:default/resumer' },
    ],
  });
  expect(numbersOf(await recordsOf(topics.origin, count))).toEqual(upTo(count));
}, 180_000);

test('of redrives that start at once the database admits one', async () => {
  const knex = await createPluginDatabase(t);
  let nowMs = 1_000_000;
  const store = createRedriveStore({
    database: knex,
    now: () => nowMs,
    leaseMs,
  });
  const begin = (index: number) =>
    store.begin({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      cluster: 'test',
      topic: 'dlq',
      dryRun: false,
      dryRunId: null,
      request: {
        selection: { kind: 'filter', filter: {} },
        limit: null,
        againBefore: null,
      },
      through: [],
      ratePerSecond: 1,
      againBeforeMs: null,
      expected: null,
      by: 'somebody',
    });
  const leases = await Promise.all(upTo(10).map(begin));
  const [lease] = leases.filter(one => one !== undefined);
  expect(leases.filter(one => one !== undefined)).toHaveLength(1);
  const progress = { sent: { a: 1 }, redrivenBefore: 0, originUnknown: 0 };
  nowMs += leaseMs;
  expect(await store.renew(lease, progress)).toBe('running');
  nowMs += leaseMs + 1;
  // Taken over: a process that did not renew has lost its lease.
  expect(await begin(11)).toBeDefined();
  expect(await store.renew(lease, progress)).toBeUndefined();
  await store.end(lease, { ...progress, state: 'complete', failure: null });
  expect(await store.find(lease.redriveId)).toMatchObject({
    state: 'interrupted',
    sent: { a: 1 },
  });
});
