import { expect, test } from 'vitest';
import { parseSettings } from './settings.ts';

test('reads the port offset, and takes defaults for what is not there', () => {
  expect(parseSettings('{"portOffset": 100}', 's.json').portOffset).toBe(100);
  expect(parseSettings('{}', 's.json').portOffset).toBe(0);
});

test.each([
  ['{"portOffset": 1', 'it is not JSON'],
  ['{"portOffset": "many"}', 'portOffset'],
  ['{"portOffset": 60000}', 'portOffset'],
  ['{"portofset": 1}', 'portofset'],
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
