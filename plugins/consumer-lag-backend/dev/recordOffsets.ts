import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createKafkaClient } from '@homelab/kafka';
import { createKafkaCluster } from '@homelab/kafka-clusters';

/*
 * Records the offsets of a real Kafka while records arrive in bursts and a group reads them
 * steadily, for the test of time lag: `yarn record-offsets 127.0.0.1:9092`. It creates a Kafka
 * topic and deletes it.
 */
const pollIntervalMs = 2_000;
const durationMs = 4 * 60_000;
const topic = `recorded-offsets-${Date.now()}`;
const groupId = `${topic}-group`;
const quiet = () => {};
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** Records per second: a pause, a trickle, a stream, a burst, 20 seconds each. */
function rateAt(elapsedMs: number): number {
  return [0, 1, 10, 60][Math.floor(elapsedMs / 20_000) % 4];
}

async function main(broker: string): Promise<void> {
  const client = createKafkaClient({
    brokers: [broker],
    clientId: 'record-offsets',
    logger,
  });
  const cluster = createKafkaCluster(
    { brokers: [broker], clientId: 'record-offsets', requestTimeoutMs: 5_000 },
    { logger: { ...logger, child: () => logger } as never },
  );
  const admin = client.admin();
  const producer = client.producer();
  await admin.start();
  await admin.createTopics([{ name: topic, partitions: 1 }]);
  await producer.start();
  const begunAtMs = Date.now();
  const recordAtMs: number[] = [];
  const polls: { atMs: number; committed: string; end: string }[] = [];
  let committed = 0n;
  let nextPollMs = 0;
  let debt = 0;
  for (let round = 0; Date.now() - begunAtMs < durationMs; round += 1) {
    await delay(100);
    const elapsedMs = Date.now() - begunAtMs;
    debt += rateAt(elapsedMs) / 10;
    const count = Math.floor(debt);
    debt -= count;
    const timestampMs = Date.now();
    if (count > 0)
      await producer.send(
        Array.from({ length: count }, () => ({
          topic,
          key: null,
          value: 'x',
          timestampMs,
        })),
      );
    for (let index = 0; index < count; index += 1)
      recordAtMs.push(timestampMs - begunAtMs);
    // A little more than the mean rate: it falls behind in a burst, and catches up.
    if (round % 11 === 0) {
      const read = committed + 22n;
      const end = BigInt(recordAtMs.length);
      committed = read < end ? read : end;
      await cluster.commitOffsets(groupId, [
        { topic, partition: 0, offset: committed },
      ]);
    }
    if (elapsedMs < nextPollMs) continue;
    nextPollMs = elapsedMs + pollIntervalMs;
    const snapshot = await cluster.snapshot({
      includeGroup: name => name === groupId,
    });
    const end = snapshot.topics.get(topic)?.partitions[0]?.high;
    const read = snapshot.groups.get(groupId)?.committed[0]?.offset;
    if (
      end === undefined ||
      end === null ||
      read === undefined ||
      read === null
    )
      continue;
    polls.push({
      atMs: snapshot.takenAtMs - begunAtMs,
      committed: String(read),
      end: String(end),
    });
  }
  await producer.stop();
  await admin.deleteGroups([groupId]);
  await admin.deleteTopics([topic]);
  await admin.stop();
  await cluster.close();
  writeFileSync(
    `${__dirname}/../src/lag/recorded-offsets.json`,
    `${JSON.stringify({ pollIntervalMs, recordAtMs, polls })}\n`,
  );
}

main(process.argv[2] ?? '127.0.0.1:9092').catch(error => {
  console.error(error);
  process.exitCode = 1;
});
