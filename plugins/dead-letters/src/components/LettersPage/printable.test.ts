import { printable } from './printable';

it.each([
  ['plain, ünïcode 温度 and 🔥', 'plain, ünïcode 温度 and 🔥'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['\u001b[31mred', '\\u001b[31mred'],
  ['user\u202etxt.exe', 'user\\u202etxt.exe'],
  ['zero\u200bwidth', 'zero\\u200bwidth'],
  ['cr\r\n', 'cr\\u000d\n'],
])('%#', (text, expected) => {
  expect(printable(text)).toBe(expected);
});
