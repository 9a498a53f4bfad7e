import {
  offsetResetSchema,
  offsetResetsResponseSchema,
  resetPreviewSchema,
  undoPreviewSchema,
} from '@homelab/plugin-consumer-lag-common';
import type { ResetTarget } from '@homelab/plugin-consumer-lag-common';
import {
  createTestAdmin,
  createTestKafka,
  createTestProducer,
  createTestTopics,
  eventually,
  uniqueName,
} from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  createCluster,
  forgetGroups,
  joinGroup,
} from '@homelab/kafka-clusters/testing';
import { clusterName, patience, startPortal, upTo } from './reset-support';

const t = { onTestFinished };
const start = Date.UTC(2026, 0, 1);

/** A group that has read the first `read` of 100 records in each of two partitions. */
async function createGroup(read: bigint | null = 40n) {
  const { topic } = await createTestTopics(t, ['topic'], { partitions: 2 });
  const groupId = uniqueName('group');
  await forgetGroups(t, groupId);
  const producer = await createTestProducer(t);
  await producer.send(
    [0, 1].flatMap(partition =>
      upTo(100).map(index => ({
        topic,
        partition,
        key: null,
        value: String(index),
        timestampMs: start + index * 1_000,
      })),
    ),
  );
  const cluster = createCluster(t);
  const setOffsets = (offset: bigint, partitions = [0, 1]) =>
    cluster.commitOffsets(
      groupId,
      partitions.map(partition => ({ topic, partition, offset })),
    );
  if (read !== null) await setOffsets(read);
  const admin = await createTestAdmin(t);
  const offsets = async () =>
    (await admin.groupOffsets(groupId, [topic])).map(({ offset }) => offset);
  const portal = await startPortal(t);
  const base = `/clusters/${clusterName}/groups/${groupId}/offset-resets`;
  const resets = `/clusters/${clusterName}/offset-resets`;
  const preview = async (target: ResetTarget, topics?: object[]) => {
    const answer = await portal.post(`${base}/preview`, { target, topics });
    if (answer.status !== 200) throw new Error(answer.text);
    return resetPreviewSchema.parse(answer.body);
  };
  const apply = (
    { previewToken }: { previewToken: string | null },
    confirmation = groupId,
  ) => portal.post(base, { previewToken, confirmation });
  const undo = (id: string, body: object = {}) =>
    portal.post(`${resets}/${id}/undo`, { confirmation: groupId, ...body });
  const undoPreview = async (id: string) =>
    undoPreviewSchema.parse((await portal.get(`${resets}/${id}/undo`)).body);
  return {
    topic,
    groupId,
    admin,
    producer,
    portal,
    base,
    resets,
    setOffsets,
    offsets,
    preview,
    apply,
    undo,
    undoPreview,
  };
}

