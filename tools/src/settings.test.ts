import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSettings, writeSettings } from './settings.ts';

test('reads the port offset, and uses defaults for missing values', () => {
  expect(parseSettings('{"portOffset": 100}', 's.json').portOffset).toBe(100);
  expect(parseSettings('{}', 's.json').portOffset).toBe(0);
});

test.each([
  ['{"portOffset": 1', 'it is not JSON'],
  ['{"portOffset": "many"}', 'portOffset'],
  ['{"portOffset": 60000}', 'portOffset'],
  ['[]', 'object'],
])('refuses %s in one sentence that names file and fault', (text, fault) => {
  const parse = () => parseSettings(text, '/house/settings.json');
  expect(parse).toThrow(
    expect.objectContaining({
      code: 'broken-settings',
      message: expect.stringMatching(
        /^The settings file \/house\/settings\.json .* Correct it, or delete it/,
      ),
    }),
  );
  expect(parse).toThrow(fault);
});

test('keeps the settings of a newer version', t => {
  const root = mkdtempSync(join(tmpdir(), 'homelab-settings-'));
  t.onTestFinished(() => rmSync(root, { recursive: true }));
  const newer = parseSettings('{"portOffset": 1, "colour": "red"}', 's.json');
  writeSettings(root, { ...newer, portOffset: 2 });
  const text = readFileSync(join(root, '.homelab/settings.json'), 'utf8');
  expect(JSON.parse(text)).toEqual({ portOffset: 2, colour: 'red' });
});
