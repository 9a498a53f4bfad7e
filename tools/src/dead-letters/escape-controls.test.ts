import { expect, test } from 'vitest';
import { escapeControls } from './escape-controls.ts';

test.each([
  ['\u001b[31mred\u0007', String.raw`\u001b[31mred\u0007`],
  ['a\r\nb\tc', String.raw`a\u000d\u000ab\u0009c`],
  ['left \u202e right\u200b', String.raw`left \u202e right\u200b`],
  ['C1 \u009b31m', String.raw`C1 \u009b31m`],
  ['tag \u{e0041}', String.raw`tag \udb40\udc41`],
  ['Wohnzimmer °C 温度 😀', 'Wohnzimmer °C 温度 😀'],
])('%j is printed without its control characters', (text, safe) => {
  expect(escapeControls(text)).toBe(safe);
});

test('line breaks are kept where intended', () => {
  expect(escapeControls('a\nb\r', { keepLines: true })).toBe('a\nb\\u000d');
});
