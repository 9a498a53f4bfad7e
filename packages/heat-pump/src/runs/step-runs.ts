import { addSums, noSums } from '../figures/sums.ts';
import type { HeatPumpSums } from '../figures/sums.ts';
import type { Moment } from '../figures/reading-sums.ts';
import { alarmNames } from '../house/heat.ts';
import type { Conditions } from './conditions.ts';
import { stepStretch } from './stretch.ts';
import type { Stretch } from './stretch.ts';

/** What can be the case for a time. */
export const runKinds = [
  'alarm',
  'defrost',
  'aux_heater',
  'hot_water',
  'compressor',
] as const;
export type RunKind = (typeof runKinds)[number];

/** How long one of these was the case, such as a run of the compressor, and what it did then. */
export interface Run extends Stretch {
  kind: RunKind;
  /** What the heat pump did during the run. */
  sums: HeatPumpSums;
  /** Defrosts that began during the run. */
  defrosts: number;
  /** Temperature of the hot water tank at the start and at the end, °C. */
  tankStartC: number | null;
  tankEndC: number | null;
  outdoorStartC: number | null;
  /** More words, such as the names of the alarms. */
  label: string | null;
}

/** A run that has not ended. */
export interface OpenRun {
  fromMs: number;
  openStart: boolean;
  sums: HeatPumpSums;
  defrosts: number;
  tankStartC: number | null;
  outdoorStartC: number | null;
  label: string | null;
}

export type OpenRuns = Record<RunKind, OpenRun | null>;

export const noRuns: OpenRuns = {
  alarm: null,
  defrost: null,
  aux_heater: null,
  hot_water: null,
  compressor: null,
};

const conditionOf = {
  alarm: 'alarm',
  defrost: 'defrost',
  aux_heater: 'aux',
  hot_water: 'hotWater',
  compressor: 'running',
} as const satisfies Record<RunKind, keyof Conditions>;

/** What changed at a reading. */
export interface RunStep {
  open: OpenRuns;
  ended: Run[];
  /** Runs that began at this reading, for sure: it was known that they had not before. */
  started: RunKind[];
}

/**
 * Takes a reading into the runs.
 *
 * @param before - the reading before, `null` for the first or after a gap
 * @param since - what happened between the two
 * @param previousMs - time of the reading before, also after a gap
 */
export function stepRuns(
  was: OpenRuns,
  now: Moment,
  {
    before,
    since,
    previousMs,
  }: {
    before: Moment | null;
    since: HeatPumpSums;
    previousMs: number | null;
  },
): RunStep {
  const step: RunStep = { open: { ...was }, ended: [], started: [] };
  const defrostsBegun =
    now.conditions.defrost === true && was.defrost === null ? 1 : 0;
  for (const kind of runKinds) {
    const condition = conditionOf[kind];
    const holds = now.conditions[condition];
    const isContinuous =
      before !== null &&
      holds !== null &&
      before.conditions[condition] !== null;
    const open = was[kind];
    const running =
      open && isContinuous ? goneOn(open, since, defrostsBegun) : open;
    const stretch = stepStretch(running, {
      atMs: now.atMs,
      active: holds === true,
      previousMs,
      isContinuous,
    });
    if (stretch.closed !== null && running !== null) {
      const end = stretch.closed.openEnd ? null : now;
      step.ended.push(runOf(kind, stretch.closed, running, end));
    }
    const isNew = stretch.open !== null && stretch.open !== running;
    step.open[kind] = isNew
      ? { ...openRun(stretch.open!, now), defrosts: defrostsBegun }
      : stretch.open && running;
    if (isNew && stretch.open?.openStart === false) step.started.push(kind);
  }
  return step;
}

/** The runs that have not ended, until the last reading. */
export function unfinishedRuns(open: OpenRuns, last: Moment): Run[] {
  return runKinds.flatMap(kind => {
    const run = open[kind];
    if (run === null) return [];
    const stretch = { ...run, toMs: last.atMs, openEnd: true };
    return [runOf(kind, stretch, run, last)];
  });
}

function goneOn(
  open: OpenRun,
  since: HeatPumpSums,
  defrostsBegun: number,
): OpenRun {
  return {
    ...open,
    sums: addSums(open.sums, since),
    defrosts: open.defrosts + defrostsBegun,
  };
}

function openRun(
  { fromMs, openStart }: Pick<OpenRun, 'fromMs' | 'openStart'>,
  { status, conditions }: Moment,
): OpenRun {
  return {
    fromMs,
    openStart,
    sums: noSums,
    defrosts: 0,
    tankStartC: status.hot_water_temp,
    outdoorStartC: status.outdoor_temp,
    label: conditions.alarm ? alarmNames(status) : null,
  };
}

function runOf(
  kind: RunKind,
  { fromMs, toMs, openStart, openEnd }: Stretch,
  { sums, defrosts, tankStartC, outdoorStartC, label }: OpenRun,
  end: Moment | null,
): Run {
  return {
    kind,
    fromMs,
    toMs,
    openStart,
    openEnd,
    sums,
    defrosts,
    tankStartC,
    tankEndC: end === null ? null : end.status.hot_water_temp,
    outdoorStartC,
    label: kind === 'alarm' ? label : null,
  };
}
