import { setTimeout as delay } from 'node:timers/promises';
import type { GroupOffset, KafkaAdmin, PartitionOffsets } from '@homelab/kafka';
import type { Logger } from '@homelab/service-kit';
import type { StreamRoute } from './routes.ts';

/**
 * How many records of a Kafka topic a group has not committed. A partition without a
 * commit counts from its oldest record, since that is where the sink begins; a commit
 * older than that counts from there too.
 */
export function lagOf(
  partitions: readonly PartitionOffsets[],
  committed: readonly Pick<GroupOffset, 'partition' | 'offset'>[],
): number {
  let lag = 0n;
  for (const { partition, low, high } of partitions) {
    const offset =
      committed.find(one => one.partition === partition)?.offset ?? low;
    const from = BigInt(offset) > BigInt(low) ? BigInt(offset) : BigInt(low);
    if (BigInt(high) > from) lag += BigInt(high) - from;
  }
  return Number(lag);
}

/**
 * Creates a watch that tells `onLag` the lag of each route's whole group, also while
 * nothing is consumed: that is when it matters.
 */
export function createLagWatch(deps: {
  admin: Pick<KafkaAdmin, 'start' | 'stop' | 'topicOffsets' | 'groupOffsets'>;
  routes: readonly StreamRoute[];
  onLag: (route: StreamRoute, lag: number) => void;
  logger: Logger;
  intervalMs?: number;
}) {
  const { admin, routes, onLag, logger, intervalMs = 10_000 } = deps;
  const stopping = new AbortController();
  let connected = false;
  let loop: Promise<void> | undefined;

  async function readOnce(): Promise<void> {
    if (!connected) {
      await admin.start();
      connected = true;
    }
    for (const route of routes) {
      const offsets = await admin.topicOffsets(route.topic);
      const committed = await admin.groupOffsets(route.group, [route.topic]);
      onLag(route, lagOf(offsets, committed));
    }
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await readOnce();
      } catch (error) {
        // The consumers tell when Kafka is away; the last lag stays until it is back.
        logger.debug(
          { event: 'lag-unknown', err: error },
          'lag could not be read',
        );
      }
      await delay(intervalMs, undefined, { signal: stopping.signal }).catch(
        () => {},
      );
    }
  }

  return {
    start(): void {
      loop ??= watch();
    },
    /** Does not wait for an answer that may never come. */
    async stop(): Promise<void> {
      stopping.abort();
      await admin.stop();
    },
  };
}
