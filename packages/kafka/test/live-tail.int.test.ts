import {
  createTestKafka,
  createTestProducer,
  createTestTopics,
  eventually,
  uniqueName,
} from '@homelab/test-kit';
import { expect, test } from 'vitest';

const keys = Array.from({ length: 30 }, (_, index) => `key-${index}`);

// A broker announces new topics slightly before it serves them: the first reads fail.
test.for([1, 2, 3])(
  'a live tail on topics just created misses nothing after its start (round %i)',
  async (_round, t) => {
    const topics = Object.values(
      await createTestTopics(t, ['one', 'two', 'three'], {
        partitions: 6,
      }),
    );
    const producer = await createTestProducer(t);
    const tail = createTestKafka().consumer({
      groupId: uniqueName('tail'),
      fromBeginning: false,
      maxWaitMs: 100,
    });
    t.onTestFinished(() => tail.stop());
    let heard = 0;
    await tail.start({
      topics,
      onBatch: async ({ records }) => {
        heard += records.length;
      },
    });

    await producer.send(
      topics.flatMap(topic => keys.map(key => ({ topic, key, value: 'v' }))),
    );

    await eventually(() => expect(heard).toBe(topics.length * keys.length));
  },
);
