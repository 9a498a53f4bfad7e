import { hourMs } from '../time/units.ts';
import { severities } from './heat-pump-event.ts';
import type { HeatPumpEvent, Severity } from './heat-pump-event.ts';

/** What is remembered of the last starts and runs. */
export interface CycleState {
  /** Starts within the last hour; never more than are critical. */
  startsMs: readonly number[];
  /** How many runs before now were short, one after the other. */
  shortRuns: number;
  told: Severity;
}

export const initialCycles: CycleState = {
  startsMs: [],
  shortRuns: 0,
  told: 'info',
};

const startsPerHour = { warning: 3, critical: 6 } as const;
const shortRunsInRow = 2;

/**
 * Takes a start, or the end of a run, into the cycles: three starts within an hour or two short
 * runs in a row are a warning, six starts within an hour are critical. Each is told once, until
 * the compressor runs steadily again.
 */
export function stepCycles(
  was: CycleState,
  now: { atMs: number; started: boolean; endedShort: boolean | null },
): { state: CycleState; events: HeatPumpEvent[] } {
  const recent = was.startsMs.filter(atMs => now.atMs - atMs < hourMs);
  const startsMs = (now.started ? [...recent, now.atMs] : recent).slice(
    -startsPerHour.critical,
  );
  const shortRuns = shortRunsAfter(was.shortRuns, now.endedShort);
  const severity = severityOf(startsMs.length, shortRuns);
  const isWorse = severities.indexOf(severity) > severities.indexOf(was.told);
  const told = severity === 'info' || isWorse ? severity : was.told;
  return {
    state: { startsMs, shortRuns, told },
    events: isWorse
      ? [
          {
            kind: 'short_cycling',
            severity,
            atMs: now.atMs,
            evidence: evidenceOf(startsMs.length),
          },
        ]
      : [],
  };
}

function evidenceOf(starts: number): string {
  return starts >= startsPerHour.warning
    ? `${starts} starts within an hour`
    : `${shortRunsInRow} runs in a row under 10 minutes`;
}

function shortRunsAfter(was: number, endedShort: boolean | null): number {
  if (endedShort === null) return was;
  return endedShort ? Math.min(shortRunsInRow, was + 1) : 0;
}

function severityOf(starts: number, shortRuns: number): Severity {
  if (starts >= startsPerHour.critical) return 'critical';
  return starts >= startsPerHour.warning || shortRuns >= shortRunsInRow
    ? 'warning'
    : 'info';
}
