import { describe, expect, test } from 'vitest';
import {
  initialControl,
  stepControl,
  supplyTarget,
} from './heat-pump-control.ts';
import { controlSettings } from './control-settings.ts';
import { allowedIn } from './operating-modes.ts';
import type { ControlInputs, ControlState } from './heat-pump-control.ts';
import { dayMs, hourMs } from './units.ts';

const settings = controlSettings.ground;
const midnightMs = 20_000 * dayMs;
const calm: ControlInputs = {
  supplyC: 35,
  supplyTargetC: 35,
  outdoorC: 0,
  tankC: 50,
  defrosting: false,
  localMs: midnightMs,
};

function after(
  steps: number,
  inputs: Partial<ControlInputs>,
  was: Partial<ControlState> = {},
  own = settings,
): ControlState {
  let state = { ...initialControl(midnightMs), ...was };
  for (let step = 0; step < steps; step += 1) {
    state = stepControl(
      state,
      { ...calm, ...inputs },
      own,
      allowedIn('ground', settings),
    );
  }
  return state;
}

test('the supply target follows the heating curve and the room', () => {
  expect(supplyTarget(-10, 21, settings)).toBeCloseTo(45.4, 0);
  expect(supplyTarget(7, 21, settings)).toBeCloseTo(34.5, 0);
  expect(supplyTarget(0, 20, settings)).toBeCloseTo(
    supplyTarget(0, 21, settings) + settings.roomFactor,
    5,
  );
  expect(supplyTarget(30, 30, settings)).toBe(settings.minSupplyC);
  expect(supplyTarget(-60, 10, settings)).toBe(settings.maxSupplyC);
});

test('degree minutes add up by kelvin and minute and start the compressor at -60', () => {
  const almost = after(6, { supplyC: 25 }, { degreeMinutes: -25 });
  expect(almost.degreeMinutes).toBe(-55);
  expect(almost.compressorOn).toBe(false);
  const started = after(7, { supplyC: 25 }, { degreeMinutes: -25 });
  expect(started.degreeMinutes).toBe(-60);
  expect(started.compressorOn).toBe(true);
});

test('the compressor runs on until the degree minutes are back at 0', () => {
  const running = {
    degreeMinutes: -20,
    compressorOn: true,
    compressorForS: 900,
    heatingWanted: true,
  };
  expect(after(3, { supplyC: 45 }, running).compressorOn).toBe(true);
  expect(after(4, { supplyC: 45 }, running).compressorOn).toBe(false);
});

test('a compressor that has just started runs five minutes, wanted or not', () => {
  const young = { compressorOn: true, compressorForS: 30, degreeMinutes: 50 };
  expect(after(9, {}, young).compressorOn).toBe(true);
  expect(after(10, {}, young).compressorOn).toBe(false);
});

test('a compressor that has just stopped rests ten minutes', () => {
  const wanting = {
    compressorForS: 30,
    degreeMinutes: -200,
    heatingWanted: true,
  };
  expect(after(19, {}, wanting).compressorOn).toBe(false);
  expect(after(20, {}, wanting).compressorOn).toBe(true);
});

test('a cold tank goes before the house', () => {
  const state = after(1, { tankC: settings.hotWaterStartC - 1 });
  expect(state.compressorOn).toBe(true);
  expect(state.destination).toBe('tank');
  const done = after(
    1,
    { tankC: settings.hotWaterStopC },
    {
      ...state,
      compressorForS: 900,
    },
  );
  expect(done.destination).toBe('house');
  expect(done.compressorOn).toBe(false);
});

test('degree minutes stand still while the tank is heated', () => {
  const state = after(50, { tankC: 40, supplyC: 55 }, { degreeMinutes: -50 });
  expect(state.degreeMinutes).toBe(-50 + (55 - 35) * 0.5);
});

test('the house is not heated above the heat stop, and again only 3 K below', () => {
  const summer = after(1, { outdoorC: 20 }, { dampedOutdoorC: 17.5 });
  expect(summer.heatingSeason).toBe(false);
  const seasonAt = (dampedOutdoorC: number) =>
    after(1, { outdoorC: dampedOutdoorC }, { ...summer, dampedOutdoorC })
      .heatingSeason;
  expect(seasonAt(15)).toBe(false);
  expect(seasonAt(13.9)).toBe(true);
  const wanting = { ...summer, degreeMinutes: -200 };
  expect(after(40, { outdoorC: 18 }, wanting).compressorOn).toBe(false);
});

