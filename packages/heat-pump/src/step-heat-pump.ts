import type { HeatpumpStatus } from '@homelab/telemetry';
import { maxPowerGapMs } from './energy/power-energy.ts';
import type { EventKind, HeatPumpEvent } from './events/heat-pump-event.ts';
import { initialCycles, stepCycles } from './events/short-cycling.ts';
import type { CycleState } from './events/short-cycling.ts';
import { stepWarnings } from './events/warnings.ts';
import type { WarningState } from './events/warnings.ts';
import { sumsBetween } from './figures/reading-sums.ts';
import type { Moment, SumOptions } from './figures/reading-sums.ts';
import { noSums } from './figures/sums.ts';
import type { HeatPumpSums } from './figures/sums.ts';
import { alarmNames } from './house/heat.ts';
import { initialConditions, stepConditions } from './runs/conditions.ts';
import type { ConditionState } from './runs/conditions.ts';
import { initialLegionella, stepLegionella } from './runs/legionella.ts';
import type { LegionellaState } from './runs/legionella.ts';
import { isShortRun } from './runs/run-statistics.ts';
import { noRuns, stepRuns, unfinishedRuns } from './runs/step-runs.ts';
import type { OpenRuns, Run, RunKind } from './runs/step-runs.ts';

/** What is remembered of a heat pump between readings; its size is bounded. */
export interface HeatPumpLogState {
  before: Moment | null;
  conditions: ConditionState;
  runs: OpenRuns;
  cycles: CycleState;
  warnings: WarningState;
  legionella: LegionellaState;
}

export const initialHeatPump: HeatPumpLogState = {
  before: null,
  conditions: initialConditions,
  runs: noRuns,
  cycles: initialCycles,
  warnings: {},
  legionella: initialLegionella,
};

export interface HeatPumpOptions extends SumOptions {
  /** A longer silence is a gap: nothing is known of it. In milliseconds. */
  maxGapMs: number;
}

export const heatPumpDefaults: HeatPumpOptions = {
  powerShape: 'trapezoid',
  estimate: null,
  maxGapMs: maxPowerGapMs,
};

/** What {@link stepHeatPump} looks at in a reading; all else may be `null`. */
export const followedFields = [
  'mode',
  'alarm_codes',
  'compressor_running',
  'compressor_hz',
  'power_consumption_kw',
  'heat_output_kw',
  'flow_rate_lpm',
  'supply_temp',
  'return_temp',
  'supply_target_temp',
  'outdoor_temp',
  'brine_in_temp',
  'actual_temp',
  'hot_water_temp',
  'hot_water_active',
  'defrost_active',
  'aux_heater_kw',
  'aux_heater_3kw_on',
  'aux_heater_6kw_on',
  'degree_minutes',
] as const satisfies readonly (keyof HeatpumpStatus)[];

/** What a reading adds to what is known. */
export interface HeatPumpStep {
  state: HeatPumpLogState;
  /** What happened since the reading before. */
  sums: HeatPumpSums;
  /** Runs that ended, for the run log. */
  ended: Run[];
  /** Runs that began; `compressor` is a start. */
  started: RunKind[];
  /** For the event log. */
  events: HeatPumpEvent[];
}

/**
 * Takes one reading of a heat pump. Readings no later than the last one change nothing. Fed with
 * the same readings, in one go or over weeks with the state kept as JSON, it gives the same
 * sums, runs and events.
 */
export function stepHeatPump(
  was: HeatPumpLogState,
  status: HeatpumpStatus,
  options: HeatPumpOptions = heatPumpDefaults,
): HeatPumpStep {
  const atMs = Date.parse(status.timestamp);
  const previousMs = was.before?.atMs ?? null;
  if (previousMs !== null && !(atMs > previousMs)) {
    return { state: was, sums: noSums, ended: [], started: [], events: [] };
  }
  const isGap = previousMs !== null && atMs - previousMs > options.maxGapMs;
  const before = isGap ? null : was.before;
  const { state: conditionState, conditions } = stepConditions(
    isGap ? initialConditions : was.conditions,
    status,
    atMs,
  );
  const now: Moment = { atMs, status, conditions };
  const sums = before === null ? noSums : sumsBetween(before, now, options);
  const runs = stepRuns(was.runs, now, { before, since: sums, previousMs });
  const compressorRun = runs.ended.find(({ kind }) => kind === 'compressor');
  const cycles = stepCycles(was.cycles, {
    atMs,
    started: runs.started.includes('compressor'),
    endedShort: compressorRun === undefined ? null : isShortRun(compressorRun),
  });
  const warnings = stepWarnings(isGap ? {} : was.warnings, now);
  const legionella = stepLegionella(was.legionella, {
    atMs,
    tankC: status.hot_water_temp,
    isContinuous: before !== null,
  });
  return {
    state: {
      before: now,
      conditions: conditionState,
      runs: runs.open,
      cycles: cycles.state,
      warnings: warnings.state,
      legionella: legionella.state,
    },
    sums,
    ended: runs.ended,
    started: runs.started,
    events: [
      ...gapEvents(isGap, previousMs),
      ...alarmEvents(was.before, now),
      ...cycles.events,
      ...warnings.events,
      ...legionellaEvents(legionella.succeeded, atMs),
    ],
  };
}

function gapEvents(isGap: boolean, previousMs: number | null): HeatPumpEvent[] {
  if (!isGap || previousMs === null) return [];
  return [{ kind: 'gap', severity: 'info', atMs: previousMs, evidence: null }];
}

function alarmEvents(before: Moment | null, now: Moment): HeatPumpEvent[] {
  const wasAlarmed = before?.conditions.alarm === true;
  if (!now.conditions.alarm || wasAlarmed) return [];
  return [
    {
      kind: 'alarm',
      severity: 'critical',
      atMs: now.atMs,
      evidence: alarmNames(now.status),
    },
  ];
}

function legionellaEvents(succeeded: boolean, atMs: number): HeatPumpEvent[] {
  if (!succeeded) return [];
  return [{ kind: 'legionella', severity: 'info', atMs, evidence: null }];
}

/** What has been warned of and is still the case at the last reading. */
export function activeWarnings({
  before,
  cycles,
  warnings,
}: HeatPumpLogState): ReadonlySet<EventKind> {
  const kinds = Object.entries(warnings)
    .filter(([, warning]) => warning.isTold)
    .map(([kind]) => kind as EventKind);
  if (before?.conditions.alarm === true) kinds.push('alarm');
  if (cycles.told !== 'info') kinds.push('short_cycling');
  return new Set(kinds);
}

/** The runs that have not ended, until the last reading. */
export function openRuns({ before, runs }: HeatPumpLogState): Run[] {
  return before === null ? [] : unfinishedRuns(runs, before);
}
