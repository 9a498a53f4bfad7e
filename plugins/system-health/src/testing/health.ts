import type { TargetHealth } from '@homelab/plugin-system-health-common';
import type { SystemHealth } from '../api';

/** The backend's clock in tests, in milliseconds since the epoch. */
export const nowMs = Date.parse('2026-01-12T06:31:00.000Z');

/** A target that is well, with what a test wants to be different. */
export function createTarget(
  overrides: Partial<TargetHealth> = {},
): TargetHealth {
  return {
    name: 'sink',
    title: 'Timescale sink',
    entityRef: 'component:default/timescale-sink',
    state: 'ok',
    since: '2026-01-12T06:19:00.000Z',
    checkedAt: '2026-01-12T06:30:58.000Z',
    latencyMs: 3,
    detail: null,
    dependencies: [],
    intervalMs: 5000,
    ...overrides,
  };
}

/** Health as a view gets it, with what a test wants to be different. */
export function createHealth(
  overrides: Partial<SystemHealth> = {},
): SystemHealth {
  return { stale: false, nowMs, refresh: () => {}, ...overrides };
}
