import { join } from 'node:path';
import { expect, test } from 'vitest';
import { groupOf, partitionAt, snapshotAt } from '../src/lag/test-snapshots';
import { LagAlerts } from '../src/services/LagAlerts';
import { createResetStore } from '../src/services/OffsetReset';
import { createCluster, quietLogger } from '@homelab/kafka-clusters/testing';
import { createTestCollector, databases } from './lag-support';

const minuteMs = 60_000;
/** More rows than one statement can insert. */
const groupIds = Array.from({ length: 1_201 }, (_, index) => `group-${index}`);
const beyondNumbers = 2n ** 53n + 1n;

test.for(databases)(
  'polls of many groups are stored, shown, rolled up and tidied in %s',
  async ([, create], t) => {
    const knex = await create(t);
    const watch = createTestCollector({ knex, kafka: createCluster(t) });
    const { collector, history, views } = watch;
    const nowMs = Math.floor(Date.now() / minuteMs) * minuteMs;
    const poll = (atMs: number, some: readonly string[]) =>
      collector.take(
        snapshotAt(
          atMs,
          [partitionAt(beyondNumbers)],
          some.map(groupId =>
            groupOf(
              [
                {
                  topic: 'readings',
                  partition: 0,
                  offset: beyondNumbers - (groupId === 'group-7' ? 3n : 0n),
                },
              ],
              { groupId },
            ),
          ),
        ),
      );
    for (let age = 5; age >= 0; age -= 1)
      await poll(nowMs - age * minuteMs, groupIds);
    const groups = await views.groups();
    expect(groups).toHaveLength(groupIds.length);
    expect(await views.group('test', 'group-7')).toMatchObject({
      lag: '3',
      partitions: [{ end: String(beyondNumbers) }],
    });
    expect((await views.topic('test', 'readings'))?.readers).toHaveLength(
      groupIds.length,
    );
    const short = await views.groupsInShort({
      isMeant: (_, groupId) => groupId.startsWith('group-7'),
      limit: 2,
    });
    const own = groupIds.filter(groupId => groupId.startsWith('group-7'));
    expect(short).toMatchObject({
      lag: '3',
      worst: [{ groupId: 'group-7', status: 'STALL' }, { status: 'OK' }],
    });
    expect(short.counts).toMatchObject({ STALL: 1, OK: own.length - 1 });
    const cut = await views.groupsJson('test', 5);
    expect(cut.total).toBe(groupIds.length);
    expect(JSON.parse(cut.groups)).toHaveLength(5);
    expect(await views.topics('test', 1)).toMatchObject({
      total: 1,
      topics: [{ topic: 'readings' }],
    });

    await history.rollUp(nowMs);
    await history.rollUp(nowMs);
    for (const range of ['1h', '14d'] as const) {
      const { points } = await history.ofGroup({
        cluster: 'test',
        groupId: 'group-7',
        range,
        nowMs,
        pollIntervalMs: 15_000,
      });
      expect(points.length).toBeGreaterThan(0);
      for (const { lag, producedPerSecond } of points) {
        expect(lag).toBe(3);
        expect([0, null]).toContain(producedPerSecond);
      }
    }

    // A new collector knows what was stored.
    const next = createTestCollector({ knex, kafka: createCluster(t) });
    await next.collector.take(
      snapshotAt(nowMs + 1_000, [partitionAt(beyondNumbers)], []),
    );
    expect(await next.views.groups()).toEqual([]);

    await history.tidy(nowMs + 30 * 24 * 60 * minuteMs);
    for (const table of ['lag_raw', 'lag_rollup', 'lag_event', 'lag_series'])
      expect(await knex(table)).toEqual([]);
    // The first poll finds that its series are gone, and the next one recreates them.
    await poll(nowMs + 2 * minuteMs, ['group-7']).catch(() => {});
    await poll(nowMs + 3 * minuteMs, ['group-7']);
    expect(await knex('lag_raw')).toHaveLength(2);
  },
);

test.for(databases)(
  'a new collector knows of the day before, and all of the last hour, in %s',
  async ([, create], t) => {
    const knex = await create(t);
    const before = createTestCollector({ knex, kafka: createCluster(t) });
    const nowMs = Math.floor(Date.now() / (5 * minuteMs)) * 5 * minuteMs;
    const poll = ({ collector }: typeof before, age: number, end: bigint) => {
      const at = { topic: 'readings', partition: 0, offset: 30n };
      return collector.take(
        snapshotAt(nowMs - age * minuteMs, [partitionAt(end)], [groupOf([at])]),
      );
    };
    for (let age = 125; age > 0; age -= 5)
      await poll(before, age, BigInt(130 - age));
    const after = createTestCollector({ knex, kafka: createCluster(t) });
    await poll(after, 0, 130n);
    const group = await after.views.group('test', 'sink');
    expect(group).toMatchObject({
      status: 'STALL',
      timeLag: { kind: 'estimated', ms: 100 * minuteMs },
    });
    // From 55 minutes ago to now.
    expect(group?.spark.lag.filter(lag => lag !== null)).toHaveLength(12);
  },
);

