import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { houseFor, rememberHouse } from './simulated-house.ts';

function createDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-house-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('new data start with the air-source house, unless another is asked for', () => {
  const data = join(createDataFolder(), 'not-there-yet');
  expect(houseFor(data, undefined)).toBe('air');
  expect(houseFor(data, 'ground')).toBe('ground');
});

test('existing data keep their house, until another is asked for', () => {
  const data = join(createDataFolder(), 'data');
  rememberHouse(data, 'ground');
  expect(houseFor(data, undefined)).toBe('ground');
  expect(houseFor(data, 'air')).toBe('air');
  rememberHouse(data, 'air');
  expect(houseFor(data, undefined)).toBe('air');
});

test('simulated data from before there was a choice keep their house', () => {
  const data = createDataFolder();
  writeFileSync(join(data, 'backfilled'), '');
  expect(houseFor(data, undefined)).toBe('ground');
});

test('each house gets its history once, and the second one only that of its heat pump', () => {
  const data = createDataFolder();
  const air = rememberHouse(data, 'air');
  expect(air.backfillScope).toBe('house');
  writeFileSync(air.backfillMark, 'air');
  const ground = rememberHouse(data, 'ground');
  expect(ground.backfillMark).not.toBe(air.backfillMark);
  expect(ground.backfillScope).toBe('heat-pump');
  expect(rememberHouse(data, 'air').backfillMark).toBe(air.backfillMark);
});

test.for([undefined, 'air', 'ground'] as const)(
  'the single mark of an earlier version belongs to the house that ran: %s',
  ran => {
    const data = createDataFolder();
    if (ran) writeFileSync(join(data, 'simulated-house'), `${ran}\n`);
    writeFileSync(join(data, 'backfilled'), 'published');
    const next = ran === 'air' ? 'ground' : 'air';
    expect(rememberHouse(data, next).backfillScope).toBe('heat-pump');
    const { backfillMark } = rememberHouse(data, ran ?? 'ground');
    expect(readFileSync(backfillMark, 'utf8')).toBe('published');
  },
);
