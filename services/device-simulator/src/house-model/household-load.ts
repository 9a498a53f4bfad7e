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
    const ms = overlapMs(load, at.dayTimeMs, stepMs);
    if (ms > 0) watts[load.phase] += load.rate * (ms / stepMs);
  }
  const first = (at.timeMs / stepMs) * phases.length;
  for (let index = 0; index < phases.length; index += 1) {
    const noise = 2 * random('flicker', first + index) - 1;
    watts[phases[index]] *= 1 + flicker * noise;
  }
  return watts;
}
