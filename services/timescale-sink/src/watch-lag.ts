import { setTimeout as delay } from 'node:timers/promises';
import type { GroupOffset, KafkaAdmin, PartitionOffsets } from '@homelab/kafka';
import type { Logger } from '@homelab/service-kit';
import type { StreamRoute } from './routes.ts';

/**
 * The number of records of a Kafka topic that a group has not committed. A partition counts
 * from its oldest record when it has no commit, because the sink begins there, or when the
 * commit is older.
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
 * Creates a watch that reports the lag of each route's whole group to `onLag`, even while
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
        // The consumers report that Kafka is down; the last lag stays until it is back.
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
    /** Does not wait for a response that may never arrive. */
    async stop(): Promise<void> {
      stopping.abort();
      await admin.stop();
    },
  };
}
