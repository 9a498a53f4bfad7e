import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepTank, tankHeatJ, tankSensorC } from './hot-water-tank.ts';
import type { TankLayers } from './hot-water-tank.ts';
import { stepS } from './units.ts';

const warm: TankLayers = [50, 49, 47, 45];

const steps = fc.array(
  fc.record({
    heatW: fc.double({ min: 0, max: 9000, noNaN: true }),
    drawKg: fc.double({ min: 0, max: 45, noNaN: true }),
  }),
  { minLength: 1, maxLength: 200 },
);

test('heat in, heat drawn and heat lost add up to what is stored, whatever happens', () => {
  fc.assert(
    fc.property(steps, happenings => {
      let layers = warm;
      let balanceJ = 0;
      for (const { heatW, drawKg } of happenings) {
        const next = stepTank(layers, { heatW, drawKg, roomC: 21 });
        balanceJ += (heatW - next.drawnW - next.lossW) * stepS;
        layers = next.layers;
      }
      expect(tankHeatJ(layers) - tankHeatJ(warm)).toBeCloseTo(balanceJ, -1);
      expect(layers).toEqual(layers.toSorted((one, other) => other - one));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('a layer is never colder than the one below it, however it is heated', () => {
  let layers: TankLayers = [45, 30, 12, 10];
  for (let step = 0; step < 200; step += 1) {
    ({ layers } = stepTank(layers, { heatW: 8000, drawKg: 0, roomC: 21 }));
    const [top, upper, lower, bottom] = layers;
    expect(top).toBeGreaterThanOrEqual(upper);
    expect(upper).toBeGreaterThanOrEqual(lower);
    expect(lower).toBeGreaterThanOrEqual(bottom);
  }
  expect(tankSensorC(layers)).toBeGreaterThan(60);
});

test('a draw takes the hot water from the top and leaves cold water below', () => {
  const { layers, drawnW } = stepTank(warm, { heatW: 0, drawKg: 9, roomC: 21 });
  expect(layers[3]).toBeLessThan(40);
  expect(layers[0]).toBeGreaterThan(49.5);
  // 9 kg from 50 °C down to the feed's 10 °C in 30 s.
  expect(drawnW).toBeCloseTo((9 * 4150 * 40) / 30, 0);
});

test('left alone it cools by its jacket towards the room', () => {
  let layers = warm;
  for (let step = 0; step < 2880; step += 1) {
    ({ layers } = stepTank(layers, { heatW: 0, drawKg: 0, roomC: 21 }));
  }
  const lostKWh = (tankHeatJ(warm) - tankHeatJ(layers)) / 3.6e6;
  expect(lostKWh).toBeGreaterThan(1);
  expect(lostKWh).toBeLessThan(2);
});
