import { createStepHouse, initialHouse } from '../src/house-model/house.ts';
import type { HouseState } from '../src/house-model/house.ts';
import type { HouseKind } from '../src/house-model/house-kinds.ts';
import { createRandom } from '../src/house-model/random.ts';
import { dayMs } from '../src/house-model/units.ts';
import { createSiteTime } from '../src/site-time.ts';

export const site = createSiteTime('Europe/Stockholm');

/**
 * Runs the house of a seed from a date (`YYYY-MM-DD`) for some days and shows every
 * step. The first two days settle the building and are not shown.
 */
export function runHouse(options: {
  house?: HouseKind;
  seed: number;
  from: string;
  days: number;
  each(state: HouseState, previous: HouseState): void;
}): { first: HouseState; last: HouseState } {
  const { house = 'ground' } = options;
  const around = { house, random: createRandom(options.seed), ...site };
  const step = createStepHouse(around);
  const fromMs = Date.parse(`${options.from}T00:00:00Z`);
  let state = initialHouse(fromMs - 2 * dayMs, around);
  while (state.timeMs < fromMs) state = step(state);
  const first = state;
  while (state.timeMs < fromMs + options.days * dayMs) {
    const previous = state;
    state = step(previous);
    options.each(state, previous);
  }
  return { first, last: state };
}

/** Keeps the smallest and the largest of the numbers it is given. */
export function createRange() {
  const range = { min: Infinity, max: -Infinity, add };
  function add(value: number): void {
    range.min = Math.min(range.min, value);
    range.max = Math.max(range.max, value);
  }
  return range;
}