test('one cool night does not begin the heating season, a cool week does', () => {
  const summer = after(1, { outdoorC: 20 }, { dampedOutdoorC: 17.5 });
  const hour = 120;
  expect(after(6 * hour, { outdoorC: 10 }, summer).heatingSeason).toBe(false);
  expect(after(72 * hour, { outdoorC: 10 }, summer).heatingSeason).toBe(true);
});

test('the heater joins at ten times the start level, in steps, and leaves halfway', () => {
  const running = {
    compressorOn: true,
    compressorForS: 900,
    heatingWanted: true,
  };
  const kwAt = (degreeMinutes: number, auxKw: ControlState['auxKw'] = 0) =>
    after(1, {}, { ...running, degreeMinutes, auxKw }).auxKw;
  expect(kwAt(-599)).toBe(0);
  expect(kwAt(-600)).toBe(3);
  expect(kwAt(-800)).toBe(6);
  expect(kwAt(-1000)).toBe(9);
  expect(kwAt(-400, 3)).toBe(3);
  expect(kwAt(-299, 3)).toBe(0);
});

test('a legionella run comes after a week, heats with the heater, and holds 30 min', () => {
  const due = { legionellaDay: 20_000 - settings.legionellaEveryDays };
  const noonMs = midnightMs + 12 * hourMs;
  expect(after(1, { localMs: noonMs }, due).legionella).toBe('idle');
  const afterNoonMs = midnightMs + 12.5 * hourMs;
  const heating = after(1, { localMs: afterNoonMs }, due);
  expect(heating.legionella).toBe('heating');
  expect(heating.compressorOn).toBe(true);
  const hot = after(10, { tankC: 56, localMs: afterNoonMs }, heating);
  expect(hot).toMatchObject({
    compressorOn: false,
    auxKw: 6,
    destination: 'tank',
  });
  const held = after(59, { tankC: 62, localMs: afterNoonMs }, hot);
  expect(held.legionella).toBe('holding');
  const done = after(1, { tankC: 62, localMs: afterNoonMs }, held);
  expect(done).toMatchObject({
    legionella: 'idle',
    auxKw: 0,
    destination: 'house',
  });
});

describe('an inverter', () => {
  const own = controlSettings.air;
  const running = {
    compressorOn: true,
    compressorForS: 900,
    heatingWanted: true,
    outputShare: 0.5,
  };

  test('starts at the least it can and ramps by 2 % a minute', () => {
    const cold = { supplyC: 25 };
    const started = after(1, cold, { degreeMinutes: -200 }, own);
    expect(started).toMatchObject({ compressorOn: true, outputShare: 0.3 });
    const later = after(20, cold, started, own);
    expect(later.outputShare).toBeCloseTo(0.5, 6);
  });

  test('gives all it can when far behind, the least when ahead, and stops at 0', () => {
    const behind = { ...running, degreeMinutes: -900 };
    expect(after(100, { supplyC: 34 }, behind, own).outputShare).toBe(1);
    const ahead = { ...running, degreeMinutes: -90 };
    expect(after(60, { supplyC: 36 }, ahead, own)).toMatchObject({
      compressorOn: true,
      outputShare: 0.3,
    });
    expect(after(181, { supplyC: 36 }, ahead, own)).toMatchObject({
      compressorOn: false,
      outputShare: 0,
    });
  });

  test('runs on while it defrosts, with water from the house and not from the tank', () => {
    const tank = { ...running, hotWaterWanted: true, degreeMinutes: 10 };
    const cold = { tankC: 44 };
    expect(after(1, cold, tank, own).destination).toBe('tank');
    expect(after(1, { ...cold, defrosting: true }, tank, own)).toMatchObject({
      compressorOn: true,
      destination: 'house',
    });
    const done = { ...running, degreeMinutes: 10, heatingWanted: false };
    expect(after(1, { defrosting: true }, done, own).compressorOn).toBe(true);
    expect(after(1, {}, done, own).compressorOn).toBe(false);
  });

  test('has a heater of one step', () => {
    const far = { ...running, degreeMinutes: -1000 };
    expect(after(1, {}, far, own).auxKw).toBe(3);
  });
});
