import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backfillMarkOf, houseFor, rememberHouse } from './simulated-house.ts';

function createDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-house-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('new data begin with the air-source house, unless another is asked for', () => {
  const data = join(createDataFolder(), 'not-there-yet');
  expect(houseFor(data, undefined)).toBe('air');
  expect(houseFor(data, 'ground')).toBe('ground');
});

test('data go on with the house they had, until another is asked for', () => {
  const data = join(createDataFolder(), 'data');
  rememberHouse(data, 'ground');
  expect(houseFor(data, undefined)).toBe('ground');
  expect(houseFor(data, 'air')).toBe('air');
  rememberHouse(data, 'air');
  expect(houseFor(data, undefined)).toBe('air');
});

test('simulated data from before there was a choice keep their house', () => {
  const data = createDataFolder();
  writeFileSync(backfillMarkOf(data), '');
  expect(houseFor(data, undefined)).toBe('ground');
});
