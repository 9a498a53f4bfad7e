import { createTestTopics, eventually, uniqueName } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import {
  committedIn,
  createCluster,
  forgetGroups,
  joinGroup,
  only,
} from './kafka-support';

test('an empty group accepts offsets, one with a member refuses them', async t => {
  const { topic } = await createTestTopics(t, ['topic'], { partitions: 2 });
  const groupId = uniqueName('moved');
  await forgetGroups(t, groupId);
  const cluster = createCluster(t);
  const { leave } = await joinGroup(t, { groupId, topics: [topic] });
  const commit = (offset: bigint) =>
    cluster.commitOffsets(groupId, [
      { topic, partition: 0, offset },
      { topic, partition: 1, offset: offset + 1n },
    ]);

  await expect(commit(4n)).rejects.toMatchObject({
    name: 'KafkaClusterError',
    code: 'UNKNOWN_MEMBER_ID',
    retryable: false,
    message: `The consumer group ${groupId} has members: stop all its consumers, then commit again.`,
  });
  const { groups } = await cluster.snapshot(only(groupId));
  expect(committedIn(groups.get(groupId))).toEqual({
    [`${topic}/0`]: null,
    [`${topic}/1`]: null,
  });

  await leave();
  await eventually(() => commit(4n));
  const after = await cluster.snapshot(only(groupId));
  expect(committedIn(after.groups.get(groupId))).toEqual({
    [`${topic}/0`]: 4n,
    [`${topic}/1`]: 5n,
  });
});

test('a partition that does not exist is named', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const groupId = uniqueName('beyond');
  await forgetGroups(t, groupId);
  const cluster = createCluster(t);
  await expect(
    cluster.commitOffsets(groupId, [
      { topic, partition: 0, offset: 1n },
      { topic, partition: 9, offset: 1n },
    ]),
  ).rejects.toMatchObject({
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
    message: `Partition 9 of the Kafka topic ${topic} does not exist. Of 2 offsets 1 were not committed.`,
  });
});
