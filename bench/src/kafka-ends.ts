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

/** A client of the stack's Kafka that says nothing but what goes wrong. */
export function benchKafka(port: number) {
  return createKafkaClient({
    brokers: [`127.0.0.1:${port}`],
    clientId: 'homelab-bench',
    logger: createLogger({ component: 'bench', level: 'error' }),
  });
}

/** How many records a Kafka topic was given since its creation. */
export async function recordCount(
  admin: KafkaAdmin,
  topic: string,
): Promise<number> {
  const offsets = await admin.topicOffsets(topic);
  return offsets.reduce((sum, { high }) => sum + Number(high), 0);
}

const pollMs = 10;

/**
 * Resolves once a Kafka topic holds `until` records: when the first beyond `from` was seen
 * and how many there were then, and when the last was. Rejects after `timeoutMs` without progress.
 */
export async function watchRecords(
  admin: KafkaAdmin,
  watched: {
    topic: string;
    from: number;
    until: number;
    timeoutMs?: number;
    /** Called when the first record beyond `from` was seen. */
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
        `The Kafka topic ${topic} holds ${count} records and ${until} are awaited; nothing came for ${timeoutMs / 1_000} s.`,
      );
    }
    await delay(pollMs);
  }
}
