import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { GroupRefs } from './services/Catalog';
import { shortestTimeoutMs } from './services/LagCollector';
import type { LagCollector } from './services/LagCollector';
import type { LagHistory } from './services/LagStore';

/** The recurring work of the plugin. */
export interface ScheduledWork {
  /** By cluster name. */
  readonly collectors: ReadonlyMap<string, LagCollector>;
  readonly refs: GroupRefs;
  readonly history: LagHistory;
  readonly pollIntervalMs: number;
  readonly now: () => number;
}

/** Schedules polls and clean-up, each on one replica of the backend at a time. */
export async function scheduleWork(
  scheduler: SchedulerService,
  work: ScheduledWork,
): Promise<void> {
  const { collectors, refs, history, pollIntervalMs, now } = work;
  await scheduler.scheduleTask({
    id: 'read-catalog',
    // Each replica needs the owners for its polls.
    scope: 'local',
    frequency: { minutes: 1 },
    timeout: { seconds: 30 },
    fn: () => refs.refresh(),
  });
  for (const [name, collector] of collectors)
    await scheduler.scheduleTask({
      id: `poll-${name}`,
      scope: 'global',
      frequency: { milliseconds: pollIntervalMs },
      timeout: {
        milliseconds: Math.max(2 * pollIntervalMs, shortestTimeoutMs),
      },
      fn: signal => collector.poll(signal),
    });
  await scheduler.scheduleTask({
    id: 'roll-up',
    scope: 'global',
    frequency: { minutes: 5 },
    timeout: { minutes: 4 },
    fn: async () => {
      await history.rollUp(now());
      await history.tidy(now());
    },
  });
}
