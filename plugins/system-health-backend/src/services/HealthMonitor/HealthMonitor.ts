import type { TargetHealth } from '@homelab/plugin-system-health-common';
import type { Target } from '../../config';
import type { ProbeTarget } from './probe';

/** Keeps the last known health of every target. */
export interface HealthMonitor {
  /** Probes one target and stores the result. Never rejects. */
  check(target: Target, signal?: AbortSignal): Promise<void>;
  /** The health of every target, in configured order. */
  snapshot(): TargetHealth[];
}

function unprobed(target: Target): TargetHealth {
  return {
    name: target.name,
    title: target.title,
    ...(target.entityRef && { entityRef: target.entityRef }),
    state: 'unknown',
    since: null,
    checkedAt: null,
    latencyMs: null,
    detail: null,
    dependencies: [],
    intervalMs: target.intervalMs,
  };
}

/**
 * Creates an in-memory monitor: it knows only what this process has seen, so `since` starts over
 * with the process.
 *
 * @param deps.now the clock
 */
export function createHealthMonitor(deps: {
  targets: readonly Target[];
  probe: ProbeTarget;
  now: () => Date;
}): HealthMonitor {
  const { targets, probe, now } = deps;
  const last = new Map(targets.map(target => [target.name, unprobed(target)]));

  return {
    async check(target, signal) {
      const deadline = AbortSignal.timeout(target.timeoutMs);
      const startedAt = now();
      const result = await probe(
        target.probe,
        signal ? AbortSignal.any([signal, deadline]) : deadline,
      );
      // A probe aborted by shutdown says nothing about its target.
      if (signal?.aborted) return;
      const checkedAt = now();
      const before = last.get(target.name) ?? unprobed(target);
      last.set(target.name, {
        ...before,
        state: result.state,
        since:
          before.state === result.state
            ? before.since
            : checkedAt.toISOString(),
        checkedAt: checkedAt.toISOString(),
        latencyMs: result.answered
          ? Math.max(0, checkedAt.getTime() - startedAt.getTime())
          : null,
        detail: result.detail,
        dependencies: result.dependencies,
      });
    },
    snapshot: () => [...last.values()],
  };
}