test.for(databases)(
  'a reset is applied by one, and alerts are remembered, in %s',
  async ([, create], t) => {
    const database = await create(t);
    const store = createResetStore({ database, now: Date.now });
    const by = 'user:default/a';
    const id = await store.addPreview({
      cluster: 'test',
      group: 'sink',
      target: { kind: 'earliest' },
      partitions: [
        {
          topic: 'readings',
          partition: 0,
          from: String(beyondNumbers),
          to: '0',
          skipped: '0',
          replayed: String(beyondNumbers),
        },
      ],
      by,
      expiresAtMs: Date.now() + minuteMs,
    });
    expect(await store.beginApply(id, by)).toBe(true);
    expect(await store.beginApply(id, by)).toBe(false);
    await store.endApply(id, null);
    expect(await store.list({ cluster: 'test' })).toMatchObject([
      { state: 'applied', partitions: [{ from: String(beyondNumbers) }] },
    ]);

    const watch = createTestCollector({
      knex: database,
      kafka: createCluster(t),
    });
    const stopped = groupOf([{ topic: 'readings', partition: 0, offset: 0n }]);
    for (let step = 0; step < 6; step += 1)
      await watch.collector.take(
        snapshotAt(step * 1_000, [partitionAt(5n)], [stopped]),
      );
    const group = await watch.views.group('test', 'sink');
    const sent: string[] = [];
    const alerts = new LagAlerts({
      knex: database,
      notifications: {
        send: async ({ payload }) => void sent.push(payload.title),
      },
      hysteresis: { holdPolls: 2, recoverPolls: 2 },
      ownersOf: () => ['group:default/a'],
      logger: quietLogger,
    });
    const owned = { ...group!, ownerRefs: ['group:default/a'] };
    for (let step = 0; step < 4; step += 1)
      await alerts.observe('test', { groups: [owned], isComplete: true });
    expect(sent).toEqual([owned.sentence]);
    const other = { ...owned, groupId: 'other' };
    await alerts.observe('test', { groups: [other], isComplete: false });
    await alerts.observe('test', { groups: [], isComplete: true });
    await alerts.observe('test', { groups: [], isComplete: true });
    expect(sent).toEqual([owned.sentence, 'sink is gone']);
    expect(await database('lag_alert')).toEqual([]);
  },
);

test.for(databases)(
  'the tables can be taken away and made again, in %s',
  async ([, create], t) => {
    const knex = await create(t);
    const directory = join(import.meta.dirname, '../migrations');
    await knex.migrate.rollback({ directory }, true);
    expect(await knex.schema.hasTable('lag_raw')).toBe(false);
    await knex.migrate.latest({ directory });
    expect(await knex.schema.hasTable('lag_raw')).toBe(true);
  },
);

test.for(databases)(
  'after the clock went back groups are judged by what is seen now, in %s',
  async ([, create], t) => {
    const knex = await create(t);
    const [first, second] = [1, 2].map(() =>
      createTestCollector({ knex, kafka: createCluster(t) }),
    );
    const hourMs = 60 * minuteMs;
    const startMs = Date.now();
    const poll = async (
      { collector }: typeof first,
      atMs: number,
      [committed, end]: [bigint, bigint],
      groupId = 'sink',
    ) => {
      const offset = { topic: 'readings', partition: 0, offset: committed };
      await collector.take(
        snapshotAt(
          atMs,
          [partitionAt(end)],
          [groupOf([offset], { groupId, members: [], protocolType: '' })],
        ),
      );
    };
    const status = async () =>
      (await first.views.group('test', 'sink'))?.status;
    await poll(first, startMs + hourMs - 1_000, [1n, 9n], 'gone');
    for (let step = 0; step < 6; step += 1)
      await poll(first, startMs + hourMs + step * 1_000, [1n, 9n]);
    expect(await status()).toBe('STOP');
    // Now it is an hour earlier, and the group reads on.
    for (let step = 0; step < 6; step += 1)
      await poll(first, startMs + step * 1_000, [9n, 9n]);
    expect(await status()).toBe('OK');
    expect((await first.views.groups()).map(({ groupId }) => groupId)).toEqual([
      'sink',
    ]);
    // Another replica sees no polls from the future, and the hour is not counted twice.
    await poll(second, startMs + 6_000, [9n, 9n]);
    expect(await status()).toBe('OK');
    await poll(first, startMs + hourMs + 60_000, [9n, 9n]);
    const [partition] = (await first.views.group('test', 'sink'))!.partitions;
    expect(partition).toMatchObject({ lag: '0', status: 'OK' });
  },
);
