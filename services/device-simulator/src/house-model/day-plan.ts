import { between } from './random.ts';
import type { Random } from './random.ts';
import { hourMs, minuteMs } from './units.ts';

/** Something that happens from one time of the day to another, at a steady rate. */
export interface Block {
  fromMs: number;
  toMs: number;
  rate: number;
}

/** What the people in the house do on one day; times are since local midnight. */
export interface DayPlan {
  /** Hot water, in kg/s. */
  draws: readonly Block[];
  /** Electric loads beside fridge and base, in W, by the phase they hang on. */
  loads: readonly (Block & { phase: Phase })[];
}

export const phases = ['L1', 'L2', 'L3'] as const;
export type Phase = (typeof phases)[number];

const drawKgPerS = 6 / 60;
const drawJitterMs = 20 * minuteMs;
const dailyDrawKg = [75, 120] as const;
const drawTimes = [
  { hour: 7, share: 0.4 },
  { hour: 8.5, share: 0.1 },
  { hour: 13.5, share: 0.1 },
  { hour: 19, share: 0.3 },
  { hour: 20.5, share: 0.1 },
] as const;

const carChargesOnDays = 0.35;

/** Plans one day (days since 1970, local) of the household. */
export function planDay(random: Random, dayIndex: number): DayPlan {
  const dailyKg = between(random, 'draw-kg', dayIndex, dailyDrawKg);
  const draws = drawTimes.map(({ hour, share }, index) => {
    const jitter = between(random, `draw-${index}`, dayIndex, [-1, 1]);
    const fromMs = hour * hourMs + jitter * drawJitterMs;
    const lastsMs = ((dailyKg * share) / drawKgPerS) * 1000;
    return { fromMs, toMs: fromMs + lastsMs, rate: drawKgPerS };
  });
  return { draws, loads: planLoads(random, dayIndex) };
}

function planLoads(random: Random, dayIndex: number): DayPlan['loads'] {
  const load = (
    name: string,
    phase: Phase,
    rate: number,
    [fromHour, toHour, lastsHours]: readonly [number, number, number],
  ) => {
    const fromMs =
      between(random, `load-${name}`, dayIndex, [fromHour, toHour]) * hourMs;
    const stretch = between(
      random,
      `load-${name}-length`,
      dayIndex,
      [0.7, 1.3],
    );
    return {
      phase,
      fromMs,
      toMs: fromMs + lastsHours * stretch * hourMs,
      rate,
    };
  };
  const loads = [
    load('coffee', 'L1', 1100, [6.5, 7.5, 0.2]),
    load('lights-morning', 'L2', 160, [6, 6.7, 2]),
    load('lunch', 'L3', 1300, [11.8, 12.8, 0.3]),
    load('dinner-hob', 'L3', 1900, [17, 18.3, 0.5]),
    load('dinner-oven', 'L2', 2100, [17, 18.3, 0.7]),
    load('lights-evening', 'L2', 260, [16, 18, 5]),
    load('screens', 'L1', 180, [18, 19.5, 3]),
  ];
  if (random('washes', dayIndex) < 0.5) {
    loads.push(load('washing', 'L1', 1900, [9, 20, 0.5]));
  }
  if (random('charges', dayIndex) < carChargesOnDays) {
    const car = load('car', 'L1', 2300, [0.2, 1.5, 2.5]);
    for (const phase of phases) loads.push({ ...car, phase });
  }
  return loads;
}

/** The summed rate of the blocks over a stretch of the day, each by its overlap. */
export function rateDuring(
  blocks: readonly Block[],
  fromMs: number,
  lastsMs: number,
): number {
  let rate = 0;
  for (const block of blocks) {
    rate += block.rate * (overlapMs(block, fromMs, lastsMs) / lastsMs);
  }
  return rate;
}

/** How much of a stretch of the day falls into a block. */
export function overlapMs(
  block: Block,
  fromMs: number,
  lastsMs: number,
): number {
  const toMs = Math.min(block.toMs, fromMs + lastsMs);
  return Math.max(0, toMs - Math.max(block.fromMs, fromMs));
}
