import {
  groupResponseSchema,
  groupsResponseSchema,
  historyResponseSchema,
} from '@homelab/plugin-consumer-lag-common';
import { createTestTopics, eventually, uniqueName } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import {
  createCluster,
  createProducer,
  forgetGroups,
  sendValues,
} from '@homelab/kafka-clusters/testing';
import { startPlugin } from './plugin-support';

test('a group is found by its name, whatever characters it has', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  await sendValues(createProducer(t), topic, ['a', 'b']);
  const own = uniqueName('odd');
  const kafka = createCluster(t);
  const names = [
    '/a//b',
    'a b*c',
    '100%2F',
    '..',
    'ü 漢字 \'"\\',
    'x\n<b>',
    '?#&=+;,',
    '🙂',
  ].map(name => `${own}${name}`);
  const unwatchable = ['', `${own}\0`, `${own}${'x'.repeat(300)}`];
  await forgetGroups(t, ...names, ...unwatchable);
  for (const groupId of [...names, ...unwatchable])
    await eventually(() =>
      kafka.commitOffsets(groupId, [{ topic, partition: 0, offset: 1n }]),
    );
  const { get, poll } = await startPlugin(t, { topic });
  await poll(2);

  const { clusters, groups } = groupsResponseSchema.parse(
    (await get('/groups').expect(200)).body,
  );
  expect(clusters[0].problem).toBeNull();
  expect(
    groups
      .map(({ groupId }) => groupId)
      .filter(groupId => groupId.startsWith(own) || groupId === '')
      .toSorted(),
  ).toEqual(names.toSorted());
  for (const groupId of names) {
    const path = `/clusters/home/groups/${encodeURIComponent(groupId)}`;
    const { body } = await get(path).expect(200);
    expect(groupResponseSchema.parse(body).group).toMatchObject({
      groupId,
      lag: '1',
    });
    const history = await get(`${path}/history`).expect(200);
    expect(historyResponseSchema.parse(history.body).points).not.toEqual([]);
  }
  const metrics = await get('/metrics').expect(200);
  expect(metrics.text).toContain(`group="${own}x\\n<b>"`);
  await get('/clusters/home/groups/%E0%A4%A').expect(400);
});