test.each<[string, ResetTarget, string, string, string]>([
  ['earliest', { kind: 'earliest' }, '0', '0', '80'],
  ['latest', { kind: 'latest' }, '100', '120', '0'],
  [
    'a time',
    { kind: 'timestamp', at: '2026-01-01T00:00:30Z' },
    '30',
    '0',
    '20',
  ],
  [
    'a time in the future',
    { kind: 'timestamp', at: '2030-01-01T00:00:00Z' },
    '100',
    '120',
    '0',
  ],
  ['an offset', { kind: 'offset', offset: '55' }, '55', '30', '0'],
  [
    'an offset beyond the end',
    { kind: 'offset', offset: '5000' },
    '100',
    '120',
    '0',
  ],
  ['a shift back', { kind: 'shift', by: -15 }, '25', '0', '30'],
  ['a shift beyond the beginning', { kind: 'shift', by: -500 }, '0', '0', '80'],
])(
  'a reset to %s says what it does, does it, and is undone',
  async (_name, target, to, skipped, replayed) => {
    const group = await createGroup();
    const { groupId, topic } = group;
    const preview = await group.preview(target);
    expect(preview).toMatchObject({
      group: groupId,
      state: 'Empty',
      isGroupEmpty: true,
      memberCount: 0,
      skipped,
      replayed,
      problems: [],
      partitions: [
        { topic, partition: 0, low: '0', high: '100', from: '40', to },
        { topic, partition: 1, low: '0', high: '100', from: '40', to },
      ],
    });
    const isBeyond = /beyond/.test(_name);
    expect(preview.partitions.map(({ isClamped }) => isClamped)).toEqual([
      isBeyond,
      isBeyond,
    ]);
    expect(await group.offsets()).toEqual(['40', '40']);

    const applied = await group.apply(preview);
    expect(applied.status).toBe(201);
    const reset = offsetResetSchema.parse(applied.body);
    expect(reset).toMatchObject({
      state: 'applied',
      by: 'user:default/mock',
      skipped,
      replayed,
    });
    expect(await group.offsets()).toEqual([to, to]);

    expect(await group.undoPreview(reset.id)).toMatchObject({
      isGroupEmpty: true,
      moved: [],
      refusal: null,
    });
    const undone = await group.undo(reset.id);
    expect(undone.body).toMatchObject({
      state: 'undone',
      undoneBy: 'user:default/mock',
    });
    expect(await group.offsets()).toEqual(['40', '40']);
    expect((await group.undo(reset.id)).status).toBe(409);

    const list = offsetResetsResponseSchema.parse(
      (await group.portal.get(group.base)).body,
    );
    expect(list.resets).toMatchObject([{ id: reset.id, state: 'undone' }]);
    expect(
      group.portal.audited.map(({ eventId, meta, outcome }) => ({
        eventId,
        meta,
        outcome,
      })),
    ).toEqual([
      {
        eventId: 'offset-reset',
        meta: expect.objectContaining({ queryType: 'preview', group: groupId }),
        outcome: 'success',
      },
      {
        eventId: 'offset-reset',
        meta: expect.objectContaining({ queryType: 'apply' }),
        outcome: 'success',
      },
      {
        eventId: 'offset-reset',
        meta: expect.objectContaining({ queryType: 'undo' }),
        outcome: 'success',
      },
      {
        eventId: 'offset-reset',
        meta: expect.objectContaining({ queryType: 'undo' }),
        outcome: 'fail',
      },
    ]);
  },
);

test('a group with members is refused, with whom to stop', async () => {
  const group = await createGroup();
  const { groupId, topic } = group;
  const early = await group.preview({ kind: 'earliest' });
  const member = await joinGroup(t, { groupId, topics: [topic] });
  const preview = await eventually(async () => {
    const seen = await group.preview({ kind: 'earliest' });
    expect(seen.memberCount).toBe(1);
    return seen;
  }, patience);
  expect(preview.isGroupEmpty).toBe(false);
  for (const one of [early, preview]) {
    const refused = await group.apply(one);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('1 member');
  }
  expect(await group.offsets()).toEqual(['40', '40']);
  await member.leave();
  await eventually(async () => {
    expect((await group.preview({ kind: 'earliest' })).isGroupEmpty).toBe(true);
  }, patience);
  // Nothing was done, so the same preview is still valid.
  expect((await group.apply(early)).status).toBe(201);
  expect(await group.offsets()).toEqual(['0', '0']);
});

test('a reset needs the name of the group and a valid preview of the same user', async () => {
  const group = await createGroup();
  const preview = await group.preview({ kind: 'latest' });
  for (const confirmation of ['', 'yes', `${group.groupId} `])
    expect((await group.apply(preview, confirmation)).status).toBe(400);
  const unknown = '00000000-0000-4000-8000-000000000000';
  expect((await group.apply({ previewToken: unknown })).status).toBe(404);
  await group.portal
    .knex('offset_resets')
    .update({ made_by: 'user:default/other' });
  expect((await group.apply(preview)).status).toBe(404);
  const mine = await group.preview({ kind: 'latest' });
  await group.portal
    .knex('offset_resets')
    .update({ expires_at_ms: Date.now() - 1 });
  const late = await group.apply(mine);
  expect(late.status).toBe(409);
  expect(late.text).toContain('old');
  expect(await group.offsets()).toEqual(['40', '40']);
});

test('a group that moved since its preview is refused', async () => {
  const group = await createGroup();
  const preview = await group.preview({ kind: 'latest' });
  await group.setOffsets(50n, [1]);
  const refused = await group.apply(preview);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('moved in 1 partitions');
  expect(await group.offsets()).toEqual(['40', '50']);
  const again = await group.preview({ kind: 'latest' });
  expect((await group.apply(again)).status).toBe(201);
  expect((await group.apply(again)).status).toBe(409);
});

