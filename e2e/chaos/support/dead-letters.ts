import {
  deadLetterHeaders,
  recordHeaders,
  topicDefinitions,
} from '@homelab/telemetry';
import { createTestKafka, readTopic } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import type { DeadLetter } from './ledger.ts';
import { devicePrefix } from './numbered-readings.ts';

const topics = topicDefinitions.filter(({ kind }) => kind === 'dead-letter');

/** The number of records written to each dead-letter topic so far. */
export type LetterCounts = ReadonlyMap<string, number>;

/** Counts the records of every dead-letter topic; each has one partition. */
export async function countLetters(): Promise<LetterCounts> {
  const admin = createTestKafka().admin();
  await admin.start();
  try {
    const counts = new Map<string, number>();
    for (const { name } of topics) {
      const [partition] = await admin.topicOffsets(name);
      counts.set(name, Number(partition?.high ?? 0));
    }
    return counts;
  } finally {
    await admin.stop();
  }
}

/** The dead letters since `before`, except those of other scenarios. */
export async function readLetters(
  t: TestScope,
  before: LetterCounts,
  scenario: string,
): Promise<DeadLetter[]> {
  const counts = await countLetters();
  const letters: DeadLetter[] = [];
  for (const { name, stream } of topics) {
    const count = counts.get(name) ?? 0;
    const from = before.get(name) ?? 0;
    if (count <= from) continue;
    const records = await readTopic(t, {
      topic: name,
      until: read => read.length >= count,
      timeoutMs: 30_000,
    });
    for (const { offset, value, headers } of records) {
      if (Number(offset) < from) continue;
      const mqttTopic = String(headers[recordHeaders.mqttTopic]);
      if (mqttTopic.includes(devicePrefix) && !mqttTopic.includes(scenario))
        continue;
      letters.push({
        stream,
        stage: String(headers[deadLetterHeaders.stage]),
        code: String(headers[deadLetterHeaders.code]),
        value: value ?? Buffer.alloc(0),
      });
    }
  }
  return letters;
}
