import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kafkaTopics, sinkGroups, streams } from '@homelab/telemetry';
import { createTestKafka } from '@homelab/test-kit';
import type { LedgerEntry } from './ledger.ts';
import { logsFolder } from './servers.ts';

const keyOf = (deviceId: unknown, measuredAtMs: number) =>
  `${String(deviceId)} ${measuredAtMs}`;

/**
 * Writes down where in Kafka the lost readings are: where they are, the sink lost them, and
 * otherwise the bridge or its producer did.
 */
export async function traceLost(lost: readonly LedgerEntry[]): Promise<void> {
  const places = await readPlaces();
  const lines = lost.map(({ number, mqttTopic, reading }) => {
    const key = reading && keyOf(reading.deviceId, reading.measuredAtMs);
    const found = (key !== undefined && places.get(key)) || ['not in Kafka'];
    return `${mqttTopic} number ${number}: ${found.join(', ')}`;
  });
  const file = join(logsFolder(), 'lost.txt');
  await writeFile(file, [...lines, ...(await readCommits()), ''].join('\n'));
  process.stderr.write(
    `${lost.length} readings are lost; ${file} says where they are in Kafka. The first: ${lines[0]}\n`,
  );
}

/** The places of every record, by the reading it holds. */
async function readPlaces(): Promise<ReadonlyMap<string, readonly string[]>> {
  const places = new Map<string, string[]>();
  await createTestKafka().read({
    topics: streams.map(stream => kafkaTopics[stream]),
    async onRecords(records) {
      for (const { topic, partition, offset, value } of records) {
        const reading: Record<string, unknown> = JSON.parse(String(value));
        const { device_id: deviceId, timestamp } = reading;
        const key = keyOf(deviceId, Date.parse(String(timestamp)));
        const place = `${topic}/${partition} offset ${offset}`;
        places.set(key, [...(places.get(key) ?? []), place]);
      }
      return 'more';
    },
  });
  return places;
}

async function readCommits(): Promise<readonly string[]> {
  const admin = createTestKafka().admin();
  await admin.start();
  try {
    const lines: string[] = [];
    for (const stream of streams) {
      const [topic, group] = [kafkaTopics[stream], sinkGroups[stream]];
      for (const { partition, offset } of await admin.groupOffsets(group, [
        topic,
      ]))
        lines.push(`${topic}/${partition} committed up to ${offset}`);
    }
    return lines;
  } finally {
    await admin.stop();
  }
}
