import { beforeAll, describe, expect, test } from 'vitest';
import type { HouseKind } from '../src/house-model/house-kinds.ts';
import { figureOf, followYear, measured } from './follow-year.ts';
import type { Figure, Season } from './follow-year.ts';

/**
 * Tests a year of a house: the figures that measured homes have as well, what the model knows, and
 * what `own` adds. Each house has a file of its own, so that the years are simulated side by side.
 */
export function describeYear(
  house: HouseKind,
  compared: readonly Figure[],
  own: (season: () => Season) => void,
): void {
  describe(`a year of the ${house} house`, () => {
    let season: Season;
    beforeAll(() => {
      season = followYear(house);
    }, 120_000);

    test.each(compared)('has a %s as measured homes have', name => {
      const [least, most] = measured[name];
      expect(figureOf(season, name)).toBeGreaterThan(least);
      expect(figureOf(season, name)).toBeLessThan(most);
    });

    test('has a seasonal performance factor of the whole year', () => {
      const { kind, coverage } = season.figures.performance;
      expect(kind).toBe('SPF');
      expect(coverage).toBeGreaterThan(0.99);
    });

    test('has the energies and the starts of the model', () => {
      const { heatKwh, electricKwh } = season.figures.performance;
      expect(heatKwh / season.heatKwh).toBeCloseTo(1, 2);
      expect(electricKwh / season.electricKwh).toBeCloseTo(1, 2);
      expect(season.statistics.runs / season.starts).toBeCloseTo(1, 2);
    });

    test('makes its hot water clean every week', () => {
      expect(season.legionella).toBe(52);
    });

    test('loses about 148 W/K, less what people and the sun give', () => {
      expect(season.figures.heatLossWPerK).toBeGreaterThan(100);
      expect(season.figures.heatLossWPerK).toBeLessThan(148);
    });

    test('is followed in a state of constant size', () => {
      expect(season.stateBytes).toBeLessThan(6_000);
    });

    own(() => season);
  });
}
