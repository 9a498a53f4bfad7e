import { addSums, noSums } from '../figures/sums.ts';
import type { HeatPumpSums } from '../figures/sums.ts';
import type { Moment } from '../figures/reading-sums.ts';
import type { Conditions } from './conditions.ts';
import { stepStretch } from './stretch.ts';
import type { Stretch } from './stretch.ts';

/** What a run can be of. */
export const runKinds = [
  'compressor',
  'hot_water',
  'defrost',
  'aux_heater',
] as const;
export type RunKind = (typeof runKinds)[number];

/** A run of the compressor, of hot water, of a defrost or of the auxiliary heater. */
export interface Run extends Stretch {
  kind: RunKind;
  /** Energies while heat and electricity were both known; `null` if they never were. */
  heatKwh: number | null;
  electricKwh: number | null;
  auxKwh: number | null;
  /** Temperature of the hot water tank at the start and at the end. */
  tankStartC: number | null;
  tankEndC: number | null;
  outdoorStartC: number | null;
  /** Whether a compressor run made hot water or defrosted at any time. */
  hadHotWater: boolean;
  hadDefrost: boolean;
}

/** A run that has not ended. */
export interface OpenRun {
  fromMs: number;
  openStart: boolean;
  sums: HeatPumpSums;
  tankStartC: number | null;
  outdoorStartC: number | null;
}

export type OpenRuns = Record<RunKind, OpenRun | null>;

export const noRuns: OpenRuns = {
  compressor: null,
  hot_water: null,
  defrost: null,
  aux_heater: null,
};

const conditionOf = {
  compressor: 'running',
  hot_water: 'hotWater',
  defrost: 'defrost',
  aux_heater: 'aux',
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
  for (const kind of runKinds) {
    const condition = conditionOf[kind];
    const holds = now.conditions[condition];
    const isContinuous =
      before !== null &&
      holds !== null &&
      before.conditions[condition] !== null;
    const open = was[kind];
    const running =
      open && isContinuous
        ? { ...open, sums: addSums(open.sums, since) }
        : open;
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
      ? openRun(stretch.open!, now)
      : stretch.open && running;
    if (isNew && stretch.open?.openStart === false) step.started.push(kind);
  }
  return step;
}

function openRun(
  { fromMs, openStart }: Pick<OpenRun, 'fromMs' | 'openStart'>,
  { status }: Moment,
): OpenRun {
  return {
    fromMs,
    openStart,
    sums: noSums,
    tankStartC: status.hot_water_temp,
    outdoorStartC: status.outdoor_temp,
  };
}

function runOf(
  kind: RunKind,
  { fromMs, toMs, openStart, openEnd }: Stretch,
  { sums, tankStartC, outdoorStartC }: OpenRun,
  end: Moment | null,
): Run {
  const isPaired = sums.pairedMs > 0;
  return {
    kind,
    fromMs,
    toMs,
    openStart,
    openEnd,
    heatKwh: isPaired ? sums.heatKwh : null,
    electricKwh: isPaired ? sums.electricKwh : null,
    auxKwh: sums.auxKnownMs > 0 ? sums.auxKwh : null,
    tankStartC,
    tankEndC: end === null ? null : end.status.hot_water_temp,
    outdoorStartC,
    hadHotWater: sums.hotWaterMs > 0,
    hadDefrost: sums.defrostMs > 0,
  };
}
