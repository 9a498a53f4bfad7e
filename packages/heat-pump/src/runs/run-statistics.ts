import type { Window } from '../figures/performance.ts';
import { median } from '../time/median.ts';
import { dayMs, minuteMs } from '../time/units.ts';
import type { Run } from './step-runs.ts';

/** A run for the house that ends sooner costs more than it gives. */
export const shortRunMs = 10 * minuteMs;

/** How a compressor ran over a window. */
export interface RunStatistics {
  runs: number;
  runsPerDay: number;
  /** Of the runs seen from start to end; `null` without any. */
  medianMs: number | null;
  shortestMs: number | null;
  /** Share of these that were short, 0 to 1: 0 is good. */
  shortCycleScore: number | null;
}

/** A run seen from start to end, neither for hot water nor with a defrost, under 10 minutes. */
export function isShortRun(run: Run): boolean {
  const isWhole = !run.openStart && !run.openEnd;
  const isForHouse = run.sums.hotWaterMs === 0 && run.defrosts === 0;
  return isWhole && isForHouse && run.toMs - run.fromMs < shortRunMs;
}

/** The runs of a compressor in a window; runs of other kinds are ignored. */
export function runStatistics(
  runs: readonly Run[],
  window: Window,
): RunStatistics {
  const compressorRuns = runs.filter(({ kind }) => kind === 'compressor');
  const whole = compressorRuns.filter(run => !run.openStart && !run.openEnd);
  const lengthsMs = whole.map(run => run.toMs - run.fromMs);
  const short = compressorRuns.filter(isShortRun).length;
  return {
    runs: compressorRuns.length,
    runsPerDay: (compressorRuns.length * dayMs) / (window.toMs - window.fromMs),
    medianMs: median(lengthsMs) ?? null,
    shortestMs: whole.length === 0 ? null : Math.min(...lengthsMs),
    shortCycleScore: whole.length === 0 ? null : short / whole.length,
  };
}