test('an undo says where the group has read on, and needs confirmation to move it back', async () => {
  const group = await createGroup();
  const { groupId, topic } = group;
  const applied = await group.apply(await group.preview({ kind: 'earliest' }));
  const { id } = offsetResetSchema.parse(applied.body);
  const consumer = createTestKafka().consumer({
    groupId,
    fromBeginning: true,
    maxWaitMs: 100,
  });
  onTestFinished(() => consumer.stop());
  await consumer.start({
    topics: [topic],
    onBatch: async batch => {
      if (batch.partition === 1) await batch.commit('9');
    },
  });
  await eventually(
    async () => expect(await group.offsets()).toEqual(['0', '10']),
    patience,
  );
  const busy = await group.undoPreview(id);
  expect(busy.isGroupEmpty).toBe(false);
  expect(busy.refusal).toContain('stop all its consumers');
  expect((await group.undo(id, { evenIfMoved: true })).status).toBe(409);
  await consumer.stop();
  await eventually(async () => {
    expect(await group.undoPreview(id)).toMatchObject({
      refusal: null,
      moved: [{ topic, partition: 1, to: '0', current: '10' }],
    });
  }, patience);
  expect((await group.undo(id)).status).toBe(409);
  expect((await group.undo(id, { confirmation: 'no' })).status).toBe(400);
  expect((await group.undo(id, { evenIfMoved: true })).status).toBe(200);
  expect(await group.offsets()).toEqual(['40', '40']);
});

test('single partitions can be selected, with the problems of the others', async () => {
  const group = await createGroup(null);
  await group.setOffsets(40n, [0]);
  const { topic } = group;
  const preview = await group.preview({ kind: 'shift', by: 5 }, [
    { topic, partitions: [1, 0, 7] },
    { topic: 'missing-topic' },
  ]);
  expect(preview.partitions).toMatchObject([
    { partition: 0, from: '40', to: '45', skipped: '5' },
  ]);
  expect(preview.problems).toMatchObject([
    { topic, partition: 1, code: 'NOT_COMMITTED' },
    { topic, partition: 7, code: 'UNKNOWN_TOPIC_OR_PARTITION' },
    { topic: 'missing-topic', partition: null },
  ]);
  const fresh = await group.preview({ kind: 'latest' });
  expect(fresh.partitions).toMatchObject([
    { from: '40', to: '100', skipped: '60' },
    { from: null, to: '100', skipped: '0', replayed: '0' },
  ]);
  // Committed manually, as a group that never has members.
  expect(fresh.warnings.join(' ')).toMatch(/no offset yet/);
  const applied = await group.apply(fresh);
  const { id } = offsetResetSchema.parse(applied.body);
  expect(await group.undoPreview(id)).toMatchObject({
    notRestorable: [{ topic, partition: 1 }],
  });
  expect((await group.undo(id)).status).toBe(200);
  expect(await group.offsets()).toEqual(['40', '100']);
});

test('deleted records are neither skipped nor returned to', async () => {
  const group = await createGroup(10n);
  const { topic, admin } = group;
  const applied = await group.apply(
    await group.preview({ kind: 'offset', offset: '50' }),
  );
  const { id } = offsetResetSchema.parse(applied.body);
  await admin.deleteRecords(topic, [{ partition: 0, offset: '20' }]);
  expect((await group.undo(id)).status).toBe(200);
  expect(await group.offsets()).toEqual(['20', '10']);
  await admin.deleteRecords(topic, [{ partition: 1, offset: '30' }]);
  const preview = await group.preview({ kind: 'latest' });
  expect(preview.partitions).toMatchObject([
    { from: '20', skipped: '80' },
    { from: '10', skipped: '70' },
  ]);
});

test('without a change there is no token, and an unknown group is not found', async () => {
  const group = await createGroup(0n);
  expect(await group.preview({ kind: 'earliest' })).toMatchObject({
    previewToken: null,
    expiresAt: null,
  });
  const { status } = await group.portal.post(
    `/clusters/${clusterName}/groups/nobody/offset-resets/preview`,
    { target: { kind: 'earliest' } },
  );
  expect(status).toBe(404);
  for (const target of [
    { kind: 'shift', by: 0 },
    { kind: 'sideways' },
    { kind: 'offset', offset: '-1' },
  ])
    expect(
      (await group.portal.post(`${group.base}/preview`, { target })).status,
    ).toBe(400);
});
