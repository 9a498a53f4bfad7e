import type { Band, BandKind } from '@homelab/heat-pump';
import { expect, test } from 'vitest';
import { runsOf } from './runs.ts';

const minute = 60_000;
const band = (kind: BandKind, from: number, to: number): Band => ({
  kind,
  from: new Date(from * minute).toISOString(),
  to: new Date(to * minute).toISOString(),
  openStart: false,
  openEnd: false,
  label: null,
});

test('a run knows what happened in it, and nothing of what happened outside', () => {
  const runs = runsOf([
    band('compressor', 10, 40),
    band('hot_water', 5, 20),
    band('defrost', 30, 33),
    band('defrost', 50, 53),
    band('aux_heater', 35, 60),
    band('compressor', 100, 110),
  ]);
  expect(runs).toMatchObject([
    {
      fromMs: 10 * minute,
      hotWaterMs: 10 * minute,
      auxHeaterMs: 5 * minute,
      defrosts: 1,
    },
    { fromMs: 100 * minute, hotWaterMs: 0, defrosts: 0 },
  ]);
});
