import { createTestTopics } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import type { OutgoingRecord } from '../src/index.ts';

/** The name of a new Kafka topic that is deleted when the test ends. */
export async function oneTopic(t: TestScope, partitions = 1): Promise<string> {
  const { topic } = await createTestTopics(t, ['topic'], { partitions });
  return topic;
}

/** Records of one device whose values are the numbers from `from` to `to`. */
export function numbered(
  topic: string,
  from: number,
  to: number,
): OutgoingRecord[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    topic,
    key: 'device',
    value: String(from + index),
  }));
}
