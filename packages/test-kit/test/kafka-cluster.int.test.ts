import { Admin } from '@platformatic/kafka';
import { expect, test } from 'vitest';
import { startKafkaCluster, uniqueName } from '../src/index.ts';

test('a broker of a cluster is killed and comes back with its data', async t => {
  const { addresses, brokers } = await startKafkaCluster(t);
  const admin = new Admin({
    clientId: uniqueName('test'),
    bootstrapBrokers: [...addresses],
  });
  t.onTestFinished(() => admin.close());
  const topic = uniqueName('kept');
  await admin.createTopics({
    topics: [topic],
    assignments: [{ partition: 0, brokers: [2] }],
  });
  const leader = async () => {
    admin.clearMetadata();
    const { topics, brokers: known } = await admin.metadata({
      topics: [topic],
      forceUpdate: true,
    });
    return {
      leader: topics.get(topic)?.partitions[0]?.leader,
      known: known.size,
    };
  };
  expect(await leader()).toEqual({ leader: 2, known: 2 });

  await brokers[1].kill();
  await expect(leader()).rejects.toThrow();

  await brokers[1].start();
  expect(await leader()).toEqual({ leader: 2, known: 2 });
});
