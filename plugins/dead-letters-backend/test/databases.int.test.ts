import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openPostgres,
  openSchema,
  openSqlite,
} from '@homelab/portal-node/testing';
import type { Knex } from 'knex';
import { expect, test } from 'vitest';
import { createRedriveStore } from '../src/services/Redrives';
import { databases } from './letters-support';

test.for(databases)(
  'of redrives the database lets in one at a time, in %s',
  async ([, create], t) => {
    const database = await create(t);
    let nowMs = Date.now();
    const store = createRedriveStore({ database, now: () => nowMs });
    const begin = (dryRun: boolean) =>
      store.begin({
        id: randomUUID(),
        cluster: 'test',
        topic: 'a.dlq',
        dryRunId: null,
        dryRun,
        request: {
          selection: { kind: 'filter', filter: {} },
          limit: null,
          againBefore: null,
        },
        through: [{ partition: 0, offset: '9' }],
        ratePerSecond: 0.5,
        againBeforeMs: null,
        expected: 3,
        by: 'user:default/a',
      });
    const lease = await begin(false);
    expect(lease).toBeDefined();
    expect(await begin(false)).toBeUndefined();
    expect(await begin(true)).toBeDefined();
    expect(await store.dryRuns('test')).toBe(1);
    expect(await store.running('test')).toMatchObject({
      dry_run: false,
      rate_per_second: 0.5,
      expected: 3,
    });
    const progress = { sent: { a: 2 }, redrivenBefore: 1, originUnknown: 0 };
    expect(await store.renew(lease!, progress)).toBe('running');
    // Its process died.
    nowMs += 31_000;
    expect(await store.running('test')).toBeUndefined();
    expect(await begin(false)).toBeDefined();
    const listed = await store.list({ cluster: 'test', limit: 9 });
    expect(listed.map(({ state }) => state)).toEqual([
      'running',
      'interrupted',
    ]);
    await store.forget({ redrives: nowMs + 1, dryRuns: nowMs + 1 });
    expect(await store.list({ cluster: 'test', limit: 9 })).toHaveLength(1);
  },
);

const directory = join(import.meta.dirname, '../migrations');
const oldTable = 'dlq_redrives';

/** A redrive as the consumer lag plugin stored it. */
const olderRedrive = (id: string) => ({
  id,
  cluster: 'test',
  topic: 'a.dlq',
  dry_run: false,
  state: 'complete',
  request: JSON.stringify({
    selection: { kind: 'filter', filter: {} },
    limit: null,
    againBefore: null,
  }),
  through: '[{"partition":0,"offset":"9"}]',
  rate_per_second: 50,
  sent: '{"a":3}',
  redriven_before: 1,
  origin_unknown: 0,
  attempts: '[{"by":"user:default/anna","startedAtMs":1,"endedAtMs":2}]',
  created_at_ms: 1_700_000_000_000,
  updated_at_ms: 1_700_000_001_000,
  ended_at_ms: 1_700_000_001_000,
});

/** The tables of the new plugin, and an older version's, which have the same shape. */
async function makeOlder(older: Knex, ids: readonly string[]): Promise<void> {
  await older.migrate.latest({ directory });
  await older(oldTable).insert(ids.map(olderRedrive));
}

async function expectTakenOver(knex: Knex, ids: readonly string[]) {
  await knex.migrate.latest({ directory });
  const store = createRedriveStore({ database: knex, now: Date.now });
  const listed = await store.list({ cluster: 'test', limit: 99 });
  expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(listed[0]).toMatchObject({
    sent: { a: 3 },
    created_at_ms: 1_700_000_000_000,
    lease_owner: null,
  });
}

const ids = Array.from({ length: 45 }, () => randomUUID());

test('redrives of an older version are copied from its schema in PostgreSQL', async t => {
  const knex = await openPostgres(t);
  const inSchema = async (name: string) => {
    await knex.raw('create schema ??', [name]);
    return openSchema(t, knex, name);
  };
  const older = await inSchema('consumer-lag');
  await makeOlder(older, ids);
  await expectTakenOver(await inSchema('dead-letters'), ids);
  expect(await older(oldTable).select('id')).toHaveLength(ids.length);
});

test('redrives of an older version are copied from its SQLite file', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  t.onTestFinished(() => rm(folder, { recursive: true }));
  const open = (plugin: string) =>
    openSqlite(t, join(folder, `${plugin}.sqlite`));
  await makeOlder(open('consumer-lag'), ids);
  await expectTakenOver(open('dead-letters'), ids);
});

test.for(databases)(
  'without an older version there is nothing to take over, in %s',
  async ([, create], t) => {
    const knex = await create(t);
    expect(await knex(oldTable).select('id')).toEqual([]);
  },
);
