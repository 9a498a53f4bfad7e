import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { createSimulation, houseBeginsMs } from '../simulation.ts';
import { createSiteTime } from '../site-time.ts';
import type { ControlSettings } from './control-settings.ts';
import type { HouseKind } from './house-kinds.ts';
import type { HouseState } from './house.ts';
import { dayMs, hourMs, stepMs } from './units.ts';

const site = createSiteTime('Europe/Stockholm');
const january = houseBeginsMs + 10 * dayMs;

/** The steps of a day in January after the settings were changed. */
function dayWith(
  house: HouseKind,
  change: Partial<ControlSettings>,
): HouseState[] {
  const simulation = createSimulation({ house, random: createRandom(1), site });
  simulation.advanceTo(january);
  simulation.changeSettings(settings => ({ ...settings, ...change }));
  // What runs may run on for a while.
  const fromMs = january + hourMs;
  return Array.from({ length: dayMs / stepMs }, (_, index) =>
    simulation.advanceTo(fromMs + index * stepMs),
  );
}

const shareOf = (steps: HouseState[], is: (state: HouseState) => boolean) =>
  steps.filter(is).length / steps.length;
const runs = ({ heatPump }: HouseState) => heatPump.control.compressorOn;
const heats = ({ heatPump }: HouseState) =>
  heatPump.control.destination === 'house' && heatPump.control.compressorOn;
const heatsTank = ({ heatPump }: HouseState) =>
  heatPump.control.destination === 'tank';
const usesHeater = ({ heatPump }: HouseState) => heatPump.control.auxKw > 0;
const roomAtEnd = (steps: HouseState[]) => steps.at(-1)?.building.roomC ?? NaN;

test('a heat pump that is off does nothing, and the house gets cold', () => {
  for (const [house, off] of [
    ['ground', { mode: 0 }],
    ['air', { isOn: false }],
  ] as const) {
    const usual = dayWith(house, {});
    const steps = dayWith(house, off);
    expect(shareOf(usual, runs)).toBeGreaterThan(0.1);
    expect(shareOf(steps, runs)).toBe(0);
    expect(roomAtEnd(steps)).toBeLessThan(roomAtEnd(usual) - 1);
  }
});

test('hot water only, and heating only, leave out the other', () => {
  const onlyTank = dayWith('ground', { mode: 4 });
  expect(shareOf(onlyTank, heats)).toBe(0);
  expect(shareOf(onlyTank, heatsTank)).toBeGreaterThan(0);
  const onlyRooms = dayWith('air', { mode: 0 });
  expect(shareOf(onlyRooms, heats)).toBeGreaterThan(0.1);
  expect(shareOf(onlyRooms, heatsTank)).toBe(0);
});

test('without the compressor the heater takes over', () => {
  const steps = dayWith('ground', { mode: 3 });
  expect(shareOf(steps, runs)).toBe(0);
  expect(shareOf(steps, usesHeater)).toBeGreaterThan(0.1);
  expect(shareOf(steps, heatsTank)).toBeGreaterThan(0);
});

test('room target and curve reach the supply', () => {
  const targets = (change: Partial<ControlSettings>) =>
    dayWith('air', change)[0]?.heatPump.supplyTargetC ?? NaN;
  const usual = targets({});
  expect(targets({ roomC: 23 })).toBeGreaterThan(usual + 2);
  expect(targets({ curveShiftK: -3 })).toBeLessThan(usual - 2);
});
