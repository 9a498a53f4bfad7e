import { overlapMs, phases } from './day-plan.ts';
import type { DayPlan, Phase } from './day-plan.ts';
import type { Random } from './random.ts';
import { minuteMs, stepMs } from './units.ts';

/** Electric power on each phase. */
export type PhasePower = Readonly<Record<Phase, number>>;

const baseW: PhasePower = { L1: 85, L2: 70, L3: 45 };
const fridgeW = 110;
const fridgePeriodMs = 45 * minuteMs;
const fridgeRunMs = 16 * minuteMs;
const flicker = 0.04;

/** Power of everything but the heat pump during a step, in W by phase. */
export function householdLoad(
  plan: DayPlan,
  random: Random,
  at: { timeMs: number; dayTimeMs: number },
): PhasePower {
  const fridge = at.timeMs % fridgePeriodMs < fridgeRunMs ? fridgeW : 0;
  const watts = { ...baseW, L1: baseW.L1 + fridge };
  for (const load of plan.loads) {
    watts[load.phase] +=
      load.rate * (overlapMs(load, at.dayTimeMs, stepMs) / stepMs);
  }
  const step = at.timeMs / stepMs;
  for (const [index, phase] of phases.entries()) {
    const noise = 2 * random('flicker', step * phases.length + index) - 1;
    watts[phase] *= 1 + flicker * noise;
  }
  return watts;
}
