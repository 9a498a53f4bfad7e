import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runHouse } from '../../test/run-house.ts';
import { heatOutputW } from './heat-pump.ts';
import { houseKinds } from './house-kinds.ts';
import { storedHeatJ } from './house.ts';
import { stepS } from './units.ts';

test('on any day of any house, heat is electricity plus source, and none is lost', () => {
  const property = fc.property(
    fc.constantFrom(...houseKinds),
    fc.integer({ min: 0, max: 1_000_000 }),
    fc.integer({ min: 5, max: 360 }),
    (house, seed, day) => {
      const from = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
      let heatJ = 0;
      let inputJ = 0;
      let balanceJ = 0;
      let turnoverJ = 0;
      const { first, last } = runHouse({
        house,
        seed,
        from,
        days: 1,
        each(state) {
          const { compressor, auxW } = state.heatPump;
          const { gainsW, lossW, drawnHotWaterW } = state.heatFlows;
          const heatW = heatOutputW(state.heatPump);
          heatJ += heatW * stepS;
          inputJ += (compressor.electricW + compressor.sourceW + auxW) * stepS;
          balanceJ += (heatW + gainsW - lossW - drawnHotWaterW) * stepS;
          turnoverJ += (Math.abs(heatW) + gainsW) * stepS;
        },
      });
      const storedJ = storedHeatJ(last) - storedHeatJ(first);
      expect(Math.abs(heatJ - inputJ)).toBeLessThanOrEqual(0.01 * turnoverJ);
      expect(Math.abs(storedJ - balanceJ)).toBeLessThan(0.01 * turnoverJ);
    },
  );
  fc.assert(property, { numRuns: 12 });
}, 30_000);
