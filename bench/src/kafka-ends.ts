import { setTimeout as delay } from 'node:timers/promises';
import { createKafkaClient } from '@homelab/kafka';
import type { KafkaAdmin } from '@homelab/kafka';
import { createLogger } from '@homelab/service-kit';
import type { StackOptions } from '@homelab/tools';

/** A connected admin of the stack's Kafka; the caller stops it. */
export async function openKafkaAdmin({
  ports,
}: Pick<StackOptions, 'ports'>): Promise<KafkaAdmin> {
  const admin = benchKafka(ports.kafka).admin();
  await admin.start();
  return admin;
}

/** A client of the stack's Kafka that only logs problems. */
export function benchKafka(port: number) {
  return createKafkaClient({
    brokers: [`127.0.0.1:${port}`],
    clientId: 'homelab-bench',
    logger: createLogger({ component: 'bench', level: 'error' }),
  });
}

/** The number of records written to a Kafka topic since its creation. */
export async function recordCount(
  admin: KafkaAdmin,
  topic: string,
): Promise<number> {
  const offsets = await admin.topicOffsets(topic);
  return offsets.reduce((sum, { high }) => sum + Number(high), 0);
}

const pollMs = 10;

/**
 * Resolves once a Kafka topic has `until` records, with the time when the first one after `from`
 * was seen, the count at that time, and the time of the last. Rejects after `timeoutMs` without
 * progress.
 */
export async function watchRecords(
  admin: KafkaAdmin,
  watched: {
    topic: string;
    from: number;
    until: number;
    timeoutMs?: number;
    /** Called when the first record after `from` is seen. */
    onFirst?: () => void;
  },
): Promise<{ firstMs: number; firstCount: number; lastMs: number }> {
  const { topic, from, until, timeoutMs = 60_000 } = watched;
  let first: { firstMs: number; firstCount: number } | undefined;
  let seen = from;
  let changedMs = Date.now();
  for (;;) {
    const count = await recordCount(admin, topic);
    const nowMs = Date.now();
    if (count > seen) {
      seen = count;
      changedMs = nowMs;
      if (first === undefined) watched.onFirst?.();
      first ??= { firstMs: nowMs, firstCount: count };
    }
    if (count >= until && first) return { ...first, lastMs: nowMs };
    if (nowMs - changedMs > timeoutMs) {
      throw new Error(
        `The Kafka topic ${topic} has ${count} of ${until} expected records; none arrived for ${timeoutMs / 1_000} s.`,
      );
    }
    await delay(pollMs);
  }
}
