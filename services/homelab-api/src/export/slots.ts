import { ProblemError } from '../http/problems.ts';
import type { ApiMetrics } from '../metrics.ts';

/** Places for exports that run at the same time. */
export interface ExportSlots {
  /** Takes one and returns how to give it back. Throws `exports_busy` when none is free. */
  take(): () => void;
}

/** Creates so many places. */
export function createExportSlots(deps: {
  max: number;
  metrics: ApiMetrics;
}): ExportSlots {
  const { max, metrics } = deps;
  let running = 0;
  return {
    take() {
      if (running >= max) {
        metrics.refused.inc({ reason: 'busy' });
        throw new ProblemError(
          'exports_busy',
          `${max} exports are running. Try again when one has ended.`,
          { retryAfterSeconds: 30 },
        );
      }
      running += 1;
      metrics.exports.set(running);
      return () => {
        running -= 1;
        metrics.exports.set(running);
      };
    },
  };
}
